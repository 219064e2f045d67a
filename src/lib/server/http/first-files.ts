/** The build's table of what a first visit needs, read once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIRST_FILES_TABLE, type FirstFiles } from '#lib/core/sync/first-files.ts';

/**
 * @param root the project's folder
 * @returns undefined while there is no build, as in development: pages then name nothing, and load a little later
 */
export function readFirstFiles(root: string): FirstFiles | undefined {
	try {
		return JSON.parse(
			readFileSync(join(root, 'build', 'client', FIRST_FILES_TABLE), 'utf8'),
		) as FirstFiles;
	} catch {
		return undefined;
	}
}
