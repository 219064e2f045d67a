/**
 * A file that comes to be whole or not at all, and once: of several processes that make it at the same
 * time one succeeds, and all find the same afterwards. Readable by its owner only.
 */
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Answers whether this call made it. */
export function createOnce(path: string, contents: string): boolean {
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const draft = `${path}.${process.pid}`;
	writeFileSync(draft, contents, { mode: 0o600 });
	try {
		linkSync(draft, path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	} finally {
		rmSync(draft);
	}
}
