/**
 * Puts a backup in the place of the embedded database. Nothing is sold on it until the restore is accepted
 * (`accept-restore.ts`): the permit finds that it is older than what this home remembers.
 */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { checkWhole, flush } from './backup.ts';
import type { Marks } from './marks.ts';

/**
 * Answers where the database that was there is now; undefined: there was none.
 * @throws {Error} with a sentence: the backup is not sound, or a process still works on the database
 */
export function restore(
	databasePath: string,
	backupPath: string,
	marks: Pick<Marks, 'processes'>,
	nowMs: number,
): string | undefined {
	const working = marks.processes().filter(isAlive);
	if (working.length > 0)
		throw new Error(`the backend is running (process ${working.join(', ')}): stop it first`);
	checkWhole(backupPath);
	const draft = `${databasePath}.restoring`;
	copyFileSync(backupPath, draft);
	flush(draft);
	const aside = existsSync(databasePath) ? setAside(databasePath, nowMs) : undefined;
	renameSync(draft, databasePath);
	return aside;
}

/** With the log beside it, which belongs to this file and to no other. */
function setAside(databasePath: string, nowMs: number): string {
	const aside = `${databasePath}.before-${new Date(nowMs).toISOString().replace(/[:.]/g, '-')}`;
	for (const part of ['-wal', '-shm'])
		if (existsSync(databasePath + part)) renameSync(databasePath + part, aside + part);
	renameSync(databasePath, aside);
	for (const part of ['-wal', '-shm']) rmSync(databasePath + part, { force: true });
	return aside;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
