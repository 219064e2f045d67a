import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '#lib/server/access/caller.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { readLastVend } from '#lib/server/vend/last-vend.ts';
import { reprintVend } from '#lib/server/vend/reprint.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { whatIsWrong } from '../harness/books.ts';
import { openCounter, sell, type Counter } from '../harness/counter.ts';
import { deeds } from '../harness/people.ts';
import {
	buy,
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
let counter: Counter;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend);
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const clerk: Caller = { ...GUEST, roles: ['office-clerk'], operatorId: newId() };
const reprint = (caller: Caller, vendId: string, id = newId()) =>
	reprintVend(shop.backend, caller, vendId, { id });
const copyOf = async (answer: ReturnType<typeof reprint>) => {
	const taken = mustBeTaken(await answer);
	return taken.state === 'issued' ? taken.receipt.reprint?.copy : undefined;
};

describe('a reprint', () => {
	it('is the same answer, marked as a copy', async () => {
		const { id, answer } = await sell(shop.backend, counter, KITCHEN, 50_000);
		if (answer.state !== 'issued') throw new Error(answer.state);
		shop.clock.ms += 60_000;
		expect(mustBeTaken(await reprint(counter.caller, id))).toEqual({
			...answer,
			receipt: { ...answer.receipt, reprint: { copy: 1, atMs: shop.clock.ms } },
		});
		expect(await copyOf(reprint(counter.caller, id))).toBe(2);
		expect(shop.module.orders).toHaveLength(1);
		expect(await deeds(shop.backend)).toEqual(['vend-issued', 'vend-reprinted', 'vend-reprinted']);
	});

	it('asked for again under its id is the same copy', async () => {
		const { id } = await sell(shop.backend, counter, KITCHEN, 50_000);
		const copy = newId();
		const first = await reprint(counter.caller, id, copy);
		shop.clock.ms += 60_000;
		expect(await reprint(counter.caller, id, copy)).toEqual(first);
		const other = await sell(shop.backend, counter, WORKSHOP, 50_000);
		expect(await reprint(counter.caller, other.id, copy)).toEqual({ refusal: 'id-reused' });
	});

	it('is for the vendor’s own and for the office', async () => {
		const { id } = await sell(shop.backend, counter, KITCHEN, 50_000);
		const web = await buy(shop.backend, WORKSHOP, 50_000);
		const rival = await openCounter(shop.backend, { vendorId: 'rival', terminalId: 'T-201' });
		const elsewhere = { ...clerk, utilityId: 'elsewhere' };
		for (const [caller, vendId] of [
			[rival.caller, id],
			[counter.caller, web.id],
			[elsewhere, id],
			[clerk, newId()],
		] as const)
			expect(await reprint(caller, vendId)).toEqual({ refusal: 'not-found' });
		expect(await copyOf(reprint(clerk, id))).toBe(1);
		expect(await copyOf(reprint(clerk, web.id))).toBe(1);
	});

	it('of what has no token is refused', async () => {
		shop.module.behaviour = 'hangs';
		const { id } = await sell(shop.backend, counter, KITCHEN, 50_000);
		expect(await reprint(counter.caller, id)).toEqual({ refusal: 'vend-not-issued' });
	});

	it('releases what was held back, and never what was reversed', async () => {
		shop.module.behaviour = 'hangs';
		const kept = await sell(shop.backend, counter, KITCHEN, 50_000);
		const undone = await sell(shop.backend, counter, WORKSHOP, 50_000);
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		const reverse = (id: string) => reverseVend(shop.backend, counter.caller, id);
		mustBeTaken(await reverse(undone.id));
		expect(await copyOf(reprint(counter.caller, kept.id))).toBe(1);
		expect(await reprint(counter.caller, undone.id)).toEqual({ refusal: 'vend-not-issued' });
		expect(isRefusal(await reverse(kept.id))).toBe(true);
	});
});

describe('last response advice', () => {
	const last = async (caller: Caller = counter.caller) => {
		const taken = await readLastVend(shop.backend, caller);
		return isRefusal(taken) ? taken : (JSON.parse(taken.body) as VendAnswer);
	};

	it('is the till’s latest vend, byte for byte, final or not', async () => {
		await sell(shop.backend, counter, KITCHEN, 50_000);
		shop.clock.ms += 1_000;
		const second = await sell(shop.backend, counter, WORKSHOP, 60_000);
		expect(await last()).toEqual(second.answer);
		shop.module.behaviour = 'hangs';
		shop.clock.ms += 1_000;
		const third = await sell(shop.backend, counter, KITCHEN, 70_000);
		expect(await last()).toEqual({ id: third.id, state: 'issuing', paymentId: null });
	});

	it('is nobody else’s, and says when there is none', async () => {
		await sell(shop.backend, counter, KITCHEN, 50_000);
		const rival = await openCounter(shop.backend, { vendorId: 'rival', terminalId: 'T-201' });
		expect(await last(rival.caller)).toEqual({ refusal: 'no-last-response' });
		expect(await last(clerk)).toEqual({ refusal: 'no-last-response' });
	});
});
