/** What the office lets a vendor's tills do: who sets it, what cannot be set, and what holds when nobody did. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_OFFLINE_TERMS, type OfflineTerms } from '#lib/core/vending/offline-terms.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import {
	offlineTermsOf,
	putOfflineTerms,
	readOfflineTerms,
} from '#lib/server/till/offline-terms.ts';
import { openCounter } from '../harness/counter.ts';
import { deeds, employ } from '../harness/people.ts';
import { openShop, type Shop } from '../harness/shop.ts';

let shop: Shop;
let office: Caller & { operatorId: string };
beforeEach(async () => {
	shop = await openShop();
	await openCounter(shop.backend);
	office = await employ(shop.backend, { roles: ['office-manager'] });
});
afterEach(async () => {
	await shop.dispose();
});

const VENDOR = 'corner-shop';
const HOUR_MS = 3_600_000;
const TERMS: OfflineTerms = {
	queued: { perSaleMinor: 200_000, sumMinor: 4_000_000, count: 200, ageMs: 72 * HOUR_MS },
	unkept: { perSaleMinor: 50_000, sumMinor: 100_000, count: 3, ageMs: 12 * HOUR_MS },
	reserve: {
		...{ denominationsMinor: [10_000, 20_000], sumMinor: 500_000, count: 10 },
		lifeMs: 48 * HOUR_MS,
	},
};
const put = (terms: OfflineTerms, caller = office, vendor = VENDOR) =>
	putOfflineTerms(shop.backend, caller, vendor, terms);

describe('offline terms', () => {
	it('allow nothing until the office says something', async () => {
		expect(await readOfflineTerms(shop.backend, office, VENDOR)).toEqual({
			...{ vendorId: VENDOR, terms: DEFAULT_OFFLINE_TERMS, setAtMs: null, setBy: null },
		});
		expect(await offlineTermsOf(shop.backend.database, VENDOR)).toEqual(DEFAULT_OFFLINE_TERMS);
	});

	it('are set, set anew and read, each change a deed and a repetition none', async () => {
		const set = await put(TERMS);
		expect(set).toEqual({
			...{ vendorId: VENDOR, terms: TERMS, setAtMs: shop.clock.ms },
			...{ setBy: `operator:${office.operatorId}`, setByName: 'The office-manager' },
		});
		shop.clock.ms += HOUR_MS;
		expect(await put(TERMS)).toEqual(set);
		const less = { ...TERMS, reserve: null };
		expect(await put(less)).toMatchObject({ terms: less, setAtMs: shop.clock.ms });
		expect(await readOfflineTerms(shop.backend, office, VENDOR)).toMatchObject({ terms: less });
		expect(await offlineTermsOf(shop.backend.database, VENDOR)).toEqual(less);
		expect(await deeds(shop.backend)).toEqual(['offline-terms-set', 'offline-terms-set']);
	});

	it('that contradict each other are named and not stored', async () => {
		const bad = { ...TERMS, unkept: { ...TERMS.unkept, count: 201 } };
		expect(await put(bad)).toEqual({
			refusal: 'body-shape',
			errors: [{ pointer: '/unkept/count', detail: 'expected at most that of queued, 200' }],
		});
		expect(await offlineTermsOf(shop.backend.database, VENDOR)).toEqual(DEFAULT_OFFLINE_TERMS);
	});

	it('of a vendor that is not there, or is another utility’s, are not found', async () => {
		const elsewhere = { ...office, utilityId: 'elsewhere' };
		expect(await put(TERMS, office, 'nobody')).toEqual({ refusal: 'not-found' });
		expect(await put(TERMS, elsewhere)).toEqual({ refusal: 'not-found' });
		expect(await readOfflineTerms(shop.backend, elsewhere, VENDOR)).toEqual({
			refusal: 'not-found',
		});
	});
});
