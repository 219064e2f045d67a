/** The scripts of a browser's build, as the tables that are written beside them see them. */
import { relative } from 'node:path';
import type { Rolldown } from 'vite';

type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>;

/** @returns undefined for another build than the browser's app: a worker's, the server's */
export function appChunks(bundle: Bundle): Rolldown.OutputChunk[] | undefined {
	const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
	return chunks.some(({ fileName }) => fileName.includes('/entry/app.')) ? chunks : undefined;
}

/** Files without which a script does not run, styles too. */
export const needsOf = ({ imports, viteMetadata }: Rolldown.OutputChunk): string[] => [
	...imports,
	...(viteMetadata?.importedCss ?? []),
];

/** A module's path from the project's root. */
export const fromRoot = (id: string): string => relative(process.cwd(), id).replaceAll('\\', '/');
