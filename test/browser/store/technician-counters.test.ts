import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
	COUNTER_BLOCK,
	counterSpaces,
	TechnicianCounters,
} from '#lib/browser/store/technician-counters.ts';
import type { TechnicianStore } from '#lib/browser/store/technician.ts';
import { takeCounter } from '#lib/core/dlms/security/counter.ts';
import { MAX_COUNTER } from '#lib/core/dlms/security/suite.ts';
import { closeTabs, tab } from '../vault/bench.ts';

afterEach(closeTabs);
const KEY = Uint8Array.from({ length: 16 }, (_, at) => at);
const SPACES = counterSpaces('37204100004', KEY);
const open = (store: TechnicianStore) => TechnicianCounters.open(store, SPACES);
const take = ({ port }: TechnicianCounters) => takeCounter(port, SPACES.send)!;
const onDisk = async (store: TechnicianStore) =>
	(await store.counters.get(SPACES.send))?.reserved ?? 0;

describe('the spaces of counters', () => {
	it('of ours are of one key whatever the meter, so that no value goes out twice under it', () => {
		const elsewhere = counterSpaces('37204100012', KEY);
		expect(elsewhere.send).toBe(SPACES.send);
		expect(elsewhere.receive).not.toBe(SPACES.receive);
	});

	it('are others for another key, the same for the same, and tell nothing of the key', () => {
		const other = counterSpaces(
			'37204100004',
			Uint8Array.from(KEY, (octet) => octet ^ 1),
		);
		expect(new Set([SPACES, other].flatMap(({ send, receive }) => [send, receive])).size).toBe(4);
		expect(counterSpaces('37204100004', KEY)).toEqual(SPACES);
		expect(SPACES.send).toMatch(/^[0-9a-f]{16}\/send$/);
	});

	it('go on where a meter under the same key left them', async () => {
		const store = tab();
		const here = await TechnicianCounters.open(store, SPACES);
		const taken = take(here);
		await here.safe();
		const there = await TechnicianCounters.open(store, counterSpaces('37204100012', KEY));
		expect(take(there)).toBeGreaterThan(taken);
	});

	it('that were not opened are a slip', async () => {
		const { port } = await open(tab());
		expect(() => port.read('elsewhere')).toThrow(RangeError);
		expect(() => port.write('elsewhere', 1)).toThrow(RangeError);
	});
});

describe('a counter', () => {
	it('is on the disk before it may go on the line, a block at a time', async () => {
		const store = tab();
		const counters = await open(store);
		expect(take(counters)).toBe(0);
		expect(await onDisk(store)).toBe(0);
		await counters.safe();
		expect(await onDisk(store)).toBe(1 + COUNTER_BLOCK);
		let writes = 0;
		store.counters.hook('updating', () => void (writes += 1));
		for (let frame = 0; frame < COUNTER_BLOCK; frame += 1) {
			take(counters);
			await counters.safe();
		}
		expect(writes).toBe(0);
		take(counters);
		await counters.safe();
		expect(await onDisk(store)).toBe(2 * COUNTER_BLOCK + 2);
	});

	it('goes on above what was reserved after a crash: values are skipped, none is repeated', async () => {
		const store = tab();
		const before = await open(store);
		take(before);
		await before.safe();
		const after = await open(tab(store.name));
		expect(take(after)).toBe(1 + COUNTER_BLOCK);
	});

	it('is never repeated, however often the page crashes and wherever', async () => {
		const step = fc.constantFrom('take', 'safe', 'crash');
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
				const store = tab();
				const onTheLine: number[] = [];
				let counters = await open(store);
				let taken: number[] = [];
				for (const each of steps) {
					if (each === 'take') taken.push(take(counters));
					if (each === 'safe') {
						await counters.safe();
						onTheLine.push(...taken);
						taken = [];
					}
					if (each === 'crash') {
						taken = [];
						counters = await open(store);
					}
				}
				for (const [at, value] of onTheLine.entries())
					expect(value).toBeGreaterThan(onTheLine[at - 1] ?? -1);
			}),
			{ numRuns: 40 },
		);
	});

	it('jumps up to what the meter asks for, never down', async () => {
		const store = tab();
		const counters = await open(store);
		counters.port.write(SPACES.send, 5_000);
		counters.port.write(SPACES.send, 4_000);
		expect(take(counters)).toBe(5_000);
		await counters.safe();
		expect(await onDisk(store)).toBe(5_001 + COUNTER_BLOCK);
	});

	it('ends with the last value there is', async () => {
		const store = tab();
		const counters = await open(store);
		counters.port.write(SPACES.send, MAX_COUNTER);
		expect(take(counters)).toBe(MAX_COUNTER);
		await counters.safe();
		expect(takeCounter(counters.port, SPACES.send)).toBeUndefined();
		counters.port.write(SPACES.send, 2 ** 40);
		await counters.safe();
		const after = await open(tab(store.name));
		expect(takeCounter(after.port, SPACES.send)).toBeUndefined();
	});

	it('is written once for many that wait for it', async () => {
		const store = tab();
		const counters = await open(store);
		let writes = 0;
		store.counters.hook('creating', () => void (writes += 1));
		take(counters);
		await Promise.all([counters.safe(), counters.safe(), counters.safe()]);
		// The row of ours and the row of the meter's.
		expect(writes).toBe(2);
	});

	it('does not go on the line when the disk does not take it', async () => {
		const store = tab();
		const counters = await open(store);
		take(counters);
		const off = () => {
			throw new DOMException('full', 'QuotaExceededError');
		};
		store.counters.hook('creating', off);
		await expect(counters.safe()).rejects.toMatchObject({ kind: 'no-space' });
		store.counters.hook('creating').unsubscribe(off);
		await counters.safe();
		expect(await onDisk(store)).toBe(1 + COUNTER_BLOCK);
	});
});

describe('two tabs with one key', () => {
	it('never have a value in common: who finds its block taken is told, and goes on above', async () => {
		const store = tab();
		const [one, two] = [await open(store), await open(tab(store.name))];
		const first = take(one);
		await one.safe();
		const second = take(two);
		expect(second).toBe(first);
		await expect(two.safe()).rejects.toMatchObject({ name: 'StoreFault', kind: 'other-tab' });
		const third = take(two);
		await two.safe();
		expect(third).toBe(1 + COUNTER_BLOCK);
		for (let frame = 0; frame < COUNTER_BLOCK; frame += 1) expect(take(one)).toBeLessThan(third);
		await one.safe();
		take(one);
		await expect(one.safe()).rejects.toMatchObject({ kind: 'other-tab' });
	});
});

describe('the meter’s counter', () => {
	it('is kept exactly, at the end and along with ours', async () => {
		const store = tab();
		const counters = await open(store);
		counters.port.write(SPACES.receive, 17);
		await counters.safe();
		expect((await open(tab(store.name))).port.read(SPACES.receive)).toBe(0);
		await counters.keep();
		expect((await open(tab(store.name))).port.read(SPACES.receive)).toBe(17);
		counters.port.write(SPACES.receive, 20);
		take(counters);
		await Promise.all([counters.safe(), counters.keep(), counters.safe()]);
		expect((await open(tab(store.name))).port.read(SPACES.receive)).toBe(20);
	});
});
