/** The embedded database's own backup: whole, never over something, never under a living process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backUp } from '#lib/server/continuity/backup.ts';
import { openMarks, type Marks } from '#lib/server/continuity/marks.ts';
import { restore } from '#lib/server/continuity/restore.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';

let folder: string;
let path: string;
let copy: string;
let database: Database;
let marks: Marks;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'tokenline-backup-'));
	path = join(folder, 'tokenline.db');
	copy = join(folder, 'copy.db');
	database = openDatabase(path);
	await migrate(database);
	marks = openMarks(join(folder, 'marks.db'));
});
afterEach(async () => {
	marks.close();
	await database.destroy();
	rmSync(folder, { recursive: true });
});

const mark = (node_id: string) =>
	database.insertInto('node_mark').values({ node_id, at_ms: 1 }).execute();

function marksIn(file: string): unknown[] {
	const sqlite = new DatabaseSync(file, { readOnly: true });
	const rows = sqlite.prepare('select node_id from node_mark order by node_id').all();
	sqlite.close();
	return rows.map(({ node_id }) => node_id);
}

it('copies what is committed, the log beside the file too, and replaces nothing', async () => {
	await mark('one');
	await backUp(path, copy);
	await mark('two');
	expect(marksIn(copy)).toEqual(['one']);
	await expect(backUp(path, copy)).rejects.toThrow(/is there already/);
});

it('is put back with what was there set aside, its log with it', async () => {
	await mark('one');
	await backUp(path, copy);
	await mark('two');
	await database.destroy();
	const aside = restore(path, copy, marks, 0);
	expect(marksIn(path)).toEqual(['one']);
	expect(marksIn(aside ?? '')).toEqual(['one', 'two']);
	database = openDatabase(path);
});

it('is not put back under a living process, nor when it is no sound copy', async () => {
	await backUp(path, copy);
	marks.enter(process.pid);
	expect(() => restore(path, copy, marks, 0)).toThrow(/stop it first/);
	marks.leave(process.pid);
	for (const wrong of ['marks.db', 'nothing.db'])
		expect(() => restore(path, join(folder, wrong), marks, 0)).toThrow(/no sound copy/);
});
