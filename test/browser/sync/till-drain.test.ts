import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { drainTill } from '#lib/browser/sync/till-drain.ts';
import type { SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import type { JournalRowAnswer } from '#lib/core/sync/wire-till.ts';
import {
	closeTillTabs,
	problem,
	rewrite,
	sell,
	sellAtOnce,
	sellMany,
	tamper,
	tillBench,
	tillTab,
	type TillBench,
} from './till-bench.ts';

afterEach(closeTillTabs);

const states = async ({ store }: TillBench) =>
	(await store.progress.toArray()).map(({ state }) => state);
const sales = async ({ store }: TillBench) => store.sales.orderBy('id').toArray();
const handedIn = ({ backend }: TillBench) => backend.kept.map(({ entry }) => entry?.sequence);
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe('handing in', () => {
	it('gives everything to the backend, and writes down what it says', async () => {
		const bench = await tillBench();
		bench.backend.aheadMs = 90_000;
		await sellMany(bench, 3);
		expect(await drainTill(bench)).toEqual({ dueMs: null, stop: null, pending: 0 });
		expect(handedIn(bench)).toEqual([1, 2, 3]);
		expect(bench.backend.requests).toBe(1);
		for (const sale of await sales(bench))
			expect(sale).toMatchObject({ state: 'issued', answer: 'sealed-answer', code: null });
		expect(await bench.store.till.get('till')).toMatchObject({
			...{ offsetMs: 90_000, heardAtMs: bench.clocks.wallMs, status: { availableMinor: 100 } },
		});
		await drainTill(bench);
		expect(bench.backend.requests).toBe(1);
	});

	it('sends nothing again that is final, and asks after what is not', async () => {
		const bench = await tillBench();
		bench.backend.outcomeOf = () => ({ state: 'issuing', code: null, sealed: null });
		await sell(bench);
		expect(await drainTill(bench)).toMatchObject({
			dueMs: bench.clocks.wallMs + 2_000,
			pending: 1,
		});
		expect(await sales(bench)).toMatchObject([{ state: 'provisional' }]);
		bench.backend.kept[0]!.outcome = { state: 'issued', code: null, sealed: 'late' };
		bench.clocks.pass(1_999);
		await drainTill(bench);
		expect(bench.backend.requests).toBe(1);
		bench.clocks.pass(1);
		expect(await drainTill(bench)).toMatchObject({ dueMs: null, pending: 0 });
		expect(await sales(bench)).toMatchObject([{ state: 'issued', answer: 'late' }]);
	});

	it('tells a refused sale by its code, and goes on with the next', async () => {
		const bench = await tillBench();
		bench.backend.outcomeOf = ({ sequence }) =>
			sequence === 1
				? { state: 'refused', code: 'meter-blocked', sealed: null }
				: { state: 'issued', code: null, sealed: 'x' };
		await sellMany(bench, 2);
		await drainTill(bench);
		expect(await sales(bench)).toMatchObject([
			{ state: 'refused', code: 'meter-blocked' },
			{ state: 'issued' },
		]);
	});

	it('drains 10,000 rows in as many requests as that takes', async () => {
		const bench = await tillBench();
		await sellAtOnce(bench, 10_000);
		expect(await drainTill(bench)).toMatchObject({ pending: 0 });
		expect(bench.backend.requests).toBe(50);
		expect(bench.backend.rowsSeen).toBe(10_000);
	});

	it('is done by one tab at a time', async () => {
		const one = await tillBench();
		const two = { ...one, store: tillTab(one.store.name) };
		await sellMany(one, 5);
		await Promise.all([drainTill(one), drainTill(two), drainTill(one)]);
		expect(one.backend.requests).toBe(1);
		expect(await states(two)).toEqual(Array(5).fill('done'));
	});
});

describe('without a usable answer', () => {
	it('sends the same entries again, later and later', async () => {
		const bench = await tillBench();
		bench.backend.weather = () => 'request-lost';
		await sellMany(bench, 2);
		const waits: number[] = [];
		for (let each = 0; each < 4; each += 1) {
			const { dueMs } = await drainTill(bench);
			waits.push(dueMs! - bench.clocks.wallMs);
			bench.clocks.pass(waits.at(-1)!);
		}
		expect(waits).toEqual([750, 1_500, 3_000, 6_000]);
		bench.backend.weather = () => 'fine';
		expect(await drainTill(bench)).toMatchObject({ pending: 0 });
		expect(handedIn(bench)).toEqual([1, 2]);
	});

	it('has nothing carried out twice when an answer was lost', async () => {
		const bench = await tillBench();
		await sellMany(bench, 3);
		bench.backend.weather = () => 'answer-lost';
		await drainTill(bench);
		expect(await states(bench)).toEqual(['queued', 'queued', 'queued']);
		expect(await sales(bench)).toMatchObject(Array(3).fill({ state: 'provisional' }));
		bench.backend.weather = () => 'fine';
		bench.clocks.pass(1_000);
		await drainTill(bench);
		expect(handedIn(bench)).toEqual([1, 2, 3]);
		expect(await states(bench)).toEqual(['done', 'done', 'done']);
	});

	it('is due at once after the clock was set back', async () => {
		const bench = await tillBench();
		await sell(bench);
		bench.backend.weather = () => 'request-lost';
		await drainTill(bench);
		bench.clocks.wallMs -= 2 * 86_400_000;
		bench.backend.weather = () => 'fine';
		expect(await drainTill(bench)).toMatchObject({ pending: 0 });
	});

	it('lets a new sale take what waits with it', async () => {
		const bench = await tillBench();
		await sell(bench);
		bench.backend.weather = () => 'request-lost';
		await drainTill(bench);
		bench.backend.weather = () => 'fine';
		await drainTill(bench);
		expect(handedIn(bench)).toEqual([]);
		await sell(bench);
		await drainTill(bench);
		expect(handedIn(bench)).toEqual([1, 2]);
	});

	it('takes a sale that was made while a request was out', async () => {
		const bench = await tillBench();
		await sell(bench);
		let once = true;
		bench.backend.arrived = async () => {
			if (once) await sell(bench);
			once = false;
		};
		await drainTill(bench);
		expect(handedIn(bench)).toEqual([1, 2]);
	});
});

describe('answers that are not as they should be', () => {
	const bent: [string, (rows: JournalRowAnswer[]) => JournalRowAnswer[], number][] = [
		['in another order', (rows) => [...rows].reverse(), 3],
		['each twice', (rows) => rows.flatMap((row) => [row, row]), 3],
		['none', () => [], 0],
		['the first only', (rows) => rows.slice(0, 1), 1],
		['about other entries', (rows) => rows.map((row) => ({ ...row, sequence: 77 })), 0],
		['of another hash', (rows) => rows.map((row) => ({ ...row, hash: 'f'.repeat(64) })), 0],
	];
	for (const [name, bend, heard] of bent)
		it(`${name}: nothing is lost, nothing is taken for heard`, async () => {
			const bench = await tillBench();
			await sellMany(bench, 3);
			let requests = 0;
			bench.backend.bend = (answer) =>
				(requests += 1) === 1 ? { ...answer, rows: bend(answer.rows) } : answer;
			bench.backend.arrived = () => {
				if (requests === 1) bench.backend.weather = () => 'request-lost';
			};
			await drainTill(bench);
			expect((await states(bench)).filter((state) => state === 'done')).toHaveLength(heard);
			bench.backend.weather = () => 'fine';
			bench.clocks.pass(10_000);
			expect(await drainTill(bench)).toMatchObject({ pending: 0, stop: null });
			expect(handedIn(bench)).toEqual([1, 2, 3]);
		});

	it('never changes a final state again', async () => {
		const bench = await tillBench();
		await sellMany(bench, 2);
		await drainTill(bench);
		const before = await bench.store.progress.toArray();
		bench.backend.restore(0);
		bench.backend.outcomeOf = () => ({ state: 'refused', code: 'meter-blocked', sealed: null });
		await drainTill(bench, { ask: true });
		expect(handedIn(bench)).toEqual([1, 2]);
		expect(await bench.store.progress.toArray()).toEqual(before);
		expect(await sales(bench)).toMatchObject([{ state: 'issued' }, { state: 'issued' }]);
	});

	it('waits for what a newer backend means', async () => {
		const bench = await tillBench();
		await sell(bench);
		bench.backend.poison = () => 'a-code-of-tomorrow';
		expect(await drainTill(bench)).toMatchObject({ pending: 1, stop: null });
		expect(await states(bench)).toEqual(['queued']);
		bench.backend.poison = () => undefined;
		bench.clocks.pass(1_000);
		expect(await drainTill(bench)).toMatchObject({ pending: 0 });
	});
});

describe('a backend that was put back to an older state', () => {
	it('gets again what it lost, in order, once it says so', async () => {
		const bench = await tillBench();
		await sellAtOnce(bench, 450);
		await drainTill(bench);
		bench.backend.restore(20);
		await sell(bench);
		expect(await drainTill(bench)).toMatchObject({ pending: 0, stop: null });
		expect(handedIn(bench)).toEqual(upTo(451));
	});

	it('is found out by its status, with nothing new to send', async () => {
		const bench = await tillBench();
		await sellAtOnce(bench, 450);
		await drainTill(bench);
		bench.backend.restore(0);
		await drainTill(bench);
		expect(handedIn(bench)).toEqual([]);
		await drainTill(bench, { ask: true });
		expect(handedIn(bench)).toEqual(upTo(450));
	});

	it('is not gone along with when it sends us back for ever', async () => {
		const bench = await tillBench();
		await sellMany(bench, 3);
		await drainTill(bench);
		await sell(bench);
		const { requests } = bench.backend;
		bench.backend.bend = (answer) => ({
			...answer,
			rows: answer.rows.map(({ sequence }) => ({
				...{ taken: false, sequence, problem: problem('journal-gap', { expected: 1 }) },
			})),
		});
		expect(await drainTill(bench)).toMatchObject({ pending: 1, stop: null });
		expect(bench.backend.requests - requests).toBeLessThan(5);
	});
});

describe('what stops a till', () => {
	it('is a fork, and nothing more is sent', async () => {
		const bench = await tillBench();
		await sellMany(bench, 2);
		bench.backend.kept.push({
			...{ hash: 'a'.repeat(64), entry: null },
			outcome: { state: 'done', code: null, sealed: null },
		});
		expect(await drainTill(bench)).toMatchObject({ stop: 'suspended', pending: 2, dueMs: null });
		const { requests } = bench.backend;
		await drainTill(bench, { ask: true });
		expect(bench.backend.requests).toBe(requests);
		expect(await states(bench)).toEqual(['queued', 'queued']);
	});

	it('is a device that was put back to an older state, before it writes on', async () => {
		const bench = await tillBench();
		await sellMany(bench, 3);
		await drainTill(bench);
		await tamper(bench.store, (entries) => entries.delete([bench.keys.id, 3]));
		await bench.store.progress.delete([bench.keys.id, 3]);
		expect(await drainTill(bench, { ask: true })).toMatchObject({ stop: 'suspended' });
		expect(bench.backend.suspended).toBe(false);
	});

	it('is its revocation: everything that opens anything is destroyed, the journal stays', async () => {
		const bench = await tillBench();
		const { store } = bench;
		await sellMany(bench, 2);
		const blank = { version: 1, iv: new Uint8Array(12), octets: new Uint8Array(4) };
		await store.customers.add({
			...{ operatorId: 'o', drnTag: 't', lastSoldMs: 1, sales: 1, sealed: blank },
		});
		await store.deviceKeys.add({ ...bench.keys, owner: 'o', schema: 1 });
		bench.backend.refusing = 'terminal-revoked';
		expect(await drainTill(bench)).toMatchObject({ stop: 'revoked', pending: 2, dueMs: null });
		expect(await store.customers.count()).toBe(0);
		expect(await store.deviceKeys.toCollection().primaryKeys()).toEqual(['till']);
		expect(
			(await sales(bench)).map(({ sealed, drnTag }) => [sealed.octets.length, drnTag]),
		).toEqual(Array(2).fill([0, '']));
		expect(await store.entries.count()).toBe(2);
		expect((await store.till.get('till'))?.revokedAtMs).toBe(bench.clocks.wallMs);
	});

	it('is not to be known there, until it is known again', async () => {
		const bench = await tillBench();
		await sell(bench);
		bench.backend.refusing = 'signature-wrong';
		expect(await drainTill(bench)).toMatchObject({ stop: 'unknown' });
		bench.backend.refusing = null;
		expect(await drainTill(bench)).toMatchObject({ stop: 'unknown' });
		expect(await drainTill(bench, { ask: true })).toMatchObject({ stop: null, pending: 1 });
		bench.clocks.pass(1_000);
		expect(await drainTill(bench)).toMatchObject({ pending: 0 });
	});

	it('is not a till of an enrolment before', async () => {
		const bench = await tillBench();
		await sell(bench);
		await bench.store.till.update('till', { deviceId: bench.newId() });
		expect(await drainTill(bench)).toMatchObject({ dueMs: null });
		expect(bench.backend.requests).toBe(0);
	});
});

describe('one bad row among many', () => {
	const poisons: [string, string][] = [
		['of a shape that is refused', 'body-shape'],
		['whose signature is refused', 'journal-signature'],
		['that cannot be opened there', 'sale-unreadable'],
	];
	for (const [name, code] of poisons)
		it(`${name} stands in nobody’s way`, async () => {
			const bench = await tillBench();
			await sellAtOnce(bench, 500);
			bench.backend.poison = ({ sequence }) => (sequence === 300 ? code : undefined);
			expect(await drainTill(bench)).toMatchObject({ pending: 0, stop: null });
			expect(handedIn(bench)).toEqual(upTo(500).map((each) => (each === 300 ? undefined : each)));
			const all = await sales(bench);
			expect(all.filter(({ state }) => state === 'issued')).toHaveLength(499);
			expect(all[299]).toMatchObject({ state: 'dead-letter' });
			expect((await states(bench))[299]).toBe('damaged');
			expect(bench.backend.requests).toBeLessThan(8);
		});

	it('is found where a whole request is refused for it', async () => {
		const bench = await tillBench();
		await sellAtOnce(bench, 500);
		const { take } = bench.backend;
		bench.backend.take = async (request) => {
			const isBad = request.rows.some(
				(row) => row.what === 'entry' && (row.entry as SignedTillEntry).sequence === 123,
			);
			if (isBad) return { kind: 'problem', problem: problem('body-too-large') };
			return take.call(bench.backend, request);
		};
		expect(await drainTill(bench)).toMatchObject({ pending: 0, stop: null });
		expect(handedIn(bench).filter((each) => each === undefined)).toHaveLength(1);
		expect((await states(bench))[122]).toBe('damaged');
		expect(bench.backend.requests).toBeLessThan(40);
	});

	it('is not given up where every row is refused', async () => {
		const bench = await tillBench();
		await sellMany(bench, 30);
		bench.backend.poison = () => 'journal-signature';
		expect(await drainTill(bench)).toMatchObject({ stop: 'suspended' });
		expect((await states(bench)).filter((state) => state === 'queued')).toHaveLength(30);
	});

	it('is given up once, where the next is refused in the next request', async () => {
		const bench = await tillBench();
		await sellMany(bench, 30);
		bench.backend.poison = ({ sequence }) =>
			sequence === bench.backend.head.sequence + 1 ? 'journal-signature' : undefined;
		expect(await drainTill(bench)).toMatchObject({ stop: 'suspended' });
		expect((await states(bench)).filter((state) => state === 'queued')).toHaveLength(29);
	});

	it('and another further on are both told', async () => {
		const bench = await tillBench();
		await sellMany(bench, 30);
		bench.backend.poison = ({ sequence }) => (sequence % 10 === 5 ? 'body-shape' : undefined);
		expect(await drainTill(bench)).toMatchObject({ stop: null, pending: 0 });
		expect(handedIn(bench).filter((each) => each === undefined)).toHaveLength(3);
	});

	const damages: [string, (row: Record<string, unknown>) => unknown][] = [
		['changed', (row) => ({ ...row, entry: { ...(row['entry'] as object), atMs: 1 } })],
		['of another hash', (row) => ({ ...row, hash: 'f'.repeat(64) })],
		['not an entry', (row) => ({ ...row, entry: 'rubbish' })],
		[
			'of another signature',
			(row) => ({
				...row,
				entry: { ...(row['entry'] as object), signature: 'A'.repeat(86) },
			}),
		],
	];
	for (const [name, change] of damages)
		it(`${name} on this device is told as missing, before it is sent`, async () => {
			const bench = await tillBench();
			await sellMany(bench, 5);
			await rewrite(bench, 3, change);
			expect(await drainTill(bench)).toMatchObject({ pending: 0, stop: null });
			expect(handedIn(bench)).toEqual([1, 2, undefined, 4, 5]);
			expect((await sales(bench))[2]).toMatchObject({
				...{ state: 'dead-letter', code: 'entry-damaged' },
			});
			expect(bench.backend.requests).toBe(1);
		});

	it('that is gone altogether is told by the hash that the next one names', async () => {
		const bench = await tillBench();
		await sellMany(bench, 3);
		await tamper(bench.store, (entries) => entries.delete([bench.keys.id, 2]));
		expect(await drainTill(bench)).toMatchObject({ pending: 0, stop: null });
		expect(handedIn(bench)).toEqual([1, undefined, 3]);
	});

	it('that is gone at the end has its number given anew', async () => {
		const bench = await tillBench();
		await sellMany(bench, 2);
		await tamper(bench.store, (entries) => entries.delete([bench.keys.id, 2]));
		expect(await drainTill(bench)).toMatchObject({ pending: 0, stop: null });
		await sell(bench);
		expect(await drainTill(bench)).toMatchObject({ pending: 0, stop: null });
		expect(handedIn(bench)).toEqual([1, 2]);
	});

	it('that the backend had, before it was damaged here, is what it had become there', async () => {
		const bench = await tillBench();
		await sellMany(bench, 2);
		bench.backend.weather = () => 'answer-lost';
		await drainTill(bench);
		bench.backend.weather = () => 'fine';
		await rewrite(bench, 1, (row) => ({ ...row, entry: 'rubbish' }));
		bench.clocks.pass(1_000);
		expect(await drainTill(bench)).toMatchObject({ pending: 0 });
		expect(await sales(bench)).toMatchObject([{ state: 'issued' }, { state: 'issued' }]);
	});
});

describe('a revealed token', () => {
	it('stays sold, whatever the backend says of its reveal', async () => {
		const bench = await tillBench();
		bench.backend.outcomeOf = () => ({ state: 'refused', code: 'reserve-ended', sealed: null });
		await sell(bench, { promise: 'reserve', state: 'issued' });
		await drainTill(bench);
		expect(await sales(bench)).toMatchObject([{ state: 'issued' }]);
	});
});
