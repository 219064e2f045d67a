/** Free electricity stored at the tap: once, whatever taps it, and handed in under one id. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMeters, rememberMeter, waveOffFbe } from '#lib/browser/store/meters.ts';
import { absorbOutcome, readSales } from '#lib/browser/store/sales.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import { drainAsOnlyWriter, type DrainPorts } from '#lib/browser/sync/drain.ts';
import { wishFbe } from '#lib/browser/sync/wishes.ts';
import { isFbe } from '#lib/core/sync/fbe.ts';
import type { MeterConfirmation, VendAnswer } from '#lib/core/sync/wire.ts';
import { issued, problem } from '../../core/sync/sale.ts';

const DRN = '01234567895';
let store: TokenlineStore;
beforeEach(() => {
	store = new TokenlineStore(`test-${Math.random()}`);
});
afterEach(() => store.delete());

const wish = (month: string | null = null, drn = DRN) =>
	wishFbe(store, {
		...{ drn, confirmation: null, month, offline: true },
		currency: { code: 'KES', minorDigits: 2 },
	});

/** The token of a claim, given now. */
const given = (id: string, issuedAtMs = Date.now()): VendAnswer =>
	({
		...issued,
		id,
		receipt: { ...(issued.state === 'issued' && issued.receipt), issuedAtMs },
	}) as VendAnswer;

const hear = (id: string, answer: VendAnswer) =>
	absorbOutcome(store, id, { kind: 'vend', answer }, Date.now(), 0.5);

describe('a tap', () => {
	it('is stored before anything is sent, with no price and no payment', async () => {
		const id = await wish('2026-11');
		const [sale] = await readSales(store);
		expect(sale?.row).toMatchObject({
			id,
			request: { kind: 'fbe', drn: DRN },
			seen: { month: '2026-11', offline: true, waterfall: null },
		});
		expect(sale?.progress).toMatchObject({ state: 'queued', sent: false });
	});

	it('is one claim, however many tabs make it at once', async () => {
		const ids = await Promise.all(Array.from({ length: 8 }, () => wish()));
		expect(new Set(ids).size).toBe(1);
		expect(await readSales(store)).toHaveLength(1);
	});

	it('leads to the token of this month, and is a new claim in the next', async () => {
		const id = await wish();
		await hear(id, given(id));
		expect(await wish()).toBe(id);
		const other = new TokenlineStore(`test-${Math.random()}`);
		await store.delete();
		store = other;
		const old = await wish();
		await hear(old, given(old, Date.now() - 40 * 86_400_000));
		expect(await wish()).not.toBe(old);
	});

	it('is a new claim after a refusal, and for another meter', async () => {
		const id = await wish();
		expect(await wish(null, '00000000034')).not.toBe(id);
		await absorbOutcome(
			...([store, id, { kind: 'problem', problem: problem('fbe-phone-needed') }] as const),
			...([Date.now(), 0.5] as const),
		);
		expect(await wish()).not.toBe(id);
	});
});

describe('handing it in', () => {
	it('asks with the same id until there is an answer, and never for a payment', async () => {
		const calls: string[] = [];
		const answers: VendAnswer[] = [];
		let nowMs = Date.now();
		const ports: DrainPorts = {
			store,
			now: () => nowMs,
			chance: () => 0.5,
			api: {
				putVend: async (id, request) => {
					calls.push(`${id} ${isFbe(request) ? 'fbe' : 'credit'}`);
					const answer = answers.shift();
					return answer ? { kind: 'answer', answer } : { kind: 'unknown' };
				},
				putPayment: () => Promise.reject(new Error('there is nothing to pay')),
				askVend: () => Promise.reject(new Error('not asked after')),
			},
		};
		const id = await wish();
		nowMs = (await drainAsOnlyWriter(ports)) ?? 0;
		answers.push(given(id));
		expect(await drainAsOnlyWriter(ports)).toBeNull();
		expect(calls).toEqual([`${id} fbe`, `${id} fbe`]);
		expect((await readSales(store))[0]?.progress.state).toBe('issued');
	});
});

describe('a month that was waved off', () => {
	it('stays so when the meter is looked up again', async () => {
		const confirmation = { drn: DRN } as MeterConfirmation;
		await rememberMeter(store, confirmation, 1);
		await waveOffFbe(store, DRN, '2026-11');
		await rememberMeter(store, confirmation, 2);
		expect(await readMeters(store)).toMatchObject([{ fbeWavedOff: '2026-11', fetchedAtMs: 2 }]);
	});
});
