/** Vendors' money: floats, deposits, commission, statements; and who may see and change what. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '#lib/server/access/caller.ts';
import { settleCommission } from '#lib/server/vendor/settle-commission.ts';
import { putDeposit } from '#lib/server/vendor/deposits.ts';
import { readStatement } from '#lib/server/vendor/statement.ts';
import { readVendorStatus } from '#lib/server/vendor/vendor-status.ts';
import { listVendors, putVendor, readVendor } from '#lib/server/vendor/vendors.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatSaleOf, openCounter, sell, type Counter } from '../harness/counter.ts';
import { deeds, employ } from '../harness/people.ts';
import { KITCHEN, mustBeTaken, newId, openShop, WORKSHOP, type Shop } from '../harness/shop.ts';

let shop: Shop;
let counter: Counter;
let office: Caller;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend, { floatMinor: 1_000_000 });
	office = await employ(shop.backend, { roles: ['office-manager'] });
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const VENDOR = 'corner-shop';
const terms = {
	name: 'Corner shop',
	state: 'active',
	creditLimitMinor: 50_000,
	commissionBasisPoints: 250,
	blindVend: false,
} as const;
const deposit = (amountMinor: number, bankingReference: string, vendorId = VENDOR) => ({
	...{ vendorId, amountMinor, currency: 'KES', bankingReference },
});
const status = async () => mustBeTaken(await readVendorStatus(shop.backend, counter.caller));
const statement = async (query = {}) =>
	mustBeTaken(await readStatement(shop.backend, counter.caller, VENDOR, query));

describe('a vendor', () => {
	it('is made and changed by the office, and its float is not', async () => {
		const made = await putVendor(shop.backend, office, 'new-kiosk', terms);
		expect(made).toMatchObject({ floatMinor: 0, availableMinor: 50_000 });
		const changed = await putVendor(shop.backend, office, VENDOR, terms);
		expect(changed).toMatchObject({ floatMinor: 1_000_000, availableMinor: 1_050_000 });
		expect(await putVendor(shop.backend, office, VENDOR, terms)).toEqual(changed);
		expect(await deeds(shop.backend)).toEqual(['vendor-changed', 'vendor-made']);
	});

	it('needs a readable id, and one of this utility', async () => {
		expect(await putVendor(shop.backend, office, 'New kiosk', terms)).toMatchObject({
			refusal: 'body-shape',
		});
		const elsewhere = { ...office, utilityId: 'elsewhere' };
		expect(await putVendor(shop.backend, elsewhere, VENDOR, terms)).toEqual({
			refusal: 'id-reused',
		});
		expect(await readVendor(shop.backend, elsewhere, VENDOR)).toEqual({ refusal: 'not-found' });
	});

	it('is seen by its own people and the office, not by another vendor', async () => {
		const other = await openCounter(shop.backend, { vendorId: 'rival', terminalId: 'T-102' });
		expect(await readVendor(shop.backend, counter.caller, VENDOR)).toMatchObject({ id: VENDOR });
		expect(await readVendor(shop.backend, other.caller, VENDOR)).toEqual({ refusal: 'not-found' });
		expect(await readStatement(shop.backend, other.caller, VENDOR, {})).toEqual({
			refusal: 'not-found',
		});
		const { vendors } = await listVendors(shop.backend, office);
		expect(vendors.map(({ id }) => id)).toEqual(expect.arrayContaining([VENDOR, 'rival']));
	});

	it('sells nothing while it is suspended', async () => {
		await putVendor(shop.backend, office, VENDOR, { ...terms, state: 'suspended' });
		const request = floatSaleOf(counter, KITCHEN, 10_000);
		expect(await requestVend(shop.backend, counter.caller, newId(), request)).toMatchObject({
			refusal: 'vendor-suspended',
		});
	});

	it('sells down to its limit and not below', async () => {
		await putVendor(shop.backend, office, VENDOR, terms);
		await sell(shop.backend, counter, KITCHEN, 1_040_000);
		const request = floatSaleOf(counter, KITCHEN, 10_001);
		expect(await requestVend(shop.backend, counter.caller, newId(), request)).toMatchObject({
			refusal: 'float-exhausted',
		});
		await sell(shop.backend, counter, KITCHEN, 10_000);
		expect((await status()).vendor).toMatchObject({ floatMinor: -50_000, availableMinor: 0 });
	});
});

describe('the status of a till', () => {
	it('says float, what is held for vends in the making, and commission apart from both', async () => {
		await sell(shop.backend, counter, KITCHEN, 100_000);
		shop.module.behaviour = 'hangs';
		await sell(shop.backend, counter, WORKSHOP, 30_000);
		expect(await status()).toMatchObject({
			vendor: { floatMinor: 870_000 },
			heldMinor: 30_000,
			queued: 1,
			commissionMinor: 2_500,
			shiftBatchId: counter.shiftId,
		});
	});

	it('is nobody’s who is of no vendor', async () => {
		expect(await readVendorStatus(shop.backend, office)).toEqual({ refusal: 'not-allowed' });
	});
});

describe('a deposit', () => {
	it('fills the float once, however often it is handed in', async () => {
		const id = newId();
		const first = await putDeposit(shop.backend, office, id, deposit(300_000, 'SLIP-1'));
		expect(first).toMatchObject({ id, amountMinor: 300_000, batchId: null });
		const again = await Promise.all(
			[1, 2, 3].map(() => putDeposit(shop.backend, office, id, deposit(300_000, 'SLIP-1'))),
		);
		for (const answer of again) expect(answer).toEqual(first);
		expect((await status()).vendor.floatMinor).toBe(1_300_000);
	});

	it.each([
		['another amount under its id', deposit(1, 'SLIP-1'), 'same', 'id-reused'],
		['another slip of the same reference', deposit(5, 'SLIP-1'), 'new', 'banking-reference-used'],
		['another currency', { ...deposit(5, 'SLIP-2'), currency: 'EUR' }, 'new', 'currency-unknown'],
		['nobody’s vendor', deposit(5, 'SLIP-2', 'nobody'), 'new', 'not-found'],
		[
			'a batch that is not there',
			{ ...deposit(5, 'SLIP-2'), batchId: newId() },
			'new',
			'not-found',
		],
	])('is refused for %s', async (_, request, which, refusal) => {
		const id = newId();
		await putDeposit(shop.backend, office, id, deposit(300_000, 'SLIP-1'));
		const answer = await putDeposit(shop.backend, office, which === 'same' ? id : newId(), request);
		expect(answer).toMatchObject({ refusal });
		expect((await status()).vendor.floatMinor).toBe(1_300_000);
	});
});

describe('commission', () => {
	const settlement = (amountMinor: number, paidTo: 'float' | 'bank') => ({
		...{ vendorId: VENDOR, amountMinor, currency: 'KES', paidTo, reference: 'November' },
	});

	it('is paid into the float or at the bank, never beyond what was earned', async () => {
		await sell(shop.backend, counter, KITCHEN, 100_000);
		const id = newId();
		const first = await settleCommission(shop.backend, office, id, settlement(1_000, 'float'));
		expect(await settleCommission(shop.backend, office, id, settlement(1_000, 'float'))).toEqual(
			first,
		);
		mustBeTaken(await settleCommission(shop.backend, office, newId(), settlement(1_400, 'bank')));
		expect(await settleCommission(shop.backend, office, newId(), settlement(101, 'bank'))).toEqual({
			refusal: 'commission-exceeded',
			facts: { accruedMinor: 100 },
		});
		expect(await settleCommission(shop.backend, office, id, settlement(7, 'bank'))).toEqual({
			refusal: 'id-reused',
		});
		expect(await status()).toMatchObject({ commissionMinor: 100, vendor: { floatMinor: 901_000 } });
	});
});

describe('a statement', () => {
	it('tells every movement with the balance after it', async () => {
		shop.clock.ms += 1;
		mustBeTaken(await putDeposit(shop.backend, office, newId(), deposit(300_000, 'SLIP-1')));
		shop.clock.ms += 1;
		await sell(shop.backend, counter, KITCHEN, 100_000);
		shop.clock.ms += 1;
		shop.module.behaviour = 'vending-key-limit';
		await sell(shop.backend, counter, KITCHEN, 50_000);
		const { openingMinor, movements, next } = await statement();
		expect([openingMinor, next]).toEqual([0, null]);
		expect(
			movements.map(({ kind, amountMinor, balanceMinor }) => [kind, amountMinor, balanceMinor]),
		).toEqual([
			['opening', 1_000_000, 1_000_000],
			['deposit', 300_000, 1_300_000],
			['hold', -100_000, 1_200_000],
			['hold', -50_000, 1_150_000],
			['refund', 50_000, 1_200_000],
		]);
	});

	it('goes on page by page without a gap, also among movements of one instant', async () => {
		for (let at = 0; at < 130; at += 1)
			mustBeTaken(
				await putDeposit(shop.backend, office, newId(), deposit(1_000 + at, `SLIP-${at}`)),
			);
		const first = await statement();
		const second = await statement({ after: first.next });
		expect([first.movements.length, second.movements.length, second.next]).toEqual([100, 31, null]);
		expect(second.openingMinor).toBe(first.movements.at(-1)?.balanceMinor);
		expect(
			new Set([...first.movements, ...second.movements].map(({ subjectId }) => subjectId)).size,
		).toBe(131);
		expect(second.movements.at(-1)?.balanceMinor).toBe((await status()).vendor.floatMinor);
	});

	it('begins with any day of the utility', async () => {
		// 21 November in Nairobi begins at 21:00 of the day before in UTC.
		shop.clock.ms = Date.UTC(2026, 10, 20, 20, 59);
		mustBeTaken(await putDeposit(shop.backend, office, newId(), deposit(1_000, 'SLIP-1')));
		shop.clock.ms = Date.UTC(2026, 10, 20, 21);
		mustBeTaken(await putDeposit(shop.backend, office, newId(), deposit(2_000, 'SLIP-2')));
		const { openingMinor, movements } = await statement({ from: '2026-11-21' });
		expect(openingMinor).toBe(1_001_000);
		expect(movements.map(({ amountMinor }) => amountMinor)).toEqual([2_000]);
	});

	it.each([[{ from: '2026-02-30' }], [{ after: 'nonsense' }]])('refuses %j', async (query) => {
		expect(await readStatement(shop.backend, office, VENDOR, query)).toMatchObject({
			refusal: 'body-shape',
		});
	});
});
