import { describe, expect, it } from 'vitest';
import { firstFilesTable, type FirstChunk } from '../../src/cli/first-files.ts';

const GENERATED = '.svelte-kit/generated/client-optimized';
const chunk = (fileName: string, more: Partial<FirstChunk> = {}): FirstChunk => ({
	...{ fileName, facade: undefined, facadeImports: [], needs: [], octets: 10 },
	...more,
});
const node = (number: number, ...facadeImports: string[]): Partial<FirstChunk> => ({
	facade: `${GENERATED}/nodes/${number}.js`,
	facadeImports,
});

const CHUNKS = [
	chunk('entry.js', {
		facade: 'node_modules/@sveltejs/kit/src/runtime/client/entry.js',
		needs: ['start.js'],
	}),
	chunk('app.js', { facade: `${GENERATED}/app.js`, needs: ['start.js'] }),
	chunk('start.js', { octets: 900 }),
	chunk('frame.js', { needs: ['start.js', 'frame.css'], octets: 800 }),
	chunk('field.js', { needs: ['frame.js'], octets: 300 }),
	chunk('layout.js', {
		...node(0, 'src/routes/+layout.ts', 'src/routes/+layout.svelte'),
		needs: ['frame.js'],
	}),
	chunk('error.js', { ...node(1, 'src/routes/+error.svelte'), needs: ['frame.js'] }),
	chunk('till.js', node(2, 'src/routes/agent/+layout.svelte')),
	chunk('home.js', {
		...node(3, 'src/routes/(consumer)/+page.svelte'),
		...{ needs: ['field.js'], octets: 20 },
	}),
	chunk('meter.js', node(4, 'src/routes/(consumer)/meter/[drn]/+page.svelte')),
	chunk('sell.js', node(5, 'src/routes/agent/+page.svelte')),
	chunk('sw.js', { facade: 'src/lib/core/words/sw/first.ts', needs: ['start.js'] }),
	chunk('later.js', { facade: 'src/lib/core/words/sw/later/reject-doctor.ts' }),
];

describe('the table of first files', () => {
	const { routes, languages } = firstFilesTable(CHUNKS);

	it('has for a page its own files and those of its layouts, styles first, then what takes longest', () => {
		expect(routes['/(consumer)']?.slice(0, 4)).toEqual([
			...['frame.css', 'frame.js', 'field.js', 'home.js'],
		]);
		expect([...(routes['/(consumer)'] ?? [])].sort()).toEqual([
			...['error.js', 'field.js', 'frame.css', 'frame.js', 'home.js', 'layout.js'],
		]);
	});

	it('has no files of what a document names by itself', () => {
		expect(Object.values(routes).flat()).not.toContain('start.js');
		expect(languages.sw).toEqual(['sw.js']);
	});

	it('has the pages of consumers only', () => {
		expect(Object.keys(routes)).toEqual(['/(consumer)', '/(consumer)/meter/[drn]']);
	});
});
