/** A release that goes on selling while the next one's migration adds a column. */
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { transact } from '#lib/server/database/transact.ts';
import { makeDatabase, type TestDatabase } from '../harness/test-database.ts';

let copy: TestDatabase;
let database: Database;
beforeEach(async () => {
	copy = await makeDatabase('seeded');
	database = openDatabase(copy.place);
});
afterEach(async () => {
	await database.destroy();
	await copy.dispose();
});

const read = (from: Pick<Database, 'selectFrom'>) =>
	from.selectFrom('utility').selectAll().where('id', '=', 'lakeside').executeTakeFirstOrThrow();

it('reads and writes as before, on every connection that it has', async () => {
	await Promise.all(Array.from({ length: 20 }, () => read(database)));
	await Promise.all(Array.from({ length: 20 }, () => transact(database, read)));
	await sql`alter table utility add column colour text`.execute(database);
	const reads = Array.from({ length: 20 }, () => read(database));
	const writes = Array.from({ length: 20 }, () =>
		transact(database, async (write) => {
			await write.updateTable('utility').set({ help_line: '1' }).execute();
			return await read(write);
		}),
	);
	for (const row of await Promise.all([...reads, ...writes]))
		expect(row).toMatchObject({ id: 'lakeside', colour: null });
});
