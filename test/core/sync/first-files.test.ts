import { describe, expect, it } from 'vitest';
import { firstFilesOf, headLinks, languageTags } from '#lib/core/sync/first-files.ts';

const TABLE = {
	routes: { '/(consumer)': ['_app/frame.css', '_app/frame.js'] },
	languages: {
		...{ en: ['_app/en.js'], fr: ['_app/fr.js'], pt: ['_app/pt.js'] },
		...{ sw: ['_app/sw.js'], ar: ['_app/ar.js'] },
	},
};

describe('what a first visit needs at once', () => {
	it.each([
		[null, 'en'],
		['', 'en'],
		['sw', 'sw'],
		['de-DE,de;q=0.9', 'en'],
		['de, fr-CA;q=0.4, ar;q=0.8', 'ar'],
		['fr;q=0, pt-MZ;q=0.1', 'pt'],
		['*;q=0.5', 'en'],
		[';;q=,,', 'en'],
	])('is in the language that its reader likes best: %s', (accept, language) => {
		expect(firstFilesOf(TABLE, '/(consumer)', accept)).toEqual([
			`_app/${language}.js`,
			'_app/frame.css',
			'_app/frame.js',
		]);
	});

	it.each(['/agent', '/api/v1/meters/[drn]', 'constructor', '__proto__'])(
		'is nothing for a route that is none of the table: %s',
		(route) => {
			expect(firstFilesOf(TABLE, route, 'en')).toEqual([]);
		},
	);

	it('is named by its kind in the head of a document', () => {
		expect(headLinks(['_app/frame.css', '_app/frame.js'])).toBe(
			'<link rel="preload" as="style" crossorigin href="/_app/frame.css">' +
				'<link rel="modulepreload" href="/_app/frame.js">',
		);
	});
});

describe('the languages of a request', () => {
	it('come by their weight, and by their order where that is the same', () => {
		expect(languageTags('en;q=0.5,sw,fr;q=0.5, pt; q=0.9')).toEqual(['sw', 'pt', 'en', 'fr']);
	});
});
