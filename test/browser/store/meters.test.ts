import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetMeter, nameMeter, readMeters, rememberMeter } from '#lib/browser/store/meters.ts';
import { storeSale } from '#lib/browser/store/sales.ts';
import { TokenlineStore } from '#lib/browser/store/store.ts';
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import { row } from '../../core/sync/sale.ts';

const [HOME, SHOP] = ['01234567897', '12345678903'];
let store: TokenlineStore;
const remember = (drn: string, atMs: number) =>
	rememberMeter(store, { drn } as MeterConfirmation, atMs);
const names = async () => (await readMeters(store)).map(({ drn, nickname }) => [drn, nickname]);

beforeEach(async () => {
	store = new TokenlineStore(`test-${Math.random()}`);
	await remember(HOME, 1_000);
	await remember(SHOP, 2_000);
});
afterEach(() => store.delete());

describe('a meter of this device', () => {
	it('is named, and keeps its name when it is looked up again', async () => {
		expect(await nameMeter(store, HOME, '  Mother ')).toBeUndefined();
		await remember(HOME, 3_000);
		expect(await names()).toEqual([
			[HOME, 'Mother'],
			[SHOP, null],
		]);
	});

	it('loses its name with an empty one', async () => {
		await nameMeter(store, HOME, 'Mother');
		expect(await nameMeter(store, HOME, ' ')).toBeUndefined();
		expect((await store.meters.get(HOME))?.nickname).toBeNull();
	});

	it('is not named as another one, nor as anything that is no name', async () => {
		await nameMeter(store, HOME, 'Mother');
		expect(await nameMeter(store, SHOP, 'MOTHER')).toBe('taken');
		expect(await nameMeter(store, HOME, 'Mother')).toBeUndefined();
		expect(await nameMeter(store, SHOP, 'x'.repeat(30))).toBe('too-long');
		expect((await store.meters.get(SHOP))?.nickname).toBeNull();
	});

	it('is named by one of two tabs that give the same name', async () => {
		const outcomes = await Promise.all([HOME, SHOP].map((drn) => nameMeter(store, drn, 'Mother')));
		expect(outcomes.filter((refusal) => refusal === 'taken')).toHaveLength(1);
	});

	it('is forgotten, and its purchases are not', async () => {
		await storeSale(store, row());
		await forgetMeter(store, HOME);
		expect(await names()).toEqual([[SHOP, null]]);
		expect(await store.outbox.count()).toBe(1);
		// It may have been forgotten in another tab.
		expect(await nameMeter(store, HOME, 'Mother')).toBeUndefined();
		expect(await names()).toEqual([[SHOP, null]]);
	});
});
