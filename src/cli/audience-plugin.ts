/** Writes `_app/audiences.json` into the browser's build: what the service worker keeps, for whom. */
import type { Plugin, Rolldown } from 'vite';
import { AUDIENCE_TABLE } from '#lib/core/sync/audiences.ts';
import { type BuiltFile, sortByAudience } from './audiences.ts';
import { appChunks, fromRoot, needsOf } from './built-chunks.ts';

/**
 * Files that a chunk names in its code only: workers, and pictures by their address. Styles are not among them:
 * whoever may load a page names its styles, but only the page needs them.
 */
function mentioned({ code }: Rolldown.OutputChunk, assets: readonly string[]): string[] {
	return assets.filter(
		(name) => !name.endsWith('.css') && code.includes(name.slice(name.lastIndexOf('/') + 1)),
	);
}

function builtFile(chunk: Rolldown.OutputChunk, assets: readonly string[]): BuiltFile {
	const { fileName, dynamicImports, moduleIds, viteMetadata } = chunk;
	const needs = needsOf(chunk);
	return {
		fileName,
		modules: moduleIds.map(fromRoot),
		needs,
		loads: [
			...needs,
			...dynamicImports,
			...(viteMetadata?.importedAssets ?? []),
			...mentioned(chunk, assets),
		],
	};
}

export function audiencePlugin(): Plugin {
	return {
		name: 'tokenline-audiences',
		apply: 'build',
		generateBundle: {
			order: 'post',
			handler(_options, bundle) {
				const chunks = appChunks(bundle);
				if (!chunks) return;
				const assets = Object.values(bundle)
					.filter(({ type }) => type === 'asset')
					.map(({ fileName }) => fileName);
				const sorted = sortByAudience([
					...chunks.map((chunk) => builtFile(chunk, assets)),
					...assets
						.filter((name) => name.startsWith('_app/immutable/'))
						.map((fileName) => ({ fileName, modules: [], needs: [], loads: [] })),
				]);
				this.emitFile({ type: 'asset', fileName: AUDIENCE_TABLE, source: JSON.stringify(sorted) });
			},
		},
	};
}
