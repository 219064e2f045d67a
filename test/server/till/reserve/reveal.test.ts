/** Sealed tokens that are revealed, or end: counted where they were sold, once, and the office hears of the rest. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '#lib/server/access/caller.ts';
import { closeBatch } from '#lib/server/batch/close-batch.ts';
import { readBatch } from '#lib/server/batch/batch-answer.ts';
import { closeDay } from '#lib/server/close/close-day.ts';
import { sendMessages } from '#lib/server/message/send-messages.ts';
import { decideReveal } from '#lib/server/till/reserve/decide-reveal.ts';
import { whatIsWrong } from '../../harness/books.ts';
import { sell } from '../../harness/counter.ts';
import { deeds, employ } from '../../harness/people.ts';
import {
	HOUR_MS,
	makeSealingKey,
	openReserveCounter,
	RESERVE_TERMS,
	ReserveDevice,
	setReserveTerms,
} from '../../harness/reserve.ts';
import { AtTheMeter } from '../../harness/at-the-meter.ts';
import { buy, KITCHEN, mustBeTaken, newId, openShop, STEPS, WORKSHOP } from '../../harness/shop.ts';
import type { Shop } from '../../harness/shop.ts';

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

const ended = async () =>
	await shop.backend.database.selectFrom('reserve_end').selectAll().orderBy('at_ms').execute();
const batch = async (id = device.counter.shiftId) =>
	mustBeTaken(await readBatch(shop.backend, device.counter.caller, id));
const planGroup = async (drn: string, sgc: string) =>
	await shop.backend.database
		.updateTable('meter')
		.set({ next_sgc: sgc })
		.where('drn', '=', drn)
		.execute();
const issued = { state: 'issued', code: null, sealed: null };
const refused = (code: string) => ({ state: 'refused', code, sealed: null });
const broken = (breach: string) => ({ alarm: { kind: 'reserve-broken', facts: { breach } } });
const mobile = { tender: { method: 'mobile-money', tenderedMinor: 10_000 } } as const;

describe('a reveal', () => {
	it('is a sale of the shift that it names, by who stood there and how it was paid for', async () => {
		const before = await batch();
		const [one, other] = [await device.take(), await device.take(newId(), WORKSHOP)];
		expect((await batch()).totals).toEqual(before.totals);
		const colleague = newId();
		expect(await device.reveal(one.id)).toEqual(issued);
		expect(await device.reveal(other.id, { sale: mobile, operatorId: colleague })).toEqual(issued);
		const { totals } = await batch();
		const { sold } = before.totals;
		expect(totals.sold).toMatchObject({
			count: sold.count + 2,
			amountMinor: sold.amountMinor + 20_000,
		});
		const carried = [one, other].map(({ vend }) =>
			vend.state === 'issued' ? vend.tokens[0]!.energyDeciKwh : 0,
		);
		expect(totals.sold.energyDeciKwh).toBe(sold.energyDeciKwh + carried[0]! + carried[1]!);
		expect(totals.byPayType).toEqual([
			{ payType: 'cash', count: sold.count + 1, amountMinor: sold.amountMinor + 10_000 },
			{ payType: 'mobile-money', count: 1, amountMinor: 10_000 },
		]);
		expect(totals.byOperator.find(({ operatorId }) => operatorId === colleague)).toMatchObject({
			...{ count: 1, amountMinor: 10_000 },
		});
		expect(await ended()).toMatchObject([
			{ vend_id: one.id, state: 'revealed', shift_batch_id: device.counter.shiftId },
			{ vend_id: other.id, state: 'revealed', operator_id: colleague },
		]);
		expect(await deeds(shop.backend)).toContain('reserve-revealed');
	});

	it('counts in the cash of the shift that closes, and in no other', async () => {
		const { id } = await device.take();
		await device.reveal(id);
		const closing = { cash: [{ denominationMinor: 10_000, count: 13 }], others: [] };
		const closed = mustBeTaken(
			await closeBatch(shop.backend, device.counter.caller, device.counter.shiftId, {
				...{ ...closing, reference: null },
			}),
		);
		// Six sales of 200.00, and the one revealed.
		expect(closed.totals.byPayType).toEqual([{ payType: 'cash', count: 7, amountMinor: 130_000 }]);
		expect(
			closed.counted?.differences.filter(({ differenceMinor }) => differenceMinor !== 0),
		).toEqual([]);
	});

	it('is carried out once, however often its entry comes', async () => {
		const { id } = await device.take();
		const entry = { id: newId() };
		expect(await device.reveal(id, entry)).toEqual(issued);
		shop.clock.ms += HOUR_MS;
		expect(await device.reveal(id, entry)).toEqual(issued);
		expect(await ended()).toHaveLength(1);
		expect((await batch()).totals.sold.count).toBe(7);
	});

	it('stands against another one of the same token', async () => {
		const { id } = await device.take();
		const [first, second] = await Promise.all([device.reveal(id), device.reveal(id)]);
		const outcomes = [first, second].map(({ state }) => state).sort();
		expect(outcomes).toEqual(['issued', 'refused']);
		expect(await device.reveal(id)).toMatchObject({
			...refused('reserve-ended'),
			...broken('revealed-twice'),
		});
		expect(await ended()).toHaveLength(1);
	});

	it('is of its own device’s tokens only', async () => {
		const { id } = await device.take();
		const next = new ReserveDevice(shop.backend, device.counter);
		await next.enrol();
		expect(await next.reveal(id)).toEqual(refused('reserve-unknown'));
		expect(await device.reveal(newId())).toEqual(refused('reserve-unknown'));
		const sale = await sell(shop.backend, device.counter, KITCHEN, 10_000);
		expect(await device.reveal(sale.id)).toEqual(refused('reserve-unknown'));
		// The old device's journal still arrives.
		expect(await device.reveal(id)).toEqual(issued);
	});

	it('is not of a token that never left', async () => {
		shop.module.behaviour = 'hangs';
		const id = newId();
		await device.wish([{ id, drn: KITCHEN, denominationMinor: 10_000 }]);
		shop.module.behaviour = 'answers';
		expect(await device.reveal(id)).toEqual(refused('reserve-unknown'));
	});

	it('happened, also when its token had run out: the office is told', async () => {
		const { id, expiresAtMs } = await device.take();
		shop.clock.ms += RESERVE_TERMS.lifeMs;
		expect(await device.reveal(id)).toEqual(issued);
		const other = await device.take(newId(), WORKSHOP);
		shop.clock.ms = other.expiresAtMs + 1;
		expect(await device.reveal(other.id)).toMatchObject({ ...issued, ...broken('run-out') });
		expect(expiresAtMs).toBeLessThan(shop.clock.ms);
		expect((await batch()).totals.sold.count).toBe(8);
	});

	it('is told to the office when its meter is on another key, because the meter does not take it', async () => {
		const meter = await AtTheMeter.find(shop.backend, KITCHEN);
		const { id, vend } = await device.take();
		const other = await device.take();
		shop.clock.ms += HOUR_MS;
		const beforeMs = shop.clock.ms;
		shop.clock.ms += HOUR_MS;
		await planGroup(KITCHEN, '999002');
		expect(meter.enter((await buy(shop.backend, KITCHEN, 50_000)).answer)).not.toContain(
			'CRCError',
		);
		expect(await device.reveal(id)).toMatchObject({
			...{ ...issued, alarm: { kind: 'reserve-broken', facts: { vend: id } } },
			...broken('key-changed'),
		});
		expect(meter.enter(vend)).toEqual(['CRCError']);
		expect((await batch()).totals.sold.count).toBe(7);
		// Shown while the meter still took it, and handed in late: nobody's mistake.
		expect(await device.reveal(other.id, { atMs: beforeMs })).toEqual(issued);
	});

	it('is told so too when the office wrote the other key down', async () => {
		const { id } = await device.take();
		const { database } = shop.backend;
		await database.updateTable('meter').set({ ti: '05' }).where('drn', '=', KITCHEN).execute();
		expect(await device.reveal(id)).toMatchObject({ ...issued, ...broken('key-changed') });
	});

	it('is not told while a change of the key is only planned', async () => {
		const { id } = await device.take();
		await planGroup(KITCHEN, '999002');
		expect(await device.reveal(id)).toEqual(issued);
	});

	it('is dated by the server’s clock as the device knew it, and never after it arrived', async () => {
		const { id } = await device.take();
		const other = await device.take(newId(), WORKSHOP);
		const soldAtMs = shop.clock.ms + HOUR_MS;
		shop.clock.ms += 72 * HOUR_MS;
		// Handed in late, sold in time by a clock that is two days behind.
		const behind = { atMs: soldAtMs - 48 * HOUR_MS, offsetMs: 48 * HOUR_MS };
		expect(await device.reveal(id, behind)).toEqual(issued);
		const ahead = { atMs: soldAtMs + 480 * HOUR_MS, offsetMs: null };
		expect(await device.reveal(other.id, ahead)).toMatchObject(broken('run-out'));
	});

	it('happened, also when it does not say how it was paid for, or names a shift that is none', async () => {
		const [one, other] = [await device.take(), await device.take(newId(), WORKSHOP)];
		expect(await device.reveal(one.id, { sale: 'not.a.seal' })).toEqual(issued);
		const { totals } = await batch();
		expect(totals.sold.count).toBe(7);
		expect(totals.byPayType).toMatchObject([{ payType: 'cash', count: 6 }]);
		expect(await device.reveal(other.id, { batchId: newId() })).toEqual(issued);
		expect((await batch()).totals.sold.count).toBe(7);
		expect(await ended()).toMatchObject([{ tender: null }, { shift_batch_id: null }]);
	});

	it('stands when the terms are switched off meanwhile', async () => {
		const { id } = await device.take();
		await setReserveTerms(shop.backend, device.counter, null);
		expect(await device.reveal(id)).toEqual(issued);
	});

	it('goes to the customer’s phone like any token, and back to the till where that asks for it', async () => {
		const { id, digits, vend } = await device.take();
		const inbox = makeSealingKey();
		const tender = { method: 'cash', tenderedMinor: 20_000 } as const;
		const sale = { tender, notifyPhone: '+254711222333', answerTo: inbox.publicKey };
		const { sealed } = await device.reveal(id, { sale });
		expect(JSON.parse(await inbox.openText(sealed ?? ''))).toEqual(vend);
		await sendMessages(shop.backend);
		const [sent] = shop.messenger.sent;
		expect(sent?.text.replace(/\D/g, '')).toContain(digits);
		expect(await deeds(shop.backend)).toContain('reserve-revealed');
	});

	it('makes room below the caps', async () => {
		await setReserveTerms(shop.backend, device.counter, { ...RESERVE_TERMS, count: 1 });
		const { id } = await device.take();
		await expect(device.take(newId(), STEPS)).rejects.toThrow('reserve-count-cap');
		await device.reveal(id);
		const next = await device.take(newId(), STEPS);
		await device.end(next.id);
		await device.take(newId(), STEPS);
	});
});

describe('a token that ended on its device', () => {
	it('is written down, credits nothing, and is not revealed any more', async () => {
		const { id } = await device.take();
		const float = await shop.backend.database
			.selectFrom('vendor')
			.select('float_minor')
			.where('id', '=', device.counter.caller.vendorId)
			.executeTakeFirstOrThrow();
		const entry = { id: newId() };
		const done = { state: 'done', code: null, sealed: null };
		expect(await device.end(id, entry)).toEqual(done);
		expect(await device.end(id, entry)).toEqual(done);
		expect(await device.end(id)).toEqual(refused('reserve-ended'));
		expect(await device.reveal(id)).toMatchObject({
			...refused('reserve-ended'),
			...broken('ended'),
		});
		expect(await ended()).toMatchObject([{ state: 'expired', entry_id: entry.id }]);
		expect(
			await shop.backend.database
				.selectFrom('vendor')
				.select('float_minor')
				.where('id', '=', device.counter.caller.vendorId)
				.executeTakeFirstOrThrow(),
		).toEqual(float);
		expect(await deeds(shop.backend)).toContain('reserve-ended');
	});

	it('was not revealed before, nor another device’s', async () => {
		const { id } = await device.take();
		await device.reveal(id);
		expect(await device.end(id)).toEqual(refused('reserve-ended'));
		expect(await device.end(newId())).toEqual(refused('reserve-unknown'));
		const next = new ReserveDevice(shop.backend, device.counter);
		await next.enrol();
		expect(await next.end(id)).toEqual(refused('reserve-unknown'));
	});
});

describe('the day', () => {
	it('closes clean with tokens that are sealed, revealed and ended', async () => {
		const office: Caller = await employ(shop.backend, { roles: ['office-manager'] });
		const [one, two] = [await device.take(), await device.take(newId(), WORKSHOP)];
		await device.take(newId(), STEPS);
		await device.reveal(one.id);
		await device.end(two.id);
		shop.clock.ms = Date.UTC(2026, 10, 21, 8);
		const report = mustBeTaken(await closeDay(shop.backend, office, '2026-11-20'));
		expect(report).toMatchObject({ clean: true, differences: [], tokens: { count: 9 } });
	});
});

describe('what a reveal comes to', () => {
	const reserve = { expires_at_ms: 1_000 };
	const facts = { entryId: 'this', atMs: 1_000, reserve, keyChangedAtMs: null };
	it('is its first time, its own again, or a breach', () => {
		expect(decideReveal({ ...facts, ends: [] })).toEqual({
			...{ code: null, isFirst: true, breach: null },
		});
		const own = [{ state: 'revealed' as const, entry_id: 'this' }];
		expect(decideReveal({ ...facts, ends: own })).toMatchObject({ code: null, isFirst: false });
		const late = decideReveal({ ...facts, atMs: 1_001, ends: [] });
		expect(late).toEqual({ code: null, isFirst: true, breach: 'run-out' });
		const changed = { ...facts, keyChangedAtMs: 1_000, ends: [] };
		expect(decideReveal(changed)).toEqual({ code: null, isFirst: true, breach: 'key-changed' });
		// The customer's loss before the device's lateness.
		expect(decideReveal({ ...changed, atMs: 1_001 })).toMatchObject({ breach: 'key-changed' });
		expect(decideReveal({ ...changed, atMs: 999 })).toMatchObject({ breach: null });
		for (const [state, breach] of [
			['revealed', 'revealed-twice'],
			['expired', 'ended'],
			['returned', 'returned'],
		] as const)
			expect(decideReveal({ ...facts, ends: [{ state, entry_id: 'other' }] })).toEqual({
				...{ code: 'reserve-ended', isFirst: false, breach },
			});
	});
});
