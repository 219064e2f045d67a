/** Sales whose money has gone back, or into another sale, when their entries come: no token is made for it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headAt } from '#lib/core/sync/journal-chain.ts';
import type { SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import { listAlarms } from '#lib/server/till/alarms.ts';
import { importJournal } from '#lib/server/till/import-journal.ts';
import { redeemClaim } from '#lib/server/till/redeem-claim.ts';
import { whatIsWrong } from '../harness/books.ts';
import { floatOf, openCounter, type Counter } from '../harness/counter.ts';
import {
	allowQueue,
	CLAIM_CODE,
	inShort,
	JournalTill,
	openTillShop,
} from '../harness/journal-till.ts';
import { deeds } from '../harness/people.ts';
import { GUEST, KITCHEN, mustBeTaken, newId, WORKSHOP, type Shop } from '../harness/shop.ts';

let shop: Shop;
let counter: Counter;
let till: JournalTill;
beforeEach(async () => {
	({ shop, counter, till } = await openTillShop());
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const office = { ...GUEST, roles: ['office-manager'] as const, operatorId: newId() };
const refund = (saleId: string, amountMinor: number) =>
	till.write('refund-paid', { saleId, batchId: till.shiftId, amountMinor });
const tellMissing = async (sale: SignedTillEntry) => {
	const { rows } = await till.post([{ what: 'missing', missing: headAt(sale) }]);
	return rows.map(inShort);
};
const imported = async (entries: readonly unknown[]) => {
	const rows = entries.map((entry) => ({ what: 'entry' as const, entry }));
	const { deviceId } = till;
	return mustBeTaken(await importJournal(shop.backend, office, { deviceId, rows }, () => 0)).rows;
};
const claim = (drn: string) => redeemClaim(shop.backend, GUEST, { drn, code: CLAIM_CODE });
const alarms = async () =>
	(await listAlarms(shop.backend, office, {})).alarms
		.filter(({ kind }) => kind === 'settled-sale')
		.map(({ entryId, facts }) => [entryId, facts]);

describe('a sale whose money went back', () => {
	it('as it was told to be missing, is no vend when its entry is found', async () => {
		const sale = await till.provisional(KITCHEN, 50_000);
		const back = refund(sale.id, 50_000);
		expect(await tellMissing(sale)).toEqual(['refused entry-damaged']);
		expect(await till.verdicts([back])).toEqual(['refused not-found']);
		expect((await imported([sale])).map(inShort)).toEqual(['refused refund-settled']);
		expect((await imported([sale])).map(inShort)).toEqual(['refused refund-settled']);
		expect(await floatOf(shop.backend, counter)).toBe(1_000_000);
		expect(await claim(KITCHEN)).toMatchObject({
			...{ state: 'refused', code: 'refund-settled', amountMinor: 50_000 },
			refundedAtMs: back.atMs,
		});
		expect(await alarms()).toEqual([[sale.id, { amountMinor: 50_000 }]]);
	});

	it('is told to the office where its entry was found first, and a token made', async () => {
		const sale = await till.provisional(KITCHEN, 50_000);
		expect(await tellMissing(sale)).toEqual(['refused entry-damaged']);
		const back = refund(sale.id, 50_000);
		expect((await imported([sale])).map(inShort)).toEqual(['issued']);
		expect(await till.verdicts([back])).toEqual(['refused sale-not-refused']);
		expect(await till.verdicts([back])).toEqual(['refused sale-not-refused']);
		expect(await floatOf(shop.backend, counter)).toBe(950_000);
		expect(await alarms()).toEqual([[back.id, { sale: sale.id, amountMinor: 50_000 }]]);
	});

	it('is no vend in a database that was put back, though it could be sold now', async () => {
		const sale = await till.provisional(KITCHEN, 50_000);
		const later = await till.sale(WORKSHOP, 60_000);
		const entries = [sale, later, refund(sale.id, 50_000)];
		// Before it was put back the sale had been refused; nothing of that is here.
		expect(await till.verdicts(entries)).toEqual(['refused refund-settled', 'issued', 'done']);
		expect(await floatOf(shop.backend, counter)).toBe(940_000);
		expect(await deeds(shop.backend)).toContain('refund-paid');
	});

	it('is sold where it is another till that speaks of it', async () => {
		const sale = await till.provisional(KITCHEN, 50_000);
		const others = await openCounter(shop.backend, { vendorId: 'kiosk', terminalId: 'T-102' });
		const own = till;
		till = await new JournalTill(shop, others).enrol();
		expect(await till.verdicts([refund(sale.id, 50_000)])).toEqual(['refused not-found']);
		expect(await own.verdicts([sale])).toEqual(['issued']);
		expect(await alarms()).toEqual([]);
	});
});

describe('a sale in whose place another one was made', () => {
	const insteadOf = (sale: SignedTillEntry) =>
		till.provisional(WORKSHOP, 50_000, { sealed: { replaces: sale.id } });

	it('is no vend when its entry is found, and the other one is', async () => {
		const sale = await till.provisional(KITCHEN, 50_000);
		const other = await insteadOf(sale);
		expect(await tellMissing(sale)).toEqual(['refused entry-damaged']);
		expect(await till.verdicts([other])).toEqual(['issued']);
		expect((await imported([sale])).map(inShort)).toEqual(['refused refund-settled']);
		expect(await floatOf(shop.backend, counter)).toBe(950_000);
		expect(await claim(KITCHEN)).toMatchObject({ state: 'refused', refundedAtMs: other.atMs });
		expect(await claim(WORKSHOP)).toMatchObject({ state: 'issued' });
		expect(await alarms()).toEqual([[sale.id, { amountMinor: 50_000 }]]);
	});

	it('is told to the office where its entry was found first: there are two tokens', async () => {
		const sale = await till.provisional(KITCHEN, 50_000);
		const other = await insteadOf(sale);
		expect(await tellMissing(sale)).toEqual(['refused entry-damaged']);
		expect((await imported([sale])).map(inShort)).toEqual(['issued']);
		expect(await till.verdicts([other])).toEqual(['issued']);
		expect(await till.verdicts([other])).toEqual(['issued']);
		expect(await alarms()).toEqual([[other.id, { sale: sale.id, amountMinor: 50_000 }]]);
	});

	it('is refused for what it was refused for before, with nothing to tell the office', async () => {
		await allowQueue(shop, counter, { perSaleMinor: 50_000 });
		const unknown = await till.sale('04111111110', 40_000);
		const sale = await till.provisional(KITCHEN, 60_000);
		const entries = [unknown, sale, await insteadOf(sale), refund(unknown.id, 40_000)];
		// All at once, as a database that was put back hears of it.
		expect(await till.verdicts(entries)).toEqual([
			'refused meter-unknown',
			'refused offline-sale-cap',
			'issued',
			'done',
		]);
		expect(await alarms()).toEqual([]);
	});
});
