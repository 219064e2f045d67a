import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { decodeToken } from '#lib/core/sts/decode.ts';
import { instantOfTid } from '#lib/core/sts/tid.ts';
import { provisionVirtualMeter } from '#lib/server/meter/virtual-meters.ts';
import { balanceOf } from '#lib/server/ledger/book.ts';
import { whatIsWrong } from '../harness/books.ts';
import {
	buy,
	digitsOf,
	KITCHEN,
	MORNING_MS,
	mustBeTaken,
	openShop,
	order,
	pay,
	saleOf,
	STEPS,
	vendOf,
	WORKSHOP,
	type Shop,
	GUEST,
} from '../harness/shop.ts';

let shop: Shop;
beforeEach(async () => {
	shop = await openShop();
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

/** What a meter with the key that the backend hands out reads in a token. */
async function readAtMeter(drn: string, digits: string) {
	const meter = mustBeTaken(await provisionVirtualMeter(shop.backend, GUEST, drn));
	const decoded = decodeToken(digits, prepareCipher(meter.ea, parseHex(meter.decoderKeyHex)));
	if ('refusal' in decoded) throw new Error(decoded.refusal);
	return decoded.token;
}

describe('a sale', () => {
	it.each([
		['EA07', KITCHEN],
		['EA11', WORKSHOP],
	])('ends with a token that its meter reads (%s)', async (_, drn) => {
		const { answer } = await buy(shop.backend, drn, 50_000);
		const token = await readAtMeter(drn, digitsOf(answer));
		expect(token).toMatchObject({ kind: 'transfer-credit', subclass: 0 });
		expect(token.fields).toMatchObject({ amount: 200 });
		const { tid } = token.fields as { tid: number };
		expect(instantOfTid(tid, 2014)).toBe(MORNING_MS);
	});

	it('answers with a receipt that says what was paid for what', async () => {
		const { answer } = await buy(shop.backend, KITCHEN, 50_000);
		expect(answer).toMatchObject({
			state: 'issued',
			receipt: {
				receiptNumber: 'WEB-000001',
				issuedAtMs: MORNING_MS,
				customerMasked: 'T**** E****',
				drn: KITCHEN,
				tariffName: 'Domestic',
				roundingGainDeciKwh: 0,
				waterfall: { tenderedMinor: 50_000, energyDeciKwh: 200 },
			},
			tokens: [{ kind: 'credit', energyDeciKwh: 200, sequence: 1, of: 1, test: true }],
		});
	});

	it('makes no token before the money is there', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		await order(shop.backend, sale);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'awaiting-payment' });
		expect(shop.module.orders).toEqual([]);
		await pay(shop.backend, sale);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({ state: 'issued' });
	});

	it('books each step of the waterfall', async () => {
		await shop.backend.database
			.updateTable('account')
			.set({ bought_deci_kwh: 250 })
			.where('drn', '=', STEPS)
			.execute();
		const { id } = await buy(shop.backend, STEPS, 100_000);
		const entries = await shop.backend.database
			.selectFrom('ledger_entry')
			.select(['account_id', 'step', 'amount_minor', 'energy_deci_kwh'])
			.where('transaction_id', '=', `vend:${id}`)
			.orderBy('position')
			.execute();
		expect(entries.map(({ step }) => step)).toEqual([
			'tendered',
			'vat',
			'fixed-charge',
			'energy-block-1',
			'energy-block-2',
			'left-over',
		]);
		// 1000.00: VAT 137.93, fixed 60.00; 5 kWh at 12.23 = 61.15; 740.92 buys 45.4 kWh at 16.30 = 740.02
		expect(entries.map((entry) => entry.amount_minor)).toEqual([
			100_000, -13_793, -6_000, -6_115, -74_002, -90,
		]);
		expect(entries.map((entry) => entry.energy_deci_kwh)).toEqual([0, 0, 0, 50, 454, 0]);
	});

	it('books energy given because a large token can only round up', async () => {
		await shop.backend.database
			.updateTable('utility')
			.set({ max_tender_minor: 1_000_000_000 })
			.execute();
		// 17,000.1 kWh do not fit in 14 bits: the token carries 17,000.4
		const { answer, id } = await buy(shop.backend, KITCHEN, 42_500_250);
		expect(answer).toMatchObject({ receipt: { roundingGainDeciKwh: 3 } });
		const gain = await shop.backend.database
			.selectFrom('ledger_entry')
			.select(['amount_minor', 'energy_deci_kwh'])
			.where('transaction_id', '=', `vend:${id}`)
			.where('step', '=', 'rounding-gain')
			.execute();
		expect(gain).toEqual([
			{ amount_minor: 647, energy_deci_kwh: 3 },
			{ amount_minor: -647, energy_deci_kwh: 0 },
		]);
	});

	it('brings what was left over into the next sale', async () => {
		const first = await buy(shop.backend, KITCHEN, 2_100);
		const second = await buy(shop.backend, KITCHEN, 2_100);
		const lines = second.answer.state === 'issued' ? second.answer.receipt.waterfall.lines : [];
		const left =
			first.answer.state === 'issued'
				? first.answer.receipt.waterfall.lines.find((line) => line.kind === 'left-over')
				: undefined;
		expect(left?.amountMinor).toBeGreaterThan(0);
		expect(lines.find((line) => line.kind === 'brought-forward')?.amountMinor).toBe(
			-(left?.amountMinor ?? 0),
		);
	});

	it('counts receipts without a gap and holds no money when done', async () => {
		const numbers = [];
		for (const drn of [KITCHEN, WORKSHOP, KITCHEN]) {
			const { answer } = await buy(shop.backend, drn, 50_000);
			numbers.push(answer.state === 'issued' && answer.receipt.receiptNumber);
		}
		expect(numbers).toEqual(['WEB-000001', 'WEB-000002', 'WEB-000003']);
		expect(await balanceOf(shop.backend.database, 'lakeside:customer-held')).toBe(0);
		expect(await balanceOf(shop.backend.database, 'lakeside:provider-clearing')).toBe(150_000);
	});

	it('begins the blocks again in the month of the utility, not of Greenwich', async () => {
		// 30 November, 23:30 in Nairobi, is the last half hour of the month there
		shop.clock.ms = Date.UTC(2026, 10, 30, 20, 30);
		await buy(shop.backend, STEPS, 50_000);
		shop.clock.ms += 60 * 60_000;
		await buy(shop.backend, STEPS, 50_000);
		const account = await shop.backend.database
			.selectFrom('account')
			.select(['month', 'bought_deci_kwh'])
			.where('drn', '=', STEPS)
			.executeTakeFirstOrThrow();
		expect(account).toEqual({ month: '2026-12', bought_deci_kwh: 303 });
	});

	it('keeps digits, names and keys out of the log', async () => {
		const { answer } = await buy(shop.backend, KITCHEN, 50_000);
		shop.module.behaviour = 'hangs';
		await buy(shop.backend, KITCHEN, 50_000);
		expect(shop.lines).toHaveLength(1);
		expect(shop.lines.join('\n')).not.toContain(digitsOf(answer));
	});
});
