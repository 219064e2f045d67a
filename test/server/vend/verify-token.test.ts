import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '#lib/server/access/caller.ts';
import { verifyToken } from '#lib/server/vend/verify-token.ts';
import { openCounter, sell } from '../harness/counter.ts';
import {
	buy,
	digitsOf,
	GUEST,
	KITCHEN,
	newId,
	openShop,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
beforeEach(async () => {
	shop = await openShop();
});
afterEach(() => shop.dispose());

const clerk: Caller = { ...GUEST, roles: ['office-clerk'], operatorId: newId() };
const verify = (drn: string, digits: string, caller = clerk) =>
	verifyToken(shop.backend, caller, { drn, digits });

describe('a token', () => {
	it('of ours is read, and found', async () => {
		const { id, answer } = await buy(shop.backend, KITCHEN, 50_000);
		const digits = digitsOf(answer);
		const minuteMs = shop.clock.ms - (shop.clock.ms % 60_000);
		const read = {
			drn: KITCHEN,
			tokenClass: 0,
			subclass: 0,
			amount: 200,
			atMs: minuteMs,
			ours: { kind: 'credit', madeAtMs: shop.clock.ms, vendId: id },
		};
		expect(await verify(KITCHEN, digits)).toEqual(read);
		expect(await verify(KITCHEN, digits.replace(/(\d{4})/g, '$1 '))).toEqual(read);
	});

	it('of another vendor’s is ours, and its vend is not named', async () => {
		const counter = await openCounter(shop.backend);
		const rival = await openCounter(shop.backend, { vendorId: 'rival', terminalId: 'T-201' });
		const { id, answer } = await sell(shop.backend, counter, KITCHEN, 50_000);
		const seen = (caller: Caller) => verify(KITCHEN, digitsOf(answer), caller);
		expect(await seen(rival.caller)).toMatchObject({ ours: { kind: 'credit', vendId: null } });
		expect(await seen(counter.caller)).toMatchObject({ ours: { vendId: id } });
	});

	it('of another meter cannot be read', async () => {
		const { answer } = await buy(shop.backend, KITCHEN, 50_000);
		expect(await verify(WORKSHOP, digitsOf(answer))).toEqual({ refusal: 'token-unreadable' });
	});

	it.each(['', '1234', 'x'.repeat(20), '9'.repeat(20)])('cannot be %j', async (digits) => {
		expect(await verify(KITCHEN, digits)).toEqual({ refusal: 'token-unreadable' });
	});

	it('for a meter that is not ours is refused', async () => {
		expect(await verify('00000000019', '1'.repeat(20))).toEqual({ refusal: 'meter-check-digit' });
		expect(await verify('01450638802', '1'.repeat(20))).toEqual({ refusal: 'meter-unknown' });
	});

	it('that was made before the meter’s tariff index changed is still known', async () => {
		const { id, answer } = await buy(shop.backend, KITCHEN, 50_000);
		await shop.backend.database
			.updateTable('meter')
			.set({ ti: '09' })
			.where('drn', '=', KITCHEN)
			.execute();
		expect(await verify(KITCHEN, digitsOf(answer))).toMatchObject({
			tokenClass: null,
			amount: 200,
			ours: { vendId: id },
		});
	});
});
