/**
 * New contents for a file that is read by its name at any time: whoever opens it finds the old or the new
 * ones, whole, also after a power cut. Readable by its owner only.
 */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export function replaceFile(path: string, contents: string): void {
	const draft = `${path}.${process.pid}`;
	onDisk(openSync(draft, 'w', 0o600), (file) => writeSync(file, contents));
	renameSync(draft, path);
	// The new name is on the disk when its folder is.
	onDisk(openSync(dirname(path), 'r'), () => undefined);
}

function onDisk(file: number, write: (file: number) => void): void {
	try {
		write(file);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}
