/** Cuts the browser's build into files, and refuses a cut with which no page would start. */
import type { Plugin, Rolldown } from 'vite';
import { FRAME, firstVisitGroups, START } from './first-visit.ts';

type Chunk = Pick<Rolldown.OutputChunk, 'fileName' | 'facadeModuleId' | 'imports' | 'moduleIds'>;

/** Modules that import the frame's file at once although they run before the page's language is there. */
export function framedTooEarly(chunks: readonly Chunk[]): string[] {
	const framed = chunks.filter(({ moduleIds }) => moduleIds.some((id) => FRAME.test(id)));
	const names = new Set(framed.map(({ fileName }) => fileName));
	return chunks
		.filter(({ facadeModuleId }) => START.test(facadeModuleId ?? ''))
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
				: {
						build: { rolldownOptions: { output: { codeSplitting: { groups: firstVisitGroups } } } },
					},
		generateBundle(_options, bundle) {
			const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
			// The frame speaks from its first line: the page would stay empty.
			for (const module of framedTooEarly(chunks))
				throw new Error(
					`${module} imports the frame at once: what it imports belongs to the start`,
				);
		},
	};
}
