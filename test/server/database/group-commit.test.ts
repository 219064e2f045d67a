import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_GROUP } from '#lib/server/database/group-commit.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database, type Write } from '#lib/server/database/open.ts';
import { transact } from '#lib/server/database/transact.ts';

let folder: string;
let database: Database;
/** Another process's view: only what is committed. */
let outside: DatabaseSync;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'tokenline-group-'));
	const path = join(folder, 'tokenline.db');
	database = openDatabase(path);
	await migrate(database);
	outside = new DatabaseSync(path);
});
afterEach(async () => {
	vi.restoreAllMocks();
	outside.close();
	await database.destroy();
	rmSync(folder, { recursive: true });
});

const place = (id: string, lastNumber = 1) => ({ issuing_point: id, last_number: lastNumber });
const add = (id: string) => async (write: Write) => {
	await write.insertInto('receipt_counter').values(place(id)).execute();
	return id;
};
/** Adds a row and then throws. */
const fail = (id: string) => async (write: Write) => {
	await add(id)(write);
	throw new Error(`no ${id}`);
};
const committed = () =>
	outside
		.prepare('select issuing_point from receipt_counter order by rowid')
		.all()
		.map((row) => row.issuing_point);

/** How many transactions there were. */
function countTransactions(): () => number {
	const spy = vi.spyOn(database, 'transaction');
	return () => spy.mock.calls.length;
}

describe('works that are wanted at the same time', () => {
	it('share one commit, in the order in which they were asked for', async () => {
		const transactions = countTransactions();
		const ids = Array.from({ length: 20 }, (_, at) => `P${at}`);
		expect(await Promise.all(ids.map((id) => transact(database, add(id))))).toEqual(ids);
		expect(committed()).toEqual(ids);
		expect(transactions()).toBe(1);
	});

	it('are answered when all of them can be read from outside, and not before', async () => {
		const seen: unknown[] = [];
		const run = async (id: string) => {
			await transact(database, async (write) => {
				await add(id)(write);
				seen.push(committed().length);
			});
			seen.push(committed().length);
		};
		await Promise.all([run('A'), run('B'), run('C')]);
		expect(seen).toEqual([0, 0, 0, 3, 3, 3]);
	});

	it('read what those before them wrote', async () => {
		const next = (write: Write) =>
			write
				.updateTable('receipt_counter')
				.set((build) => ({ last_number: build('last_number', '+', 1) }))
				.returning('last_number')
				.executeTakeFirstOrThrow();
		await transact(database, add('P'));
		const numbers = await Promise.all(Array.from({ length: 50 }, () => transact(database, next)));
		expect(numbers.map((row) => row.last_number)).toEqual(
			Array.from({ length: 50 }, (_, at) => at + 2),
		);
	});

	it('take in those who come while they are at it, up to a bound', async () => {
		const transactions = countTransactions();
		const later: Promise<string>[] = [];
		await transact(database, async (write) => {
			for (let at = 0; at < MAX_GROUP; at += 1) later.push(transact(database, add(`later-${at}`)));
			await add('first')(write);
		});
		expect(committed()).toHaveLength(MAX_GROUP);
		await Promise.all(later);
		expect(committed()).toHaveLength(MAX_GROUP + 1);
		expect(transactions()).toBe(2);
	});

	it('do not wait for ever behind others that keep coming', async () => {
		let isDone = false;
		const keepComing = async () => {
			for (let at = 0; !isDone; at += 1) await transact(database, add(`${at}-${Math.random()}`));
		};
		const others = Promise.all(Array.from({ length: 8 }, keepComing));
		await transact(database, add('mine'));
		isDone = true;
		await others;
		expect(committed()).toContain('mine');
	});
});

describe('a work that throws', () => {
	it.each([0, 1, 2])('at place %i undoes itself and nothing else', async (at) => {
		const works = ['A', 'B', 'C'].map((id, place) => (place === at ? fail(id) : add(id)));
		const outcomes = await Promise.allSettled(works.map((work) => transact(database, work)));
		expect(outcomes.map(({ status }) => status)).toEqual(
			works.map((_, place) => (place === at ? 'rejected' : 'fulfilled')),
		);
		expect(committed()).toEqual(['A', 'B', 'C'].filter((_, place) => place !== at));
	});

	it('is told so only when what it may have stumbled over is on the disk', async () => {
		const works = [transact(database, add('A')), transact(database, add('A'))];
		works[1]!.catch(() => expect(committed()).toEqual(['A']));
		const [one, other] = await Promise.allSettled(works);
		expect([one!.status, other!.status]).toEqual(['fulfilled', 'rejected']);
	});

	it('alone leaves nothing, and the next one finds the database free', async () => {
		await expect(transact(database, fail('A'))).rejects.toThrow('no A');
		await transact(database, add('B'));
		expect(committed()).toEqual(['B']);
	});
});

describe('what is only checked at the commit', () => {
	/** A booking without its seal: the database says no at the commit. */
	const unsealed = (write: Write) =>
		write
			.insertInto('ledger_transaction')
			.values({ id: 'x', utility_id: 'u', kind: 'test', subject_id: 'x', at_ms: 0 })
			.execute();

	it('is broken by one and does not take the others with it', async () => {
		const [one, broken, other, failed] = await Promise.allSettled([
			transact(database, add('A')),
			transact(database, unsealed),
			transact(database, add('B')),
			transact(database, fail('C')),
		]);
		expect(one).toEqual({ status: 'fulfilled', value: 'A' });
		expect(other).toEqual({ status: 'fulfilled', value: 'B' });
		expect(broken).toMatchObject({ status: 'rejected', reason: { message: /FOREIGN KEY/ } });
		expect(failed).toMatchObject({ status: 'rejected', reason: { message: 'no C' } });
		expect(committed()).toEqual(['A', 'B']);
		expect(outside.prepare('select id from ledger_transaction').all()).toEqual([]);
	});
});

describe('a commit that fails', () => {
	it('is everybody’s failure: nobody is told that something is there which is not', async () => {
		await transact(database, add('before'));
		// Somebody else holds the file; nothing can be begun.
		await sql`pragma busy_timeout = 1`.execute(database);
		outside.exec('begin immediate');
		const outcomes = await Promise.allSettled(['A', 'B'].map((id) => transact(database, add(id))));
		outside.exec('rollback');
		expect(outcomes.map(({ status }) => status)).toContain('rejected');
		for (const outcome of outcomes)
			expect(outcome).toMatchObject({ reason: { kind: 'database-unavailable' } });
		expect(committed()).toEqual(['before']);
		await transact(database, add('after'));
		expect(committed()).toEqual(['before', 'after']);
	});
});
