/** Writes `_app/first-files.json` into the browser's build: what a document names for its route, before any script runs. */
import type { Plugin } from 'vite';
import { FIRST_FILES_TABLE } from '#lib/core/sync/first-files.ts';
import { appChunks, fromRoot, needsOf } from './built-chunks.ts';
import { firstFilesTable } from './first-files.ts';

export function firstFilesPlugin(): Plugin {
	return {
		name: 'tokenline-first-files',
		apply: 'build',
		generateBundle: {
			order: 'post',
			handler(_options, bundle) {
				const chunks = appChunks(bundle);
				if (!chunks) return;
				const table = firstFilesTable(
					chunks.map((chunk) => {
						const { fileName, facadeModuleId: facade, code } = chunk;
						return {
							...{ fileName, octets: code.length, needs: needsOf(chunk) },
							facade: facade ? fromRoot(facade) : undefined,
							facadeImports: facade
								? (this.getModuleInfo(facade)?.importedIds ?? []).map(fromRoot)
								: [],
						};
					}),
				);
				this.emitFile({
					...{ type: 'asset', fileName: FIRST_FILES_TABLE },
					source: JSON.stringify(table),
				});
			},
		},
	};
}
