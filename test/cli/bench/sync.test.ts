/** The pieces of the sync bench at a size that proves nothing about speed. */
import 'fake-indexeddb/auto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MAX_JOURNAL_ROWS } from '#lib/core/sync/wire-till.ts';
import { BenchTill } from '../../../src/cli/bench/bench-till.ts';
import { drainQueue } from '../../../src/cli/bench/drain-queue.ts';
import { compareOnline } from '../../../src/cli/bench/sell-online.ts';
import { SlowLink } from '../../../src/cli/bench/slow-link.ts';
import { SyncBackend } from '../../../src/cli/bench/sync-process.ts';

const ROWS = MAX_JOURNAL_ROWS + 5;

let backend: SyncBackend;
let link: SlowLink;
let giveBack: () => void;
beforeAll(async () => {
	backend = await SyncBackend.start(3, ROWS);
	link = new SlowLink(backend.origin);
});
afterAll(() => backend.stop());

const tillOf = (at: number) => {
	const waiting = backend.tills[at];
	if (!waiting) throw new RangeError('no such till');
	return waiting;
};

describe('the sync bench', () => {
	afterEach(() => giveBack());

	it('drains a queue in as few requests as its rows fill', async () => {
		giveBack = link.takeOver();
		const drained = await drainQueue(backend, link, tillOf(0), { rows: ROWS, delayMs: 2 });
		expect(drained).toMatchObject({ rows: ROWS, requests: 2, linkMs: 4 });
		expect(drained.elapsedMs).toBeGreaterThan(drained.linkMs);
		// Nothing was left out of what went over the link: a row is never shorter than its signature and hash.
		expect(drained.up / ROWS).toBeGreaterThan(150);
		expect(drained.down / ROWS).toBeGreaterThan(150);
		expect(drained.backend.cpuMs).toBeGreaterThan(0);
	});

	it('says so when the backend issues less than was queued', async () => {
		giveBack = link.takeOver();
		const waiting = { ...tillOf(1), drns: ['37000000005'] };
		await expect(drainQueue(backend, link, waiting, { rows: 1, delayMs: 0 })).rejects.toThrow(
			'refused',
		);
	});

	it('sells with a network in one request, and opens the answer', async () => {
		giveBack = link.takeOver();
		const till = await BenchTill.open(tillOf(2));
		const compared = await compareOnline(backend, link, till, 1);
		expect(compared).toMatchObject({ journal: { requests: 1 }, bare: { requests: 1 } });
		const id = await till.sell('token');
		await till.drain();
		expect(JSON.parse((await till.answer(id)) ?? 'null')).toMatchObject({ id, state: 'issued' });
		await till.close();
	});
});

describe('a slow link', () => {
	it('counts requests and the octets of bodies, and is given back', async () => {
		const there = globalThis.fetch;
		globalThis.fetch = () => Promise.resolve(new Response('é'));
		const slow = new SlowLink('http://backend.test');
		giveBack = slow.takeOver();
		slow.weigh = () => 7;
		await fetch('/a', { method: 'POST', body: 'ü!' });
		expect(slow.take()).toMatchObject({ requests: 1, up: 3, down: 2, heapOctets: 7 });
		expect(slow.take().requests).toBe(0);
		giveBack();
		expect(await (await fetch('/b')).text()).toBe('é');
		expect(slow.take().requests).toBe(0);
		globalThis.fetch = there;
	});
});
