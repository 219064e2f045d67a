/**
 * A copy of the embedded database while it is being sold on: whole, of one moment, and checked before it
 * takes its name. PostgreSQL has tools of its own for this (README); the guard against an older copy
 * (`permit.ts`) is the same for both.
 */
import { existsSync, fsyncSync, openSync, closeSync, renameSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';

/** All pages in one go: other processes may write meanwhile, into the log beside the file. */
const ALL_PAGES = 2 ** 31 - 1;

/** @throws {Error} with a sentence: the target exists, or the copy is not whole */
export async function backUp(databasePath: string, target: string): Promise<void> {
	if (existsSync(target)) throw new Error(`${target} is there already: a backup replaces nothing`);
	const source = new DatabaseSync(databasePath, { readOnly: true });
	const draft = `${target}.part`;
	rmSync(draft, { force: true });
	try {
		await backup(source, draft, { rate: ALL_PAGES });
	} finally {
		source.close();
	}
	checkWhole(draft);
	flush(draft);
	renameSync(draft, target);
}

/** @throws {Error} with a sentence, when it is no database of ours or damaged */
export function checkWhole(path: string): void {
	let complaint: unknown;
	try {
		const copy = new DatabaseSync(path, { readOnly: true });
		try {
			complaint = copy.prepare('pragma integrity_check').get()?.integrity_check;
			copy.prepare('select count(*) from node_mark').get();
		} finally {
			copy.close();
		}
	} catch (error) {
		complaint = error instanceof Error ? error.message : 'it cannot be read';
	}
	if (complaint !== 'ok') throw new Error(`${path} is no sound copy: ${String(complaint)}`);
}

/** Onto the disk. */
export function flush(path: string): void {
	const file = openSync(path, 'r+');
	try {
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}
