/**
 * How the browser's build is cut into files. What every page loads at once is two files, packed and asked for
 * together: first what finds the page's language, then, in that language, the frame around every screen. The rest
 * is left to the bundler, which loads with each screen its own.
 */
import type { Plugin, Rolldown } from 'vite';

/** With a module, a file takes all that it imports at once. */
const START = [
	/src[\\/]hooks\.client\.ts$/,
	/[\\/]runtime[\\/]client[\\/]entry\.js$/,
	/[\\/]generated[\\/]root\.(svelte|js)$/,
	// What the sentences need that come with the language.
	/[\\/]core[\\/]words[\\/](isolate|plural|staff-refusals)\.ts$/,
];
const FRAME = /src[\\/]routes[\\/]\+(layout|error)\.svelte$/;

const GROUPS: Rolldown.CodeSplittingGroup[] = [
	{ name: 'start', test: (id) => START.some((each) => each.test(id)), priority: 2 },
	{ name: 'frame', test: FRAME, priority: 1 },
];

const WITHOUT_A_LANGUAGE =
	/[\\/](client[\\/]entry\.js|client-optimized[\\/]app\.js|words[\\/]\w+[\\/]first\.ts)$/;

type Chunk = Pick<Rolldown.OutputChunk, 'fileName' | 'facadeModuleId' | 'imports' | 'moduleIds'>;

/** Modules that import the frame's file at once although they run before the page's language is there. */
export function framedTooEarly(chunks: readonly Chunk[]): string[] {
	const framed = chunks.filter(({ moduleIds }) => moduleIds.some((id) => FRAME.test(id)));
	const names = new Set(framed.map(({ fileName }) => fileName));
	return chunks
		.filter(({ facadeModuleId }) => WITHOUT_A_LANGUAGE.test(facadeModuleId ?? ''))
		.filter(({ imports }) => imports.some((name) => names.has(name)))
		.map(({ facadeModuleId, fileName }) => facadeModuleId ?? fileName);
}

export function chunkPlugin(): Plugin {
	return {
		name: 'tokenline-chunks',
		apply: 'build',
		// The server's build is told from the browser's by what stands in its settings by now.
		config: ({ build }) =>
			build?.ssr
				? {}
				: { build: { rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } } } },
		generateBundle(_options, bundle) {
			const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
			// The frame speaks from its first line: the page would stay empty.
			for (const module of framedTooEarly(chunks))
				throw new Error(`${module} imports the frame at once: START wants what it imports`);
		},
	};
}
