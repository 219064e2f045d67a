/** Provisional receipts redeemed: what each state is answered, and what whoever guesses learns. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatCode, makeCode } from '#lib/core/sync/spoken-code.ts';
import type { TillKind } from '#lib/core/vending/till-kinds.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { hashClaim } from '#lib/server/till/claim-code.ts';
import { redeemClaim } from '#lib/server/till/redeem-claim.ts';
import { openCounter, sell, type Counter } from '../harness/counter.ts';
import { finishVends } from '#lib/server/vend/recovery.ts';
import { readVend } from '#lib/server/vend/read-vend.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';
import { deeds } from '../harness/people.ts';
import {
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	order,
	pay,
	saleOf,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
let counter: Counter;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend);
	await shop.backend.database
		.insertInto('till_head')
		.values({
			...{ device_id: DEVICE, utility_id: 'lakeside', terminal_id: 'T-101' },
			...{ signing_key: '{}', sequence: 0, hash: '0'.repeat(64) },
		})
		.execute();
});
afterEach(async () => {
	await shop.dispose();
});

const CODE = makeCode(Uint8Array.from([7, 11, 13, 17, 19, 23, 29, 31]));
const OTHER = makeCode(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]));
const DEVICE = '01930000-0000-7000-8000-00000000d001';

const redeem = (drn = KITCHEN, code = CODE, caller: Caller = GUEST) =>
	redeemClaim(shop.backend, caller, { drn, code });

/** As a sale's entry leaves it when it is taken. */
async function claimOf(saleId: string, amountMinor = 10_000, code = CODE): Promise<void> {
	const known = await shop.backend.database
		.selectFrom('till_entry')
		.select('id')
		.where('id', '=', saleId)
		.executeTakeFirst();
	if (known === undefined) await takeEntry(saleId, 'sale', null);
	await shop.backend.database
		.insertInto('claim')
		.values({
			...{ sale_id: saleId, utility_id: 'lakeside', drn: KITCHEN, amount_minor: amountMinor },
			code_hash: hashClaim(shop.backend.homeSecret, 'lakeside', KITCHEN, code),
			at_ms: shop.clock.ms,
		})
		.execute();
}

/** A sale of the till whose token nobody has seen yet. */
async function heldBack(amountMinor: number): Promise<string> {
	shop.module.behaviour = 'hangs';
	const { id } = await sell(shop.backend, counter, KITCHEN, amountMinor);
	shop.module.behaviour = 'answers';
	await finishVends(shop.backend, 0);
	return id;
}

let sequence = 0;

async function takeEntry(id: string, kind: TillKind, subjectId: string | null): Promise<void> {
	sequence += 1;
	await shop.backend.database
		.insertInto('till_entry')
		.values({
			...{ id, utility_id: 'lakeside', vendor_id: 'corner-shop', terminal_id: 'T-101' },
			...{ device_id: DEVICE, sequence, hash: `${sequence}`.padStart(64, '0'), kind },
			...{ subject_id: subjectId, operator_id: counter.operatorId, at_ms: 5_000 },
			...{ offset_ms: 700, taken_at_ms: shop.clock.ms, entry: '{}', known_sequence: 0 },
			...{ provisional_count: 0, provisional_minor: 0 },
		})
		.execute();
}

async function refuse(entryId: string, code: string): Promise<void> {
	await shop.backend.database
		.insertInto('till_outcome')
		.values({ entry_id: entryId, state: 'refused', code, at_ms: shop.clock.ms })
		.execute();
}

describe('a claim', () => {
	it('that never arrived and one that is wrong are one answer, and no deed', async () => {
		const { id } = await sell(shop.backend, counter, KITCHEN, 10_000);
		await claimOf(id);
		const before = await deeds(shop.backend);
		const notArrived = { state: 'not-arrived' };
		expect(await redeem(KITCHEN, OTHER)).toEqual(notArrived);
		expect(await redeem(WORKSHOP, CODE)).toEqual(notArrived);
		expect(await redeem('04111111110', CODE)).toEqual(notArrived);
		expect(await deeds(shop.backend)).toEqual(before);
	});

	it('whose code or meter number is mistyped says so, and asks the database nothing', async () => {
		const asked = { ...shop.backend, database: undefined as never };
		const refusal = (drn: string, code: string) => redeemClaim(asked, GUEST, { drn, code });
		const wrong = `${CODE.slice(0, -1)}${CODE.endsWith('0') ? '1' : '0'}`;
		for (const code of [wrong, CODE.slice(1), `${CODE}0`, '', 'not a code'])
			expect(await refusal(KITCHEN, code), code).toEqual({ refusal: 'claim-code' });
		expect(await refusal('00000000019', CODE)).toEqual({ refusal: 'meter-check-digit' });
		expect(await refusal('', CODE)).toEqual({ refusal: 'meter-number-empty' });
	});

	it('of a token gives it, released and written down, as often as it is asked for', async () => {
		const id = await heldBack(50_000);
		await claimOf(id);
		const releasedAtMs = async () =>
			(
				await shop.backend.database
					.selectFrom('vend')
					.select('released_at_ms')
					.where('id', '=', id)
					.executeTakeFirstOrThrow()
			).released_at_ms;
		expect(await releasedAtMs()).toBeNull();
		const typed = formatCode(CODE).toLowerCase();
		const redeemed = await redeem(`${KITCHEN.slice(0, 4)} ${KITCHEN.slice(4)}`, typed);
		expect(await releasedAtMs()).toBe(shop.clock.ms);
		const seen = mustBeTaken(await readVend(shop.backend, counter.caller, id));
		expect(redeemed).toEqual({ state: 'issued', vend: JSON.parse(seen.body) as unknown });
		expect(await redeem(KITCHEN, CODE, counter.caller)).toEqual(redeemed);
		const events = await shop.backend.database
			.selectFrom('audit_event')
			.selectAll()
			.where('action', '=', 'claim-redeemed')
			.execute();
		expect(events.map(({ actor }) => actor).sort()).toEqual(['guest', 'terminal:T-101']);
		expect(events.map((one) => one.subject_id)).toEqual([id, id]);
	});

	it('waits while the sale is being made, and before it is looked at', async () => {
		await claimOf(newId(), 10_000, OTHER);
		expect(await redeem(KITCHEN, OTHER)).toEqual({ state: 'waiting' });
		shop.module.behaviour = 'hangs';
		const { id } = await sell(shop.backend, counter, KITCHEN, 10_000);
		await claimOf(id);
		expect(await redeem()).toEqual({ state: 'waiting' });
	});

	it('of a sale that the caps refused says where the money is, and when it went back', async () => {
		const saleId = newId();
		await takeEntry(saleId, 'sale', null);
		await refuse(saleId, 'offline-sum-cap');
		await claimOf(saleId, 12_300);
		const refused = {
			...{ state: 'refused', code: 'offline-sum-cap', amountMinor: 12_300 },
			...{ currency: { code: 'KES', minorDigits: 2 }, refundedAtMs: null },
		};
		expect(await redeem()).toEqual(refused);
		const wrong = newId();
		await takeEntry(wrong, 'refund-paid', saleId);
		await refuse(wrong, 'not-found');
		expect(await redeem()).toEqual(refused);
		await takeEntry(newId(), 'refund-paid', saleId);
		expect(await redeem()).toEqual({ ...refused, refundedAtMs: 5_700 });
	});

	it('of a sale that the security module refused, or that was reversed, says so', async () => {
		shop.module.behaviour = 'security-module-refused';
		const { id, answer } = await sell(shop.backend, counter, KITCHEN, 10_000);
		expect(answer.state).toBe('refused');
		await claimOf(id);
		expect(await redeem()).toMatchObject({
			...{ state: 'refused', code: 'security-module-refused', amountMinor: 10_000 },
		});
		const sold = await heldBack(50_000);
		const office = { ...GUEST, roles: ['office-manager'] } as const;
		mustBeTaken(await reverseVend(shop.backend, office, sold));
		await claimOf(sold, 50_000, OTHER);
		expect(await redeem(KITCHEN, OTHER)).toMatchObject({
			...{ state: 'refused', code: 'vend-reversed', amountMinor: 50_000 },
		});
	});

	it('tells of its own sale alone, whatever vend its entry is named after', async () => {
		const bought = saleOf(KITCHEN, 50_000);
		await order(shop.backend, bought);
		await pay(shop.backend, bought);
		const { id } = await sell(shop.backend, counter, WORKSHOP, 10_000);
		await claimOf(bought.id);
		await claimOf(id, 10_000, OTHER);
		expect(await redeem()).toEqual({ state: 'waiting' });
		expect(await redeem(KITCHEN, OTHER)).toEqual({ state: 'waiting' });
		expect(await deeds(shop.backend)).not.toContain('claim-redeemed');
	});

	it('is nobody’s of another utility', async () => {
		const { id } = await sell(shop.backend, counter, KITCHEN, 10_000);
		await claimOf(id);
		const stranger = { ...counter.caller, utilityId: 'hilltop', terminalId: 'H-001' };
		expect(await redeem(KITCHEN, CODE, stranger)).toEqual({ state: 'not-arrived' });
	});
});
