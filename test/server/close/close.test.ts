/** The daily close: clean when all is well, and every kind of difference by its name when it is not. */
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloseReport } from '#lib/core/sync/wire-office.ts';
import type { CloseDifference } from '#lib/core/vending/close-differences.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { closeDay } from '#lib/server/close/close-day.ts';
import { listCloses, readClose } from '#lib/server/close/read-close.ts';
import { readVendorStatus } from '#lib/server/vendor/vendor-status.ts';
import { Fault } from '#lib/server/fault.ts';
import { issueVend } from '#lib/server/vend/issue-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { openCounter, sell, type Counter } from '../harness/counter.ts';
import { deeds, employ } from '../harness/people.ts';
import {
	buy,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	STEPS,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';
import { tamper } from '../harness/tamper.ts';

const TODAY = '2026-11-20';
/** 21 November in Nairobi, and a moment after. */
const MIDNIGHT_MS = Date.UTC(2026, 10, 20, 21);
const MORNING_AFTER_MS = MIDNIGHT_MS + 8 * 3_600_000;

let shop: Shop;
let counter: Counter;
let office: Caller;
let vendId: string;
beforeEach(async () => {
	shop = await openShop();
	counter = await openCounter(shop.backend);
	office = await employ(shop.backend, { roles: ['office-manager'] });
	shop.clock.ms += 60_000;
	vendId = (await buy(shop.backend, KITCHEN, 50_000)).id;
	await sell(shop.backend, counter, STEPS, 30_000);
	await sell(shop.backend, counter, WORKSHOP, 20_000);
});
afterEach(async () => shop.dispose());

const close = async (date = TODAY) =>
	v.parse(CloseReport, mustBeTaken(await closeDay(shop.backend, office, date)));
const kinds = ({ differences }: CloseReport) => differences.map(({ kind }) => kind);

describe('a day that is in order', () => {
	it('is closed clean, with what was sold by tokens, books and module', async () => {
		shop.clock.ms = MORNING_AFTER_MS;
		const report = await close();
		expect(report).toMatchObject({
			...{ date: TODAY, clean: true, differences: [] },
			...{ fromMs: MIDNIGHT_MS - 86_400_000, toMs: MIDNIGHT_MS },
			tokens: { count: 3, vends: 3 },
			bookings: { vends: 3, tenderedMinor: 100_000 },
			module: { tells: 'requests', examined: 3, explained: [] },
			receipts: [
				{ issuingPoint: 'T-101', first: 1, last: 2, count: 2 },
				{ issuingPoint: 'WEB', first: 1, last: 1, count: 1 },
			],
		});
		expect(report.tokens.energyDeciKwh).toBe(report.bookings.energyDeciKwh);
		expect(report.compared.accounts).toBeGreaterThan(50);
		const sum = report.trialBalance.reduce((total, row) => total + row.closingMinor, 0);
		expect(sum).toBe(0);
		expect(await whatIsWrong(shop.backend.database)).toEqual([]);
		expect(await deeds(shop.backend)).toContain('day-closed');
	});

	it('is closed once: its report stands, whatever is sold or asked afterwards', async () => {
		shop.clock.ms = MORNING_AFTER_MS;
		const both = await Promise.all([close(), close()]);
		expect(both[1]).toEqual(both[0]);
		await buy(shop.backend, KITCHEN, 10_000);
		expect(await close()).toEqual(both[0]);
		expect(await readClose(shop.backend, office, TODAY)).toEqual(both[0]);
		await expect(
			shop.backend.database.updateTable('daily_close').set({ report: '{}' }).execute(),
		).rejects.toThrow(/append-only/);
		expect(await listCloses(shop.backend, office, {})).toEqual({
			closes: [{ date: TODAY, closedAtMs: MORNING_AFTER_MS, clean: true, differences: 0 }],
			next: null,
		});
		expect((await deeds(shop.backend)).filter((deed) => deed === 'day-closed')).toHaveLength(1);
	});

	it('must be over, in the utility’s own time', async () => {
		shop.clock.ms = MIDNIGHT_MS;
		expect(await closeDay(shop.backend, office, TODAY)).toEqual({ refusal: 'day-not-over' });
		shop.clock.ms = MIDNIGHT_MS + 120_000;
		expect(await close()).toMatchObject({ clean: true });
		for (const [date, refusal] of [
			['2026-11-21', 'day-not-over'],
			['2026-11-31', 'body-shape'],
			['yesterday', 'body-shape'],
		] as const)
			expect(await closeDay(shop.backend, office, date)).toMatchObject({ refusal });
		expect(await readClose(shop.backend, office, '2026-11-21')).toEqual({ refusal: 'not-found' });
	});

	it('goes on from the day before', async () => {
		shop.clock.ms = MORNING_AFTER_MS;
		const first = await close();
		await buy(shop.backend, KITCHEN, 70_000);
		shop.clock.ms += 86_400_000;
		const second = await close('2026-11-21');
		expect(second).toMatchObject({ clean: true, module: { examined: 1 } });
		const of = (report: CloseReport, kind: string) =>
			report.trialBalance.find((row) => row.kind === kind);
		expect(of(second, 'energy-sales')?.openingMinor).toBe(of(first, 'energy-sales')?.closingMinor);
		expect(of(second, 'provider-clearing')?.movementMinor).toBe(70_000);
	});

	it('is closed clean though a vend is under way, was refused, or waited over midnight', async () => {
		shop.module.behaviour = 'vending-key-limit';
		await buy(shop.backend, KITCHEN, 10_000);
		shop.module.behaviour = 'hangs';
		const { id } = await sell(shop.backend, counter, STEPS, 5_000);
		shop.clock.ms = MORNING_AFTER_MS;
		expect(await close()).toMatchObject({ clean: true });
		shop.module.behaviour = 'answers';
		await issueVend(shop.backend, id);
		shop.clock.ms += 86_400_000;
		expect(await close('2026-11-21')).toMatchObject({ clean: true, tokens: { vends: 1 } });
	});

	it('is not closed while the module does not answer', async () => {
		shop.clock.ms = MORNING_AFTER_MS;
		shop.module.usage = () => Promise.reject(new Fault('security-module-unavailable', 'gone'));
		await expect(closeDay(shop.backend, office, TODAY)).rejects.toThrow('gone');
		expect(await readClose(shop.backend, office, TODAY)).toEqual({ refusal: 'not-found' });
	});
});

const BOOKED = `transaction_id = 'vend:VEND'`;

/** Differences that what is planted for them brings others with. */
const NEVER_ALONE: readonly CloseDifference[] = [
	...(['booking-without-token', 'money-differs', 'reversal-without-booking'] as const),
	...(['held-differs', 'receipt-gap', 'request-without-vend', 'trial-balance-not-zero'] as const),
];

/** Each difference, planted behind the guards' back; and what else it must come to light as. */
const PLANTED: [CloseDifference, statements: string[], also?: CloseDifference[]][] = [
	[
		'token-without-booking',
		[`delete from ledger_transaction where id = 'vend:VEND'`],
		['held-differs'],
	],
	['booking-without-token', [`delete from vend_token where vend_id = 'VEND'`]],
	[
		'energy-differs',
		[`update vend_token set energy_deci_kwh = energy_deci_kwh + 1 where vend_id = 'VEND'`],
	],
	['money-differs', [`update vend set amount_minor = amount_minor + 1 where id = 'VEND'`]],
	['reversal-without-booking', [`update vend set state = 'reversed' where id = 'VEND'`]],
	[
		'token-without-request',
		[
			`update vend_token set vend_id = 'other' where vend_id = 'VEND'`,
			`update vend set id = 'other' where id = 'VEND'`,
			`update ledger_transaction set subject_id = 'other' where id = 'vend:VEND'`,
		],
		['request-without-vend'],
	],
	[
		'request-without-vend',
		[
			`delete from vend_token where vend_id = 'VEND'`,
			`delete from vend where id = 'VEND'`,
			`delete from ledger_transaction where subject_id = 'VEND'`,
		],
	],
	[
		'request-without-token',
		[`delete from vend_token where vend_id = 'VEND'`],
		['booking-without-token'],
	],
	[
		'transaction-not-zero',
		[`update ledger_entry set amount_minor = amount_minor + 1 where ${BOOKED} and step = 'vat'`],
		['trial-balance-not-zero'],
	],
	['transaction-not-zero', [`delete from ledger_seal where ${BOOKED}`]],
	[
		'trial-balance-not-zero',
		[
			`update ledger_entry set amount_minor = 1 where transaction_id = (select id from ledger_transaction
			where kind = 'opening' limit 1) and position = 0`,
		],
	],
	['float-differs', [`update vendor set float_minor = float_minor + 1 where id = 'corner-shop'`]],
	['arrears-differ', [`update account set arrears_minor = 7 where drn = '${KITCHEN}'`]],
	[
		'left-over-differs',
		[`update account set left_over_minor = left_over_minor + 1 where drn = '${STEPS}'`],
	],
	['held-differs', [`update vend set state = 'paid' where id = 'VEND'`]],
	[
		'receipt-gap',
		[`update vend set receipt_number = 5 where terminal_id = 'T-101' and receipt_number = 2`],
	],
	[
		'receipt-gap',
		[
			`update vend set receipt_number = receipt_number + 1 where terminal_id = 'T-101' and receipt_number = 2`,
			`update vend set receipt_number = receipt_number + 1 where terminal_id = 'T-101' and receipt_number = 1`,
		],
	],
	[
		'receipt-counter-differs',
		[`update receipt_counter set last_number = 9 where issuing_point like '%WEB'`],
	],
];

describe('a difference', () => {
	it.each(PLANTED)('is named: %s', async (kind, statements, also = []) => {
		await tamper(shop, ...statements.map((statement) => statement.replaceAll('VEND', vendId)));
		shop.clock.ms = MORNING_AFTER_MS;
		const report = await close();
		expect(report.clean).toBe(false);
		expect(kinds(report)).toEqual(expect.arrayContaining([kind, ...also]));
	});

	it.each(PLANTED.filter(([kind, , also]) => also === undefined && !NEVER_ALONE.includes(kind)))(
		'does not come to light as anything else: %s',
		async (kind, statements) => {
			await tamper(shop, ...statements.map((text) => text.replaceAll('VEND', vendId)));
			shop.clock.ms = MORNING_AFTER_MS;
			expect(kinds(await close())).toEqual([kind]);
		},
	);

	it('says what it is about, what was expected and what was found', async () => {
		const { vendor } = mustBeTaken(await readVendorStatus(shop.backend, counter.caller));
		await tamper(
			shop,
			`update vendor set float_minor = float_minor - 500 where id = 'corner-shop'`,
		);
		shop.clock.ms = MORNING_AFTER_MS;
		expect((await close()).differences).toEqual([
			{
				...{ kind: 'float-differs', count: 1, atLeast: false },
				examples: [
					{ subject: 'corner-shop', expected: vendor.floatMinor, found: vendor.floatMinor - 500 },
				],
			},
		]);
	});

	it('is a token that the module never made, and one it made past us', async () => {
		await shop.module.issueCredit({
			...shop.module.orders[0]!,
			requestId: newId(),
			tid: shop.module.orders[0]!.tid + 1,
		});
		shop.clock.ms = MORNING_AFTER_MS;
		expect(kinds(await close())).toEqual(['request-without-vend']);
	});

	it('is a module that has forgotten', async () => {
		shop.clock.ms = MORNING_AFTER_MS;
		await close();
		shop.clock.ms += 86_400_000;
		shop.module.usage = () => Promise.resolve({ requests: 1, ids: [] });
		expect(kinds(await close('2026-11-21'))).toEqual(['request-count-differs']);
	});
});

describe('a module that only counts', () => {
	let requests: number;
	beforeEach(async () => {
		requests = 500;
		shop.module.usage = () => Promise.resolve({ requests, ids: null });
		shop.clock.ms = MORNING_AFTER_MS;
		await close();
		shop.clock.ms = MIDNIGHT_MS + 86_400_000 + 300_000;
	});

	it.each([
		['as many as tokens', 2, []],
		['one more than tokens', 3, ['request-count-differs']],
		['one less than tokens', 1, ['request-count-differs']],
	])('has counted %s', async (_, counted, expected) => {
		await sell(shop.backend, counter, STEPS, 5_000);
		await sell(shop.backend, counter, WORKSHOP, 5_000);
		requests += counted;
		shop.clock.ms = MIDNIGHT_MS + 2 * 86_400_000 + 300_000;
		expect(await close('2026-11-22')).toMatchObject({ module: { tells: 'count' } });
		expect(kinds(await close('2026-11-22'))).toEqual(expected);
	});

	it('may have counted what is being made, or was refused', async () => {
		await sell(shop.backend, counter, STEPS, 5_000);
		shop.module.behaviour = 'vending-key-limit';
		await sell(shop.backend, counter, STEPS, 5_000);
		shop.module.behaviour = 'hangs';
		await sell(shop.backend, counter, WORKSHOP, 5_000);
		requests += 3;
		shop.clock.ms = MIDNIGHT_MS + 2 * 86_400_000 + 300_000;
		expect(kinds(await close('2026-11-22'))).toEqual([]);
	});

	it('that does not even count is held against nothing', async () => {
		shop.module.usage = () => Promise.resolve({ requests: null, ids: null });
		await sell(shop.backend, counter, STEPS, 5_000);
		shop.clock.ms = MIDNIGHT_MS + 2 * 86_400_000 + 300_000;
		expect(await close('2026-11-22')).toMatchObject({ clean: true, module: { tells: 'nothing' } });
	});
});
