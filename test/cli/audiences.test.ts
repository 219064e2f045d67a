import { describe, expect, it } from 'vitest';
import { audienceToKeep, languageToKeep, pathsFor } from '#lib/core/sync/audiences.ts';
import { type BuiltFile, sortByAudience } from '../../src/cli/audiences.ts';

const file = (fileName: string, loads: string[] = [], modules: string[] = []): BuiltFile => ({
	...{ fileName, loads, modules },
});
const door = (audience: string, loads: string[]) =>
	file(`${audience}.js`, loads, [`src/routes/${audience}/+page.svelte`]);

const BUILT = [
	file('start.js', ['entry.js']),
	file('entry.js', ['home.js', 'technician.js', 'office.js', 'shared.js', 'en.js', 'sw.js']),
	file('home.js', ['shared.js', 'home.css']),
	file('shared.js'),
	file('home.css'),
	door('technician', ['shared.js', 'dlms.js', 'tables.js', 'technician.css', 'words.js']),
	file('dlms.js', ['worker.js']),
	file('worker.js'),
	file('technician.css'),
	door('office', ['tables.js', 'shared.js']),
	door('style', ['shared.js', 'chart.js']),
	file('chart.js'),
	file('tables.js'),
	file('picture.png'),
	file('en.js', ['words.js', 'shared.js'], ['src/lib/core/words/en/catalogue.ts']),
	file('sw.js', ['plural.js', 'entry.js'], ['src/lib/core/words/sw/catalogue.ts']),
	file('words.js'),
	file('plural.js'),
];

describe('the files of a build', () => {
	const sorted = sortByAudience(BUILT);

	it('are everybody’s when a consumer’s screen loads them, or nobody does', () => {
		expect(sorted.everybody).toEqual([
			...['entry.js', 'home.css', 'home.js', 'picture.png', 'shared.js', 'start.js'],
		]);
	});
	it('are nobody’s when only the style page loads them', () => {
		const { languages, ...kept } = sorted;
		const all = [...Object.values(kept), ...Object.values(languages)].flat();
		expect(all).not.toContain('style.js');
		expect(all).not.toContain('chart.js');
	});
	it('are an audience’s when only its screens load them, through others too', () => {
		expect(sorted.technician).toEqual([
			...['dlms.js', 'tables.js', 'technician.css', 'technician.js', 'words.js', 'worker.js'],
		]);
		expect(sorted.office).toEqual(['office.js', 'tables.js']);
		expect(sorted.agent).toEqual([]);
	});
	it('are of a language when only its sentences are in them', () => {
		expect(sorted.languages.en).toEqual(['en.js', 'words.js']);
		expect(sorted.languages.sw).toEqual(['plural.js', 'sw.js']);
		expect(sorted.languages.fr).toEqual([]);
	});
	it('are kept in one language, and in English beside it for an audience that reads English', () => {
		const kept = pathsFor(sorted, [], 'sw');
		expect(kept).toEqual(expect.arrayContaining(['/entry.js', '/sw.js', '/plural.js']));
		expect(kept).not.toContain('/en.js');
		expect(pathsFor(sorted, ['technician'], 'sw')).toEqual(
			expect.arrayContaining(['/sw.js', '/en.js', '/technician.js']),
		);
	});
	it('are paths of the origin, each once', () => {
		expect(pathsFor(sorted, [], 'en')).not.toContain('/technician.js');
		const both = pathsFor(sorted, ['technician', 'office'], 'en');
		expect(both).toContain('/technician.js');
		expect(both.filter((path) => path === '/tables.js')).toHaveLength(1);
	});
});

describe('what a page asks the service worker to keep', () => {
	it('is an audience by name', () => {
		expect(audienceToKeep({ type: 'KEEP_AUDIENCE', audience: 'technician' })).toBe('technician');
	});
	it.each([null, undefined, 'KEEP_AUDIENCE', {}, { type: 'SKIP_WAITING' }])(
		'is nothing in %j',
		(message) => expect(audienceToKeep(message)).toBeUndefined(),
	);
	it('is nothing for an audience that does not exist', () => {
		expect(audienceToKeep({ type: 'KEEP_AUDIENCE', audience: 'thieves' })).toBeUndefined();
	});
	it('is a language by its tag, and no audience then', () => {
		const wish = { type: 'KEEP_LANGUAGE', language: 'sw' };
		expect(languageToKeep(wish)).toBe('sw');
		expect(audienceToKeep(wish)).toBeUndefined();
	});
	it.each([null, {}, { type: 'KEEP_LANGUAGE' }, { type: 'KEEP_LANGUAGE', language: 'tlh' }])(
		'is no language in %j',
		(message) => expect(languageToKeep(message)).toBeUndefined(),
	);
});
