import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import { RECENT_SAME_MS, type SellOutcome, type TillDesk } from '#lib/browser/sync/till-desk.ts';
import { HEARD_NOW_MS } from '#lib/browser/sync/till-price.ts';
import { CLAIM_CODE_LENGTH } from '#lib/core/sync/till-journal.ts';
import { parseCode } from '#lib/core/sync/spoken-code.ts';
import { soon } from '../../harness/soon.ts';
import { HOUR, PIN } from '../vault/bench.ts';
import { ofMeter, toRefund } from './as-shown.ts';
import { agentTab, AGENT, closeDesks, KEPT, sell, TillBench, wishFor } from './till-desk-bench.ts';
import { DRN, OTHER_DRN, TERMS } from './till-office.ts';

let bench: TillBench;
beforeEach(async () => (bench = await TillBench.open()));
afterEach(closeDesks);
const stateOf = async (outcome: SellOutcome) => {
	if (outcome.kind === 'not-sold') throw new TypeError(outcome.because);
	return (await bench.store.sales.get(outcome.sale.row.id))?.state;
};

describe('a sale with the network', () => {
	it('is one round trip from the amount on: the token is in the answer', async () => {
		const desk = await bench.ready();
		const sight = await desk.lookUp(DRN);
		const before = bench.office.asked;
		const priced = await desk.price(DRN, 10_000, sight);
		expect(priced).toMatchObject({ kind: 'priced', by: 'backend' });
		const tender = { method: 'cash' as const, tenderedMinor: 10_000 };
		const outcome = await desk.sell({ drn: DRN, amountMinor: 10_000, tender, sight, priced });
		expect(bench.office.asked - before).toBe(1);
		expect(outcome).toMatchObject({ kind: 'issued', sale: { row: { state: 'issued' } } });
		if (outcome.kind !== 'issued') return;
		expect(outcome.sale.answer).toMatchObject({ state: 'issued', receipt: { drn: DRN } });
		expect(outcome.sale.details).toMatchObject({ drn: DRN, priced: 'backend' });
		expect(outcome.sale.row).toMatchObject({ energyDeciKwh: 50, energyHeard: true });
		const [sold] = bench.office.sales;
		expect(sold).toMatchObject({
			promise: 'token',
			request: { drn: DRN, amountMinor: 10_000, currency: 'KES', operatorId: AGENT },
		});
		expect(sold?.request).not.toHaveProperty('estimated');
		expect(parseCode(sold?.claimCode ?? '', CLAIM_CODE_LENGTH)).toBe(sold?.claimCode);
	});

	it('asks for the price of a meter that was looked up too long ago, or never', async () => {
		const desk = await bench.ready();
		const sight = await desk.lookUp(DRN);
		for (const [known, passMs] of [
			[sight, HEARD_NOW_MS + 1],
			[null, 0],
		] as const) {
			bench.clocks.pass(passMs);
			const before = bench.office.trials;
			const priced = await desk.price(DRN, 10_000, known);
			expect(priced).toMatchObject({ kind: 'priced', by: 'backend' });
			expect(bench.office.trials - before).toBe(1);
		}
	});

	it('is held to the price that was shown: one that got worse sells nothing, and the money is here', async () => {
		const desk = await bench.ready();
		const wish = await wishFor(desk);
		bench.office.refuse = ({ request }) =>
			request.kind === 'credit' && !request.estimated && request.agreed!.energyDeciKwh > 49
				? 'price-changed'
				: undefined;
		expect(await desk.sell(wish)).toMatchObject({ kind: 'refused', code: 'price-changed' });
		expect(await desk.glance()).toMatchObject({ toRefund: 1 });
	});

	it('is not begun for a meter to which the backend says that nothing is sold', async () => {
		const desk = await bench.ready();
		bench.office.notSold = 'key-change-needed';
		const wish = await wishFor(desk);
		expect(wish.priced).toMatchObject({ kind: 'problem', problem: { code: 'key-change-needed' } });
		expect(bench.office.trials).toBe(0);
		expect(await desk.sell(wish)).toEqual({ kind: 'not-sold', because: 'refused-now' });
	});

	it('gives a provisional receipt when no answer comes in time, and the answer finds it later', async () => {
		const desk = await bench.ready();
		const wish = await wishFor(desk);
		let answer = () => {};
		bench.office.during = () => new Promise<void>((resolve) => (answer = resolve));
		const selling = desk.sell(wish);
		await soon(() => expect(bench.office.sales).toHaveLength(1));
		let outcome: SellOutcome | undefined;
		void selling.then((done) => (outcome = done));
		await soon(() => {
			bench.timer.pass(1_000);
			expect(outcome?.kind).toBe('provisional');
		});
		expect(await stateOf(outcome!)).toBe('provisional');
		bench.office.during = () => {};
		answer();
		await soon(async () => expect(await stateOf(outcome!)).toBe('issued'));
		expect(bench.office.sales).toHaveLength(1);
	});

	it('waits for one that is in the making', async () => {
		const desk = await bench.ready();
		bench.office.slow = true;
		let outcome: SellOutcome | undefined;
		void sell(desk).then((done) => (outcome = done));
		await soon(() => {
			// So little that a busy machine asks again in time.
			bench.timer.pass(50);
			expect(outcome?.kind).toBe('issued');
		});
		expect(bench.office.sales).toHaveLength(1);
	});

	it('sells once when the answer is lost on the way', async () => {
		const desk = await bench.ready();
		const wish = await wishFor(desk);
		bench.office.weather = 'answer-lost';
		let outcome: SellOutcome | undefined;
		void desk.sell(wish).then((done) => (outcome = done));
		await soon(() => {
			bench.timer.pass(1_000);
			expect(outcome?.kind).toBe('provisional');
			expect(bench.office.sales).toHaveLength(1);
		});
		await bench.goOnline(desk);
		await soon(async () => expect(await stateOf(outcome!)).toBe('issued'));
		expect(bench.office.sales).toHaveLength(1);
		expect(bench.office.floatMinor).toBe(990_000);
	});

	it('hands back what the backend refuses, and sells another in its place', async () => {
		const desk = await bench.ready();
		bench.office.refuse = () => 'meter-blocked';
		const outcome = await sell(desk);
		expect(outcome).toMatchObject({ kind: 'refused', code: 'meter-blocked' });
		expect(await desk.glance()).toMatchObject({ toRefund: 1 });
		const [refused] = await toRefund(desk);
		expect(refused?.details?.drn).toBe(DRN);
		bench.office.refuse = () => undefined;
		const replaces = refused!.row.id;
		const again = await sell(desk, 10_000, OTHER_DRN, { replaces });
		expect(again.kind).toBe('issued');
		expect(bench.office.sales.at(-1)).toMatchObject({ replaces });
		expect((await desk.openSale(replaces))?.row.state).toBe('replaced');
		expect(await toRefund(desk)).toEqual([]);
		// The drawer has one sale's money, and the report says why it was counted twice.
		const shift = (await desk.glance()).shift!;
		expect(await desk.expected(shift.id)).toMatchObject([
			{ takenMinor: 20_000, givenBackMinor: 0, soldAgainMinor: 10_000, expectedMinor: 10_000 },
		]);
		expect(await desk.refused(shift.id, await desk.totals(shift.id))).toEqual({
			here: { count: 0, amountMinor: 0 },
			givenBack: { count: 0, amountMinor: 0 },
			soldAgain: { count: 1, amountMinor: 10_000 },
		});
		// Its money is in the other one: it cannot be spent twice.
		await expect(sell(desk, 10_000, OTHER_DRN, { replaces })).rejects.toThrow(StoreFault);
		await expect(desk.payRefund(replaces)).rejects.toThrow(StoreFault);
	});

	it('asks the backend for the price once more when it came back since the estimate', async () => {
		const desk = await bench.ready();
		await sell(desk);
		await bench.goOffline(desk);
		const wish = await wishFor(desk, 20_000);
		expect(wish.priced).toMatchObject({ kind: 'priced', by: 'estimate' });
		await bench.goOnline(desk);
		expect((await desk.sell(wish)).kind).toBe('issued');
		expect(bench.office.sales.at(-1)).toMatchObject({
			promise: 'token',
			// The customer had seen no more than an estimate.
			request: { estimated: true },
		});
	});
});

describe('a sale that the backend has and finds no float for', () => {
	/** Sold with the network; its customer waits until the answer is given up. */
	async function sellLate(desk: TillDesk, amountMinor: number): Promise<SellOutcome> {
		let outcome: SellOutcome | undefined;
		void sell(desk, amountMinor).then((done) => (outcome = done));
		await soon(() => {
			bench.timer.pass(1_000);
			expect(outcome).toBeDefined();
		});
		return outcome!;
	}

	it.each([
		['offline-not-allowed', { queued: null }, 1_000_000],
		['offline-count-cap', { queued: { ...TERMS.queued!, count: 1 } }, 1_000_000],
		['offline-sum-cap', { queued: { ...TERMS.queued!, sumMinor: 19_999 } }, 1_000_000],
		['offline-float', {}, 15_000],
	])('stands in the caps like one that is not handed in: %s', async (because, change, minor) => {
		bench.office.terms = { ...TERMS, ...change };
		bench.office.floatMinor = minor;
		bench.office.wait = () => 'float-exhausted';
		const desk = await bench.ready();
		const first = await sellLate(desk, 10_000);
		expect(first).toMatchObject({ kind: 'provisional' });
		expect(await stateOf(first)).toBe('provisional');
		expect(await desk.glance()).toMatchObject({
			unsynced: { count: 1, sumMinor: 10_000 },
			availableMinor: minor - 10_000,
		});
		expect(await sell(desk, 10_000)).toEqual({ kind: 'not-sold', because });
		expect(bench.office.sales).toHaveLength(1);
		// Paid in: everything is sold again.
		bench.office.wait = () => undefined;
		await bench.goOnline(desk);
		expect(await stateOf(first)).toBe('issued');
		expect((await desk.glance()).unsynced.count).toBe(0);
		expect((await sell(desk, 5_000)).kind).toBe('issued');
	});

	/** One of 5,000 waits, the float is 4,000, and the office has said nothing of selling without a token. */
	async function readyBesideOne(): Promise<TillDesk> {
		bench.office.terms = { ...TERMS, queued: null };
		bench.office.floatMinor = 4_000;
		bench.office.wait = ({ request }) =>
			'amountMinor' in request && request.amountMinor > bench.office.floatMinor
				? 'float-exhausted'
				: undefined;
		const desk = await bench.ready();
		expect(await sellLate(desk, 5_000)).toMatchObject({ kind: 'provisional' });
		return desk;
	}

	it('closes no kiosk: what the float covers is sold, and no more', async () => {
		const desk = await readyBesideOne();
		expect((await sell(desk, 3_000)).kind).toBe('issued');
		const because = 'offline-not-allowed';
		expect(await sell(desk, 1_001)).toEqual({ kind: 'not-sold', because });
		expect(await sell(desk, 5_000)).toEqual({ kind: 'not-sold', because });
		expect((await sell(desk, 1_000)).kind).toBe('issued');
		expect(bench.office.floatMinor).toBe(0);
		expect(bench.office.sales).toHaveLength(3);
	});

	it('is looked at once more when the row is written: another tab has had the float meanwhile', async () => {
		const one = await readyBesideOne();
		const two = await bench.openWith(one.operator, {}, agentTab(bench.store.name));
		await two.vault.unlock(PIN);
		await two.tryNow();
		const wishes = [await wishFor(one, 3_000), await wishFor(two, 2_500, OTHER_DRN)] as const;
		const outcomes = await Promise.all([one.sell(wishes[0]), two.sell(wishes[1])]);
		expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['issued', 'not-sold']);
		expect(outcomes).toContainEqual({ kind: 'not-sold', because: 'offline-not-allowed' });
	});

	it('counts against what is sold without the network, as ever', async () => {
		const desk = await readyBesideOne();
		bench.office.terms = TERMS;
		await bench.goOnline(desk);
		await bench.goOffline(desk);
		expect(await sell(desk, 3_000)).toEqual({ kind: 'not-sold', because: 'offline-float' });
	});

	it('holds up a sign-out by name, like every row without a last word', async () => {
		bench.office.wait = () => 'float-exhausted';
		const desk = await bench.ready();
		await sellLate(desk, 10_000);
		expect(await desk.signOut()).toEqual({ kind: 'rows-wait', count: 1 });
	});
});

describe('what the backend says no to', () => {
	it('is promised to nobody', async () => {
		const desk = await bench.ready();
		const detail = { type: 'about:blank', title: '', status: 409, detail: '' };
		const priced = { kind: 'problem', problem: { ...detail, code: 'meter-blocked' } } as const;
		const before = await bench.store.entries.count();
		// Known before the network went.
		await bench.goOffline(desk);
		const wish = { ...(await wishFor(desk, 20_000)), priced };
		expect(await desk.sell(wish)).toEqual({ kind: 'not-sold', because: 'refused-now' });
		expect(await bench.store.entries.count()).toBe(before);
	});
});

describe('a sale without the network', () => {
	it('is provisional with a claim code, estimated from what is kept, and issued on sync', async () => {
		const desk = await bench.ready();
		await sell(desk);
		await bench.goOffline(desk);
		const wish = await wishFor(desk, 20_000);
		expect(wish.sight).toMatchObject({ kind: 'known', from: 'kept' });
		expect(wish.priced).toMatchObject({ kind: 'priced', by: 'estimate' });
		const outcome = await desk.sell(wish);
		expect(outcome).toMatchObject({
			kind: 'provisional',
			sale: { row: { state: 'provisional', promise: 'provisional', energyDeciKwh: 100 } },
		});
		expect(await desk.glance()).toMatchObject({
			unsynced: { count: 1, sumMinor: 20_000 },
			availableMinor: 970_000,
			shift: { state: 'open' },
		});
		await bench.goOnline(desk);
		expect(await stateOf(outcome)).toBe('issued');
		expect(bench.office.sales.at(-1)).toMatchObject({
			promise: 'provisional',
			request: { estimated: true, agreed: { energyDeciKwh: 100 } },
		});
		expect((await desk.glance()).unsynced).toEqual({ count: 0, sumMinor: 0, oldestAtMs: null });
		const [found] = await ofMeter(desk, DRN, 1);
		expect(found?.answer).toMatchObject({ state: 'issued' });
	});

	it('takes the pack’s first tariff for a meter that was never seen', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		const wish = await wishFor(desk);
		expect(wish.sight).toEqual({ kind: 'unheard' });
		expect(wish.priced).toMatchObject({ kind: 'priced', by: 'estimate' });
		const outcome = await desk.sell(wish);
		expect(outcome).toMatchObject({
			kind: 'provisional',
			sale: { details: { priced: 'estimate' } },
		});
	});

	it('sells without a price once the pack is too old to say one', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		bench.clocks.pass(49 * HOUR);
		const wish = await wishFor(desk);
		expect(wish.priced).toEqual({ kind: 'not-priced' });
		expect(await desk.sell(wish)).toMatchObject({
			kind: 'provisional',
			sale: { details: { priced: 'not', waterfall: null }, row: { energyDeciKwh: null } },
		});
	});

	it.each([
		['offline-not-allowed', { queued: null }, 10_000],
		['offline-sale-cap', {}, 50_001],
		['offline-count-cap', { queued: { ...TERMS.queued!, count: 1 } }, 10_000],
		['offline-sum-cap', { queued: { ...TERMS.queued!, sumMinor: 19_999 } }, 10_000],
	])('keeps to its caps: %s', async (because, change, amountMinor) => {
		bench.office.terms = { ...TERMS, ...change };
		const desk = await bench.ready();
		await bench.goOffline(desk);
		const first = await sell(desk, 10_000, OTHER_DRN);
		if (because === 'offline-not-allowed') expect(first).toMatchObject({ because });
		else expect(first.kind).toBe('provisional');
		const rows = await bench.store.entries.count();
		expect(await sell(desk, amountMinor)).toEqual({ kind: 'not-sold', because });
		expect(await bench.store.entries.count()).toBe(rows);
	});

	it('keeps to the age of the oldest, whatever is done to the clock', async () => {
		const desk = await bench.ready();
		await bench.goOffline(desk);
		await sell(desk);
		bench.clocks.pass(25 * HOUR);
		expect(await sell(desk)).toEqual({ kind: 'not-sold', because: 'offline-age-cap' });
		bench.clocks.wallMs -= 25 * HOUR;
		expect(await sell(desk)).toEqual({ kind: 'not-sold', because: 'offline-age-cap' });
	});

	it('sells no more than the float that was last heard of', async () => {
		bench.office.floatMinor = 15_000;
		const desk = await bench.ready();
		await bench.goOffline(desk);
		expect((await sell(desk)).kind).toBe('provisional');
		expect(await sell(desk)).toEqual({ kind: 'not-sold', because: 'offline-float' });
		expect(await desk.glance()).toMatchObject({ availableMinor: 5_000 });
	});

	it.each([
		['in a tab', { ...KEPT, installed: false }],
		['where the browser may throw it away', { ...KEPT, persistent: false }],
	])('holds the very small cap %s', async (_, keeping) => {
		bench.keeping = keeping;
		const desk = await bench.ready();
		await bench.goOffline(desk);
		expect(await desk.keeping()).toEqual(keeping);
		expect((await desk.glance()).caps).toEqual(TERMS.unkept);
		expect(await sell(desk)).toEqual({ kind: 'not-sold', because: 'offline-sale-cap' });
		expect((await sell(desk, 5_000)).kind).toBe('provisional');
		expect(await sell(desk, 1_000)).toEqual({ kind: 'not-sold', because: 'offline-count-cap' });
	});
});

describe('two tabs that sell at the same moment without the network', () => {
	/** Two tabs of one till; what is given is looked up before either of them sells. */
	async function sellInBoth(): Promise<SellOutcome[]> {
		const one = await bench.ready();
		const two = await bench.openWith(one.operator, {}, agentTab(bench.store.name));
		await two.vault.unlock(PIN);
		await bench.goOffline(one);
		await two.tryNow();
		const wishes = [await wishFor(one, 10_000), await wishFor(two, 11_000, OTHER_DRN)] as const;
		return Promise.all([one.sell(wishes[0]), two.sell(wishes[1])]);
	}

	it.each([
		['offline-count-cap', { queued: { ...TERMS.queued!, count: 1 } }, 1_000_000],
		['offline-sum-cap', { queued: { ...TERMS.queued!, sumMinor: 20_999 } }, 1_000_000],
		['offline-float', {}, 20_999],
	])('keep to one cap between them: %s', async (because, change, floatMinor) => {
		bench.office.terms = { ...TERMS, ...change };
		bench.office.floatMinor = floatMinor;
		const outcomes = await sellInBoth();
		const kinds = outcomes.map(({ kind }) => kind);
		expect(kinds.sort()).toEqual(['not-sold', 'provisional']);
		expect(outcomes).toContainEqual({ kind: 'not-sold', because });
		expect(await bench.store.sales.count()).toBe(1);
	});

	it('both sell where the caps allow it', async () => {
		const outcomes = await sellInBoth();
		expect(outcomes.map(({ kind }) => kind)).toEqual(['provisional', 'provisional']);
	});
});

describe('a tap', () => {
	it('sells nothing when there is no place left, and says so', async () => {
		const desk = await bench.ready();
		const wish = await wishFor(desk);
		const counts = async () => [
			await bench.store.entries.count(),
			await bench.store.sales.count(),
			await bench.store.customers.count(),
			await bench.store.progress.count(),
		];
		const before = await counts();
		// The last row of the transaction is the one for which there is no place.
		const full = () => {
			throw new Dexie.QuotaExceededError('full');
		};
		bench.store.customers.hook('creating', full);
		await expect(desk.sell(wish)).rejects.toMatchObject({ name: 'StoreFault', kind: 'no-space' });
		expect(await counts()).toEqual(before);
		expect(bench.office.sales).toEqual([]);
		bench.store.customers.hook('creating').unsubscribe(full);
		expect((await desk.sell(wish)).kind).toBe('issued');
	});

	it('is one sale when it is a double one', async () => {
		const desk = await bench.ready();
		const wish = await wishFor(desk);
		const [first, second] = await Promise.all([desk.sell(wish), desk.sell(wish)]);
		expect(first.kind).toBe('issued');
		expect(second).toEqual({ kind: 'not-sold', because: 'under-way' });
		expect(bench.office.sales).toHaveLength(1);
		expect(await desk.recentSame(DRN, 10_000)).not.toBeNull();
		expect(await desk.recentSame(DRN, 20_000)).toBeNull();
		bench.clocks.pass(RECENT_SAME_MS + 1);
		expect(await desk.recentSame(DRN, 10_000)).toBeNull();
	});

	it('needs a shift, an open vault and a till that may sell', async () => {
		await bench.enrol();
		const { operator, vault } = await bench.choose();
		const desk = await bench.openWith(operator, { vault });
		await bench.heard();
		const wish = await wishFor(desk);
		expect(await desk.sell(wish)).toEqual({ kind: 'not-sold', because: 'shift-needed' });
		await desk.openShift();
		desk.lock();
		expect(await desk.sell(wish)).toEqual({ kind: 'not-sold', because: 'locked' });
	});

	it('leaves nothing of the customer in clear on the disk', async () => {
		const desk = await bench.ready();
		await sell(desk, 10_000, DRN, { notifyPhone: '+254700000001' });
		await bench.goOffline(desk);
		const outcome = await sell(desk, 20_000);
		const [sold] = await ofMeter(desk, DRN, 2);
		const code = outcome.kind === 'provisional' ? outcome.sale.details?.claimCode : undefined;
		desk.close();
		const text = await dump(agentTab(bench.store.name));
		for (const secret of [DRN, 'O****', '254700000001', code, '00000000000000000001'])
			expect(text).not.toContain(secret);
		expect(sold?.answer ?? sold?.details).not.toBeNull();
	});
});

/** Every row of every table, octets as text. */
async function dump(store: Dexie): Promise<string> {
	const tables = await Promise.all(store.tables.map((table) => table.toArray()));
	return JSON.stringify(tables, (_, value: unknown) =>
		value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
	);
}
