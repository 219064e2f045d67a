/** Writes `_app/first-files.json` into the browser's build: what a document names for its route, before any script runs. */
import { relative } from 'node:path';
import type { Plugin } from 'vite';
import { FIRST_FILES_TABLE } from '#lib/core/sync/first-files.ts';
import { firstFilesTable } from './first-files.ts';

const fromRoot = (id: string): string => relative(process.cwd(), id).replaceAll('\\', '/');

export function firstFilesPlugin(): Plugin {
	return {
		name: 'tokenline-first-files',
		apply: 'build',
		generateBundle: {
			order: 'post',
			handler(_options, bundle) {
				const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
				if (!chunks.some(({ fileName }) => fileName.includes('/entry/app.'))) return;
				const table = firstFilesTable(
					chunks.map(({ fileName, facadeModuleId, imports, viteMetadata, code }) => ({
						...{ fileName, facade: facadeModuleId ? fromRoot(facadeModuleId) : undefined },
						facadeImports: facadeModuleId
							? (this.getModuleInfo(facadeModuleId)?.importedIds ?? []).map(fromRoot)
							: [],
						octets: code.length,
						needs: [...imports, ...(viteMetadata?.importedCss ?? [])],
					})),
				);
				this.emitFile({
					...{ type: 'asset', fileName: FIRST_FILES_TABLE },
					source: JSON.stringify(table),
				});
			},
		},
	};
}
