/** The floor of TIDs only rises, whoever raises it at the same moment. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { raiseFloor } from '#lib/server/continuity/tid-floor.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { transact } from '#lib/server/database/transact.ts';
import { makeDatabase, ON_POSTGRES, type TestDatabase } from '../harness/test-database.ts';

let place: TestDatabase;
let processes: [Database, Database];

beforeEach(async () => {
	place = await makeDatabase('empty');
	const first = openDatabase(place.place);
	// Two handles of SQLite in one thread would wait for each other.
	processes = [first, ON_POSTGRES ? openDatabase(place.place) : first];
});
afterEach(async () => {
	for (const database of new Set(processes)) await database.destroy();
	await place.dispose();
});

const raise = (database: Database, id: number, notBeforeMs: number) =>
	transact(database, (write) => raiseFloor(write, id, notBeforeMs));

async function floors(): Promise<unknown[]> {
	return await processes[0].selectFrom('tid_floor').selectAll().orderBy('id').execute();
}

it('is raised, and a lower or the same one changes nothing', async () => {
	for (const notBeforeMs of [5, 7, 7, 6]) await raise(processes[0], 0, notBeforeMs);
	expect(await floors()).toEqual([{ id: 0, not_before_ms: 7 }]);
});

it('is the highest that any of two processes at once wanted', async () => {
	const ids = Array.from({ length: 20 }, (_, id) => id);
	for (const most of [20, 40])
		for (const id of ids)
			await Promise.all(
				[most, most - 1, most, most - 3].map((notBeforeMs, at) =>
					raise(processes[at % 2 ? 1 : 0], id, notBeforeMs),
				),
			);
	expect(await floors()).toEqual(ids.map((id) => ({ id, not_before_ms: 40 })));
});
