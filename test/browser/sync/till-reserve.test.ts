import 'fake-indexeddb/auto';
import { decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SaleWish, TillDesk } from '#lib/browser/sync/till-desk.ts';
import { tokenPlace } from '#lib/browser/sync/till-reveal.ts';
import { OperatorKeys } from '#lib/browser/vault/operator-keys.ts';
import { soon } from '../../harness/soon.ts';
import { HOUR, OTHER_PIN } from '../vault/bench.ts';
import { toRefund } from './as-shown.ts';
import { closeDesks, sell, TillBench, wishFor } from './till-desk-bench.ts';
import { DRN, OTHER_DRN, TERMS } from './till-office.ts';

let bench: TillBench;
beforeEach(async () => (bench = await TillBench.open()));
afterEach(closeDesks);

const RESERVE = {
	denominationsMinor: [5_000, 10_000],
	sumMinor: 20_000,
	count: 3,
	lifeMs: 24 * HOUR,
};
const cash = { method: 'cash' as const, tenderedMinor: 10_000 };

/** Where the office has switched it on, and somebody has come twice. */
async function withRegular(): Promise<TillDesk> {
	bench.office.terms = { ...TERMS, reserve: RESERVE };
	const desk = await bench.ready();
	await sell(desk);
	await sell(desk);
	return desk;
}

/** With a regular meter, and a sealed token for it. */
async function withToken(): Promise<TillDesk> {
	bench.office.terms = { ...TERMS, reserve: RESERVE };
	const desk = await bench.ready();
	await sell(desk);
	bench.clocks.pass(HOUR);
	await sell(desk);
	expect(await desk.fillReserve()).toEqual({ made: 1, problem: null });
	return desk;
}

/** By the tap that asks for its meter and amount; undefined: it came to no token. */
async function reveal(desk: TillDesk, wish: SaleWish) {
	const outcome = await desk.sell(wish);
	return outcome.kind === 'issued' ? outcome.sale : undefined;
}

/** Whether a shared secret is derived with the one-time key that this was sealed with. */
async function isOpening(
	[algorithm]: Parameters<SubtleCrypto['deriveBits']>,
	sealed: string,
): Promise<boolean> {
	const { epk } = decodeProtectedHeader(sealed) as { epk: { x: string } };
	const { public: used } = algorithm as EcdhKeyDeriveParams;
	return (await crypto.subtle.exportKey('jwk', used)).x === epk.x;
}

describe('the sealed reserve', () => {
	it('is not asked for where the office has not switched it on, or for who comes seldom', async () => {
		const desk = await bench.ready();
		await sell(desk);
		await sell(desk);
		expect(await desk.fillReserve()).toEqual({ made: 0, problem: null });
		expect(bench.office.sealedVends.size).toBe(0);
		bench.office.terms = { ...TERMS, reserve: RESERVE };
		await sell(desk, 10_000, OTHER_DRN);
		expect(await desk.fillReserve()).toEqual({ made: 1, problem: null });
		expect(await desk.reserve()).toMatchObject([{ drn: DRN, ownerMasked: 'A**** O****' }]);
	});

	it('reveals without the network: the entry is on the disk before the digits', async () => {
		const desk = await withToken();
		await bench.goOffline(desk);
		const [token] = await desk.reserve();
		const before = await bench.store.entries.count();
		const wish = await wishFor(desk);
		// The token does not open before its entry is there.
		const entriesAtOpening: number[] = [];
		const decrypt = crypto.subtle.deriveBits.bind(crypto.subtle);
		const spy = vi.spyOn(crypto.subtle, 'deriveBits').mockImplementation(async (...given) => {
			if (await isOpening(given, token!.row.sealed))
				entriesAtOpening.push(await bench.store.entries.count());
			return decrypt(...given);
		});
		const sale = await reveal(desk, wish);
		spy.mockRestore();
		expect(entriesAtOpening).toEqual([before + 1]);
		expect(sale).toMatchObject({
			row: { promise: 'reserve', state: 'issued', amountMinor: 10_000, energyDeciKwh: 50 },
			details: { drn: DRN, vendId: token!.row.vendId },
			answer: { state: 'issued', id: token!.row.vendId },
		});
		// Paid beforehand: it takes nothing of what may be sold offline.
		expect((await desk.glance()).unsynced.count).toBe(0);
		expect(await desk.sealedFor(DRN, 10_000)).toBeNull();
		expect((await bench.store.reserve.get(token!.row.vendId))?.sealed).toBe('');
		await bench.goOnline(desk);
		const { inbox: answerTo } = desk.operator;
		expect(bench.office.reveals).toEqual([{ tender: cash, vendId: token!.row.vendId, answerTo }]);
		expect((await desk.openSale(sale!.row.id))?.answer).toMatchObject({ state: 'issued' });
		const shift = (await desk.glance()).shift!;
		expect((await desk.totals(shift.id)).sold).toEqual({
			...{ count: 3, amountMinor: 30_000, energyDeciKwh: 150 },
		});
	});

	it('is used first when just its meter and amount are asked for, online too', async () => {
		const desk = await withToken();
		const sales = bench.office.sales.length;
		const outcome = await sell(desk);
		expect(outcome).toMatchObject({ kind: 'issued', sale: { row: { promise: 'reserve' } } });
		expect(bench.office.sales).toHaveLength(sales);
		expect(await sell(desk)).toMatchObject({ sale: { row: { promise: 'token' } } });
	});

	it('is told of before, and sold where no more may wait: it was paid for beforehand', async () => {
		const desk = await withToken();
		const { count } = TERMS.queued!;
		await bench.goOffline(desk);
		for (let sold = 0; sold < count; sold += 1) await sell(desk, 1_000 + sold, OTHER_DRN);
		expect(await sell(desk, 5_000, OTHER_DRN)).toMatchObject({ because: 'offline-count-cap' });
		expect(await desk.sealedFor(DRN, 5_000)).toBeNull();
		const [token] = await desk.reserve();
		expect(await desk.sealedFor(DRN, 10_000)).toEqual({
			...{ vendId: token!.row.vendId, expiresAtMs: token!.row.expiresAtMs },
		});
		expect(await sell(desk)).toMatchObject({
			...{ kind: 'issued', sale: { row: { promise: 'reserve' } } },
		});
		expect(await desk.sealedFor(DRN, 10_000)).toBeNull();
	});

	it('whose token does not open sells nothing else for the same money', async () => {
		const desk = await withToken();
		const [token] = await desk.reserve();
		await bench.store.reserve.update(token!.row.vendId, { sealed: 'not.a.jwe.at.all' });
		const sales = await bench.store.sales.count();
		expect(await sell(desk)).toMatchObject({
			...{ kind: 'refused', code: 'sale-unreadable', sale: { row: { state: 'dead-letter' } } },
		});
		expect(await bench.store.sales.count()).toBe(sales + 1);
	});

	it('shows a token that was revealed when the page died before it was put to its sale', async () => {
		const desk = await withToken();
		await bench.goOffline(desk);
		const [token] = await desk.reserve();
		const { id } = (await reveal(desk, await wishFor(desk)))!.row;
		// As it was on the disk in between.
		await bench.store.sales.update(id, { answer: null, energyDeciKwh: null });
		await bench.store.reserve.put({ ...token!.row, state: 'revealed' });
		expect((await desk.openSale(id))?.answer).toMatchObject({ id: token!.row.vendId });
	});

	it('ends when its time is over: told, and nothing of it left', async () => {
		const desk = await withToken();
		const [token] = await desk.reserve();
		bench.clocks.pass(25 * HOUR);
		expect(await desk.reserve()).toEqual([]);
		expect(await desk.sealedFor(DRN, 10_000)).toBeNull();
		await soon(async () => {
			bench.timer.pass(60_000);
			expect(bench.office.entries.at(-1)).toMatchObject({
				kind: 'reserve-ended',
				content: { vendId: token!.row.vendId, because: 'expired' },
			});
		});
		expect(await bench.store.reserve.get(token!.row.vendId)).toMatchObject({
			...{ state: 'ended', sealed: '' },
		});
	});

	it('asks for the same tokens again when the answer was lost', async () => {
		const desk = await withRegular();
		const float = bench.office.floatMinor;
		bench.office.weather = 'answer-lost';
		expect(await desk.fillReserve()).toEqual({ made: 0, problem: null });
		bench.office.weather = 'fine';
		expect((await desk.fillReserve()).made).toBe(1);
		expect(bench.office.sealedVends.size).toBe(1);
		expect(bench.office.floatMinor).toBe(float - 10_000);
		expect(await desk.fillReserve()).toEqual({ made: 0, problem: null });
	});

	it('asks for the same token again that is made and was not handed out, and only for that', async () => {
		bench.office.terms = { ...TERMS, reserve: RESERVE };
		const desk = await bench.ready();
		for (const drn of [DRN, OTHER_DRN, DRN, OTHER_DRN]) await sell(desk, 10_000, drn);
		bench.office.withhold = (drn) => (drn === DRN ? 'security-module-unavailable' : undefined);
		expect(await desk.fillReserve()).toMatchObject({
			...{ made: 1, problem: { code: 'security-module-unavailable' } },
		});
		expect(await desk.signOut()).toEqual({ kind: 'tokens-held', count: 1 });
		bench.office.withhold = () => undefined;
		expect(await desk.fillReserve()).toEqual({ made: 1, problem: null });
		const [first, ...later] = bench.office.wishesAsked;
		const held = (await desk.reserve()).find(({ drn }) => drn === DRN);
		expect(first).toHaveLength(2);
		// Once by who wanted to leave, once by who stayed.
		expect(later).toEqual([[held?.row.vendId], [held?.row.vendId]]);
		expect(bench.office.sealedVends.size).toBe(2);
		expect(await desk.fillReserve()).toEqual({ made: 0, problem: null });
	});

	it('is no more asked for when it came to nothing', async () => {
		const desk = await withRegular();
		bench.office.withhold = () => 'vending-key-limit';
		await desk.fillReserve();
		expect(await desk.signOut()).toEqual({ kind: 'signed-out' });
		const again = await bench.ready();
		await sell(again);
		await sell(again);
		bench.office.withhold = () => undefined;
		expect((await again.fillReserve()).made).toBe(1);
		const [first, second] = bench.office.wishesAsked;
		expect(second).not.toEqual(first);
	});

	it('asks for the same tokens again when they were begun, and the next request was turned away', async () => {
		const desk = await withRegular();
		bench.office.weather = 'answer-lost';
		await desk.fillReserve();
		bench.office.weather = 'fine';
		bench.office.turnAway = 'too-many-requests';
		expect(await desk.fillReserve()).toMatchObject({ problem: { code: 'too-many-requests' } });
		bench.office.turnAway = undefined;
		expect((await desk.fillReserve()).made).toBe(1);
		expect(new Set(bench.office.wishesAsked.flat()).size).toBe(1);
		expect(bench.office.sealedVends.size).toBe(1);
	});

	it('plans anew when the very first request was turned away: nothing was begun', async () => {
		const desk = await withRegular();
		bench.office.turnAway = 'too-many-requests';
		await desk.fillReserve();
		bench.office.turnAway = undefined;
		await desk.fillReserve();
		expect(new Set(bench.office.wishesAsked.flat()).size).toBe(2);
		expect(bench.office.sealedVends.size).toBe(1);
	});

	it('leaves the float in sight as it is after them, and never higher than was known', async () => {
		bench.office.floatMinor = 60_000;
		const desk = await withToken();
		expect((await desk.glance()).availableMinor).toBe(30_000);
		expect(bench.office.floatMinor).toBe(30_000);
		await sell(desk, 5_000, OTHER_DRN);
		await sell(desk, 5_000, OTHER_DRN);
		bench.office.floatMinor = 90_000;
		expect((await desk.fillReserve()).made).toBe(1);
		expect((await desk.glance()).availableMinor).toBe(20_000);
		await desk.tryNow();
		expect((await desk.glance()).availableMinor).toBe(bench.office.floatMinor);
	});

	it('opens for nobody else, and counts all the same', async () => {
		const desk = await withToken();
		const [token] = await desk.reserve();
		const { operator, vault } = await bench.choose('baraka', OTHER_PIN);
		const theirs = await bench.openWith(operator, { vault });
		expect(await theirs.reserve()).toEqual([]);
		expect(await theirs.sealedFor(DRN, 10_000)).toBeNull();
		expect((await theirs.glance()).reserve).toEqual({ count: 1, sumMinor: 10_000 });
		expect((await bench.store.reserve.get(token!.row.vendId))?.state).toBe('sealed');
	});

	it('leaves the money of a token that does not open to the refund desk', async () => {
		const desk = await withToken();
		const [token] = await desk.reserve();
		const sealed = token!.row.sealed;
		const broken = `${sealed.slice(0, -4)}${sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
		await bench.store.reserve.update(token!.row.vendId, { sealed: broken });
		// The backend could seal it once more: until it is heard, the token is lost.
		await bench.goOffline(desk);
		expect(await reveal(desk, await wishFor(desk))).toBeUndefined();
		expect(await toRefund(desk)).toMatchObject([
			{ row: { state: 'dead-letter', code: 'sale-unreadable', amountMinor: 10_000 } },
		]);
	});

	it('keeps its operator from signing out while it is here, and nobody else', async () => {
		const desk = await withToken();
		const { operator, vault } = await bench.choose('baraka', OTHER_PIN);
		const theirs = await bench.openWith(operator, { vault });
		expect(await theirs.signOut()).toEqual({ kind: 'signed-out' });
		expect(await desk.signOut()).toEqual({ kind: 'tokens-held', count: 1 });
		expect(desk.vault.isOpen()).toBe(true);
		expect(bench.office.signedOut).toBe(1);
		await sell(desk);
		await desk.tryNow();
		expect(await desk.signOut()).toEqual({ kind: 'signed-out' });
	});

	it('is heard of before its operator signs out: it may be paid for', async () => {
		const desk = await withRegular();
		bench.office.weather = 'answer-lost';
		await desk.fillReserve();
		expect(await desk.signOut()).toEqual({ kind: 'tokens-asked' });
		bench.office.weather = 'fine';
		expect(await desk.signOut()).toEqual({ kind: 'tokens-held', count: 1 });
		expect(bench.office.sealedVends.size).toBe(1);
	});
});

describe('a sealed token whose meter has changed its key', () => {
	const NEXT_KEY = { sgc: '654321', krn: 2, ti: '01' };
	const MINUTE = 60_000;

	it('is not shown once the meter was looked up: it is sold as if it were not here', async () => {
		const desk = await withToken();
		const [token] = await desk.reserve();
		bench.clocks.pass(MINUTE);
		bench.office.key = NEXT_KEY;
		const wish = await wishFor(desk);
		expect(await desk.sealedFor(DRN, 10_000)).toBeNull();
		await bench.goOffline(desk);
		expect(await desk.sell(wish)).toMatchObject({ kind: 'provisional' });
		expect(await bench.store.reserve.get(token!.row.vendId)).toEqual(token!.row);
		expect(bench.office.reveals).toEqual([]);
	});

	it('is not shown once this till itself has sold under the other key', async () => {
		const desk = await withToken();
		const wish = await wishFor(desk, 20_000);
		bench.clocks.pass(MINUTE);
		bench.office.key = NEXT_KEY;
		expect(await desk.sell(wish)).toMatchObject({ kind: 'issued' });
		await bench.goOffline(desk);
		expect(await sell(desk)).toMatchObject({ kind: 'provisional' });
	});

	it('is shown where that is not known here', async () => {
		const desk = await withToken();
		bench.clocks.pass(MINUTE);
		bench.office.key = NEXT_KEY;
		await bench.goOffline(desk);
		expect(await sell(desk)).toMatchObject({
			kind: 'issued',
			sale: { row: { promise: 'reserve' } },
		});
	});

	it('is not meant by what was heard before the token was made', async () => {
		const desk = await withRegular();
		bench.clocks.pass(MINUTE);
		bench.office.key = NEXT_KEY;
		expect((await desk.fillReserve()).made).toBe(1);
		await bench.goOffline(desk);
		expect(await sell(desk)).toMatchObject({
			kind: 'issued',
			sale: { row: { promise: 'reserve' } },
		});
	});

	it('is not looked for where an earlier version kept the token: it is shown as it was then', async () => {
		const desk = await withToken();
		const { vendId } = (await desk.reserve())[0]!.row;
		const earlier = { drn: DRN, ownerMasked: null };
		const about = await new OperatorKeys(desk.vault).seal(tokenPlace(vendId), earlier);
		await bench.store.reserve.update(vendId, { about: about! });
		bench.clocks.pass(MINUTE);
		bench.office.key = NEXT_KEY;
		expect(await sell(desk)).toMatchObject({
			kind: 'issued',
			sale: { row: { promise: 'reserve' } },
		});
	});
});
