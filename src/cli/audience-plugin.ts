/** Writes `_app/audiences.json` into the browser's build: what the service worker keeps, for whom. */
import { relative } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { AUDIENCE_TABLE } from '#lib/core/sync/audiences.ts';
import { type BuiltFile, sortByAudience } from './audiences.ts';

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
	const { fileName, imports, dynamicImports, moduleIds, viteMetadata } = chunk;
	const needs = [...imports, ...(viteMetadata?.importedCss ?? [])];
	return {
		fileName,
		modules: moduleIds.map((id) => relative(process.cwd(), id)),
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
				const outputs = Object.values(bundle);
				const assets = outputs
					.filter(({ type }) => type === 'asset')
					.map(({ fileName }) => fileName);
				const chunks = outputs.filter((output) => output.type === 'chunk');
				if (!chunks.some(({ fileName }) => fileName.includes('/entry/app.'))) return;
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
