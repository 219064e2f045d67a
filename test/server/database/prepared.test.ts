import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { insertion } from '#lib/server/database/insertion.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { prepared } from '#lib/server/database/prepared.ts';
import { together } from '#lib/server/database/together.ts';
import { transact } from '#lib/server/database/transact.ts';
import { makeDatabase, type TestDatabase } from '../harness/test-database.ts';

let copy: TestDatabase;
let database: Database;
beforeEach(async () => {
	copy = await makeDatabase('empty');
	database = openDatabase(copy.place);
});
afterEach(async () => {
	await database.destroy();
	await copy.dispose();
});

const counters = (...numbers: number[]) =>
	numbers.map((last) => ({ issuing_point: `P${last}`, last_number: last }));
const add = (...numbers: number[]) =>
	database.executeQuery(insertion(database, 'receipt_counter', counters(...numbers)));
const stored = async () =>
	(await database.selectFrom('receipt_counter').selectAll().orderBy('last_number').execute()).map(
		(row) => row.last_number,
	);

const between = () =>
	prepared<{ least: number; most: number }>()((db, given) =>
		db
			.selectFrom('receipt_counter')
			.selectAll()
			.where('last_number', '<=', given('most'))
			.where('last_number', '>=', given('least'))
			.orderBy('last_number')
			.limit(3),
	);

describe('a prepared query', () => {
	it('is built once and asked with values of its own each time, in whatever order', async () => {
		await add(1, 2, 3, 4, 5);
		const build = vi.fn(() => sql<{ n: number }>`select count(*) as n from receipt_counter`);
		const count = prepared<object>()(build);
		for (let times = 0; times < 3; times += 1) expect((await count.first(database, {}))?.n).toBe(5);
		expect(build).toHaveBeenCalledTimes(1);
		const query = between();
		const found = async (least: number, most: number) =>
			(await query.all(database, { least, most })).map((row) => row.last_number);
		expect(await found(2, 4)).toEqual([2, 3, 4]);
		expect(await found(5, 9)).toEqual([5]);
		expect(await query.first(database, { most: 0, least: 9 })).toBeUndefined();
	});

	it('keeps what it was built with beside what it is given', () => {
		const given = between().with(database, { least: 2, most: 4 });
		expect(given.parameters).toEqual([4, 2, 3]);
	});

	it('says how many rows it changed', async () => {
		await add(1, 2);
		const raise = prepared<{ by: number; above: number }>()((db, given) =>
			db
				.updateTable('receipt_counter')
				.set((build) => ({ last_number: build('last_number', '+', given('by')) }))
				.where('last_number', '>', given('above')),
		);
		expect(await raise.run(database, { by: 10, above: 1 })).toBe(1);
		expect(await raise.run(database, { by: 10, above: 99 })).toBe(0);
		expect(await stored()).toEqual([1, 12]);
	});
});

describe('an insertion', () => {
	it('adds as many rows as it is given, again and again', async () => {
		await add(1);
		await add(2);
		await add(3, 4);
		await add(...Array.from({ length: 50 }, (_, at) => 100 + at));
		expect(await stored()).toHaveLength(54);
	});

	it('goes by the names of the columns, in whatever order a row has them', async () => {
		const rows = [
			{ issuing_point: 'A', last_number: 1 },
			{ last_number: 2, issuing_point: 'B' },
		];
		await database.executeQuery(insertion(database, 'receipt_counter', rows));
		expect(await stored()).toEqual([1, 2]);
	});

	it('is never of nothing', () => {
		expect(() => insertion(database, 'receipt_counter', [])).toThrow(RangeError);
	});
});

describe('queries asked together', () => {
	it('are carried out in their order, and each is answered', async () => {
		const query = between();
		const [before, , none, after] = await together(database, [
			query.with(database, { least: 0, most: 9 }),
			insertion(database, 'receipt_counter', counters(7)),
			null,
			query.with(database, { least: 0, most: 9 }),
		]);
		expect([before, none, after.map((row) => row.last_number)]).toEqual([[], [], [7]]);
	});

	it('fail with the first that fails, and leave nothing when their transaction is given up', async () => {
		await add(1);
		const work = transact(database, (write) =>
			together(write, [
				insertion(write, 'receipt_counter', counters(2)),
				sql`insert into no_such_table values (1)`.compile(write),
				insertion(write, 'receipt_counter', counters(3)),
			]),
		);
		await expect(work).rejects.toThrow(/no_such_table/);
		expect(await stored()).toEqual([1]);
	});
});

describe('a transaction', () => {
	it('is one from its first statement on, whether that reads or writes', async () => {
		await add(1);
		for (const isRead of [true, false]) {
			const work = transact(database, async (write) => {
				if (isRead) await write.selectFrom('receipt_counter').select('issuing_point').execute();
				await write.executeQuery(insertion(write, 'receipt_counter', counters(2)));
				throw new Error('given up');
			});
			await expect(work).rejects.toThrow('given up');
			expect(await stored()).toEqual([1]);
		}
	});

	it('keeps the order of what is asked together, also where its first statement writes', async () => {
		const raise = prepared<{ by: number }>()((db, given) =>
			db
				.updateTable('receipt_counter')
				.set((build) => ({ last_number: build('last_number', '+', given('by')) }))
				.returning('last_number'),
		);
		const [, raised, read] = await transact(database, (write) =>
			together(write, [
				insertion(write, 'receipt_counter', counters(1)),
				raise.with(write, { by: 5 }),
				between().with(write, { least: 0, most: 9 }),
			]),
		);
		expect([raised, read]).toMatchObject([[{ last_number: 6 }], [{ last_number: 6 }]]);
	});

	it('may do nothing at all', async () => {
		expect(await transact(database, () => Promise.resolve('nothing'))).toBe('nothing');
		await expect(transact(database, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
		await add(1);
		expect(await stored()).toEqual([1]);
	});
});
