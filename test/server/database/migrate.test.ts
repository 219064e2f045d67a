import { afterEach, describe, expect, it } from 'vitest';
import { migrate, MIGRATIONS } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { makeDatabase, ON_POSTGRES, type TestDatabase } from '../harness/test-database.ts';

let copy: TestDatabase;
const opened: Database[] = [];
afterEach(async () => {
	for (const database of opened.splice(0)) await database.destroy();
	await copy.dispose();
});

function open(): Database {
	const database = openDatabase(copy.place);
	opened.push(database);
	return database;
}

const ALL = Object.keys(MIGRATIONS).length;

describe('migrate', () => {
	it('does what is missing, once', async () => {
		copy = await makeDatabase('bare');
		expect(await migrate(open())).toBe(ALL);
		expect(await migrate(open())).toBe(0);
	});

	// Two connections to one file would wait for each other in one process: see prepare-home.test.ts.
	if (ON_POSTGRES)
		it('is done by one of eight that start at once', async () => {
			copy = await makeDatabase('bare');
			const done = await Promise.all(Array.from({ length: 8 }, () => migrate(open())));
			expect(done.sort((one, other) => one - other)).toEqual([...Array(7).fill(0), ALL]);
		});
});
