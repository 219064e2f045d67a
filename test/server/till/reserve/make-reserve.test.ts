/** Sealed tokens made beforehand: for whom, within which caps, from the float, and always the same octets. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReserveAnswer } from '#lib/core/sync/wire-till.ts';
import { REGULAR_WINDOW_MS } from '#lib/core/vending/reserve-plan.ts';
import { makeReserves } from '#lib/server/till/reserve/make-reserves.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';
import { whatIsWrong } from '../../harness/books.ts';
import { floatOf, sell } from '../../harness/counter.ts';
import { deeds, employ } from '../../harness/people.ts';
import {
	openReserveCounter,
	RESERVE_TERMS,
	ReserveDevice,
	setReserveTerms,
} from '../../harness/reserve.ts';
import {
	COTTAGE,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	STEPS,
	WORKSHOP,
	type Shop,
} from '../../harness/shop.ts';

let shop: Shop;
let device: ReserveDevice;
beforeEach(async () => {
	shop = await openShop();
	device = await openReserveCounter(shop.backend);
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const wish = (drn: string, denominationMinor = 10_000, id = newId()) => ({
	...{ id, drn, denominationMinor },
});
const codes = ({ wishes }: ReserveAnswer) =>
	wishes.map((each) => (each.made ? 'made' : each.problem.code));
const vendOf = async (id: string) =>
	await shop.backend.database
		.selectFrom('vend')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirst();
const reserves = async () =>
	await shop.backend.database.selectFrom('reserve').selectAll().execute();

describe('a sealed token', () => {
	it('is a vend from the float in no shift, and opens on its device only', async () => {
		const before = await floatOf(shop.backend, device.counter);
		const [asked, id] = [wish(WORKSHOP, 20_000), newId()];
		const answer = await device.wish([{ ...asked, id }]);
		expect(answer.availableMinor).toBe(before - 20_000);
		expect(await floatOf(shop.backend, device.counter)).toBe(before - 20_000);
		const [made] = answer.wishes;
		if (made?.made !== true) throw new Error('not made');
		const expiresAtMs = shop.clock.ms + RESERVE_TERMS.lifeMs;
		expect(made).toMatchObject({ id, denominationMinor: 20_000, expiresAtMs });
		const opened = await device.key.open(made.sealed);
		expect(opened).toMatchObject({
			...{ drn: WORKSHOP, denominationMinor: 20_000, expiresAtMs },
			vend: { id, state: 'issued', receipt: { operator: 'Wanjiru', terminal: 'T-101' } },
		});
		expect(await vendOf(id)).toMatchObject({
			...{ kind: 'credit', funding: 'float', state: 'issued', shift_batch_id: null },
			...{ notify_phone: null, released_at_ms: shop.clock.ms },
		});
		const other = new ReserveDevice(shop.backend, device.counter);
		await expect(other.key.open(made.sealed)).rejects.toThrow();
		expect(await deeds(shop.backend)).toContain('reserve-made');
	});

	it('is for the operator who asks, whose cookie ever is in the browser', async () => {
		const { caller, operatorId } = device.counter;
		const colleague = await employ(shop.backend, { roles: ['agent'], vendorId: caller.vendorId });
		const { operatorId: other } = colleague;
		const both = { ...caller, roles: ['terminal', 'agent'] as const, operatorId: other };
		const asked = { wishes: [wish(WORKSHOP)], operatorId };
		const answer = mustBeTaken(await makeReserves(shop.backend, both, asked, () => 0));
		expect(codes(answer)).toEqual(['made']);
		expect(await vendOf(asked.wishes[0]!.id)).toMatchObject({ operator_id: operatorId });
	});

	it('cannot be taken back: its device may have been opened', async () => {
		const { id } = await device.take();
		expect(await reverseVend(shop.backend, device.counter.caller, id)).toEqual({
			refusal: 'token-released',
		});
	});

	it('is the same octets when its answer was lost, also when the terms are switched off since', async () => {
		const asked = [wish(KITCHEN), wish(WORKSHOP)];
		const first = await device.wish(asked);
		const float = await floatOf(shop.backend, device.counter);
		shop.clock.ms += 3_600_000;
		await setReserveTerms(shop.backend, device.counter, null);
		expect((await device.wish(asked)).wishes).toEqual(first.wishes);
		expect(await floatOf(shop.backend, device.counter)).toBe(float);
		expect(codes(await device.wish([wish(STEPS)]))).toEqual(['reserve-not-allowed']);
	});

	it('is one however often it is asked for at once', async () => {
		const asked = [wish(KITCHEN)];
		const answers = await Promise.all(Array.from({ length: 8 }, () => device.wish(asked)));
		const sealed = answers.flatMap(({ wishes }) =>
			wishes.map((each) => (each.made ? each.sealed : 'none')),
		);
		// Whoever came while it was made asks again.
		const last = (await device.wish(asked)).wishes[0];
		const final = last?.made === true ? last.sealed : '';
		expect(new Set(sealed.filter((each) => each !== 'none'))).toEqual(new Set([final]));
		expect(await reserves()).toHaveLength(1);
	});

	it('is refused to its id with other contents, to another device, and to a sale', async () => {
		const id = newId();
		await device.wish([wish(KITCHEN, 10_000, id)]);
		expect(codes(await device.wish([wish(KITCHEN, 20_000, id)]))).toEqual(['id-reused']);
		expect(codes(await device.wish([wish(WORKSHOP, 10_000, id)]))).toEqual(['id-reused']);
		expect(codes(await device.wish([wish('rubbish', 10_000, id)]))).toEqual(['id-reused']);
		const next = new ReserveDevice(shop.backend, device.counter);
		await next.enrol();
		expect(codes(await next.wish([wish(KITCHEN, 10_000, id)]))).toEqual(['id-reused']);
		const sale = await sell(shop.backend, device.counter, KITCHEN, 10_000);
		expect(codes(await next.wish([wish(KITCHEN, 10_000, sale.id)]))).toEqual(['id-reused']);
	});
});

describe('what came in between', () => {
	it('a security module that does not answer: asked again, the token is made and sealed', async () => {
		shop.module.behaviour = 'hangs';
		const asked = [wish(KITCHEN)];
		expect(codes(await device.wish(asked))).toEqual(['security-module-unavailable']);
		expect(codes(await device.wish(asked))).toEqual(['security-module-unavailable']);
		// Held, and counted, though nobody has it yet.
		expect(await reserves()).toHaveLength(1);
		shop.module.behaviour = 'answers';
		expect(codes(await device.wish(asked))).toEqual(['made']);
	});

	it('recovery makes it and releases nothing; the next question seals it', async () => {
		shop.module.behaviour = 'hangs';
		const asked = wish(KITCHEN);
		await device.wish([asked]);
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		expect(await vendOf(asked.id)).toMatchObject({ state: 'issued', released_at_ms: null });
		expect(codes(await device.wish([asked]))).toEqual(['made']);
		expect(await vendOf(asked.id)).toMatchObject({ released_at_ms: shop.clock.ms });
	});

	it('a reversal before it was sealed: nothing leaves, and the caps are free again', async () => {
		await setReserveTerms(shop.backend, device.counter, { ...RESERVE_TERMS, count: 1 });
		shop.module.behaviour = 'hangs';
		const asked = wish(KITCHEN);
		await device.wish([asked]);
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		expect(codes(await device.wish([wish(WORKSHOP)]))).toEqual(['reserve-count-cap']);
		await reverseVend(shop.backend, device.counter.caller, asked.id);
		expect(codes(await device.wish([asked, wish(WORKSHOP)]))).toEqual(['vend-reversed', 'made']);
	});

	it('a key that changes before it was sealed: nothing leaves that the meter does not take', async () => {
		shop.module.behaviour = 'hangs';
		const asked = wish(KITCHEN);
		await device.wish([asked]);
		shop.module.behaviour = 'answers';
		await recover(shop.backend, 0);
		const { database } = shop.backend;
		await database.updateTable('meter').set({ next_ti: '05' }).where('drn', '=', KITCHEN).execute();
		await sell(shop.backend, device.counter, KITCHEN, 20_000);
		expect(codes(await device.wish([asked]))).toEqual(['reserve-meter']);
		expect(await vendOf(asked.id)).toMatchObject({ state: 'issued', released_at_ms: null });
	});

	it('a module that says no: the float has it back, and the caps are free', async () => {
		const float = await floatOf(shop.backend, device.counter);
		shop.module.behaviour = 'vending-key-limit';
		const asked = wish(KITCHEN);
		expect(codes(await device.wish([asked]))).toEqual(['vending-key-limit']);
		shop.module.behaviour = 'answers';
		expect(codes(await device.wish([asked]))).toEqual(['vending-key-limit']);
		expect(await floatOf(shop.backend, device.counter)).toBe(float);
	});

	it('a float that ends in the middle of the list: each wish has its own answer', async () => {
		const { database } = shop.backend;
		await database
			.updateTable('vendor')
			.set({ credit_limit_minor: 30_000 - (await floatOf(shop.backend, device.counter)) })
			.where('id', '=', device.counter.caller.vendorId)
			.execute();
		const asked = [wish(KITCHEN, 20_000), wish(WORKSHOP, 20_000), wish(STEPS, 10_000)];
		const answer = await device.wish(asked);
		expect(codes(answer)).toEqual(['made', 'float-exhausted', 'made']);
		expect(answer.availableMinor).toBe(0);
		// Nothing is left of the one that was refused.
		expect(await reserves()).toHaveLength(2);
	});
});

describe('no sealed token', () => {
	it('without the office’s word', async () => {
		await setReserveTerms(shop.backend, device.counter, null);
		expect(codes(await device.wish([wish(KITCHEN)]))).toEqual(['reserve-not-allowed']);
		await shop.backend.database.deleteFrom('offline_terms').execute();
		expect(codes(await device.wish([wish(KITCHEN)]))).toEqual(['reserve-not-allowed']);
	});

	it('of an amount that is not listed, or for a meter number that is none', async () => {
		expect(codes(await device.wish([wish(KITCHEN, 10_001), wish('12')]))).toEqual([
			...['reserve-denomination', 'meter-number-length'],
		]);
	});

	it('for a meter that this vendor does not often sell to, known or not', async () => {
		const { backend } = shop;
		await sell(backend, device.counter, COTTAGE, 20_000);
		const unknown = '04111111110';
		expect(codes(await device.wish([wish(COTTAGE), wish(unknown)]))).toEqual([
			...['reserve-meter', 'reserve-meter'],
		]);
		shop.clock.ms += REGULAR_WINDOW_MS;
		expect(codes(await device.wish([wish(KITCHEN)]))).toEqual(['reserve-meter']);
		await sell(backend, device.counter, KITCHEN, 20_000);
		expect(codes(await device.wish([wish(KITCHEN)]))).toEqual(['reserve-meter']);
		await sell(backend, device.counter, KITCHEN, 20_000);
		expect(codes(await device.wish([wish(KITCHEN)]))).toEqual(['made']);
	});

	it('for a meter that had sealed tokens only: they are no sales', async () => {
		const day = 24 * 3_600_000;
		shop.clock.ms += REGULAR_WINDOW_MS - day;
		await device.take();
		await device.take();
		shop.clock.ms += day;
		await sell(shop.backend, device.counter, KITCHEN, 20_000);
		expect(codes(await device.wish([wish(KITCHEN)]))).toEqual(['reserve-meter']);
	});

	it('for a meter whose key changes first: the set would wait on the device', async () => {
		await shop.backend.database
			.updateTable('meter')
			.set({ next_ti: '05' })
			.where('drn', '=', KITCHEN)
			.execute();
		expect(codes(await device.wish([wish(KITCHEN), wish(WORKSHOP)]))).toEqual([
			...['reserve-meter', 'made'],
		]);
	});

	it('above the count or the sum of what the device has out', async () => {
		await setReserveTerms(shop.backend, device.counter, { ...RESERVE_TERMS, count: 3 });
		const asked = [KITCHEN, WORKSHOP, STEPS, KITCHEN].map((drn) => wish(drn));
		expect(codes(await device.wish(asked))).toEqual(['made', 'made', 'made', 'reserve-count-cap']);
		await setReserveTerms(shop.backend, device.counter, { ...RESERVE_TERMS, sumMinor: 45_000 });
		expect(codes(await device.wish([wish(KITCHEN, 20_000), wish(KITCHEN, 10_000)]))).toEqual([
			...['reserve-sum-cap', 'made'],
		]);
	});

	it('above them by asking in many requests at once', async () => {
		await setReserveTerms(shop.backend, device.counter, { ...RESERVE_TERMS, count: 2 });
		const drns = [KITCHEN, WORKSHOP, STEPS];
		const asked = Array.from({ length: 12 }, (_, at) => wish(drns[at % 3]!));
		const answers = await Promise.all(asked.map((each) => device.wish([each])));
		expect(answers.flatMap(codes).filter((code) => code === 'made')).toHaveLength(2);
		expect(await reserves()).toHaveLength(2);
	});

	it('for a device that keeps no journal, or whose journal contradicts itself', async () => {
		const { counter } = device;
		const ask = () =>
			makeReserves(
				shop.backend,
				counter.caller,
				{ wishes: [wish(KITCHEN)], operatorId: counter.operatorId },
				() => 0,
			);
		const set = async (change: object) =>
			await shop.backend.database
				.updateTable('terminal')
				.set(change)
				.where('id', '=', counter.caller.terminalId)
				.execute();
		await set({ journal_state: 'suspended' });
		expect(await ask()).toEqual({ refusal: 'journal-suspended' });
		await set({ device_id: null, sealing_key: null, journal_state: null });
		expect(await ask()).toEqual({ refusal: 'reserve-not-allowed' });
	});

	it('by somebody who is not the vendor’s, or while the vendor is suspended', async () => {
		const stranger = await device.wish([wish(KITCHEN)], newId());
		expect(codes(stranger)).toEqual(['not-allowed']);
		await shop.backend.database
			.updateTable('vendor')
			.set({ state: 'suspended' })
			.where('id', '=', device.counter.caller.vendorId)
			.execute();
		expect(codes(await device.wish([wish(KITCHEN)]))).toEqual(['vendor-suspended']);
	});

	it('is begun when the till would give up before its answer', async () => {
		const { caller, operatorId } = device.counter;
		const times = [0, 12_000, 0];
		const asked = { wishes: [wish(KITCHEN), wish(WORKSHOP)], operatorId };
		const answer = await makeReserves(shop.backend, caller, asked, () => times.shift() ?? 0);
		expect('refusal' in answer ? [] : codes(answer)).toEqual(['made', 'batch-not-reached']);
	});
});
