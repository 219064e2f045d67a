import { describe, expect, it } from 'vitest';
import type { Token } from '#lib/core/sync/wire.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { receiptParts } from '#lib/ui/view/receipt-lines.ts';
import { issued } from '../../core/sync/sale.ts';

if (issued.state !== 'issued') throw new Error('the sale of these tests is issued');
const { receipt, tokens } = issued;

const full = {
	...receipt,
	waterfall: {
		tenderedMinor: 50_000,
		lines: [
			{ kind: 'service-fee', amountMinor: 1_000 },
			{ kind: 'arrears', amountMinor: 9_800, balanceAfterMinor: 32_200 },
			{ kind: 'vat', amountMinor: 5_407, basisPoints: 1_600 },
			{ kind: 'brought-forward', amountMinor: -35 },
			{
				kind: 'energy-block',
				amountMinor: 18_345,
				block: 1,
				energyDeciKwh: 150,
				pricePerKwhE4: 12_230_000,
			},
			{ kind: 'left-over', amountMinor: 119 },
		],
		energyDeciKwh: 150,
	},
	roundingGainDeciKwh: 1,
} satisfies typeof receipt;

const lines = (of: readonly Token[] = tokens) => receiptParts(full, of, en, 'en').flat();
/** Intl parts a currency from its amount with a space that does not break. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('a receipt', () => {
	it('has its lines in the order of the trade', () => {
		expect(lines().map(({ name }) => plain(name))).toEqual([
			'Receipt no.',
			'Date and time',
			'Sold by',
			'VAT no.',
			'Customer',
			'Meter no.',
			'Supply group (SGC)',
			'Key revision (KRN)',
			'Tariff index (TI)',
			'Encryption (EA)',
			'Token carrier (TCT)',
			'Tariff',
			'Tendered',
			'Change',
			'Service fee',
			'Arrears',
			'VAT 16%',
			'From last time',
			'15.0 kWh @ KES 12.23',
			'Left over',
			'Units',
			'Rounded up on the token',
			'Token',
			'Help line',
		]);
	});

	it('takes deductions, adds what was left over, and says what is still owed', () => {
		const line = (name: string) => lines().find((each) => each.name === name);
		expect(plain(line('Service fee')?.value ?? '')).toBe('-KES 10');
		expect(plain(line('From last time')?.value ?? '')).toBe('KES 0.35');
		expect(plain(line('Arrears')?.note ?? '')).toBe('KES 322 left to pay');
	});

	it('numbers several tokens and never breaks their groups otherwise than by spaces', () => {
		const [first] = tokens;
		const two = [1, 2].map((sequence) => ({ ...first!, sequence, of: 2 }));
		expect(
			lines(two)
				.filter(({ name }) => name.startsWith('Token ') && name.includes('of'))
				.map(({ name, value }) => [name, value]),
		).toEqual([
			['Token 1 of 2', '0000 0000 0000 0000 0000'],
			['Token 2 of 2', '0000 0000 0000 0000 0000'],
		]);
	});
});
