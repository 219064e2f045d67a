import { describe, expect, it } from 'vitest';
import { formatIdRecord, formatRecord2, type IdRecord } from '#lib/core/sts/id-record.ts';
import { luhnDigit } from '#lib/core/sts/luhn.ts';
import { meterPanOf } from '#lib/core/sts/meter-pan.ts';
import { isBankCard, readMeterDetail } from '#lib/core/vending/meter-detail.ts';

const DRN = '01450638802';
const TODAY = { year: 2026, month: 11, day: 20 };
const record = (change: Partial<IdRecord> = {}): IdRecord => ({
	pan: meterPanOf(DRN),
	...{ doe: '0000', tct: '01', ea: 7, sgc: '400171', ti: 1, krn: 2 },
	...change,
});
const read = (track2: string, drn = DRN) => readMeterDetail({ from: 'card', track2 }, drn, TODAY);
const detail = { sgc: '400171', krn: 2, ti: '01', ea: 7, tct: '01' };

describe('a meter card', () => {
	it.each([
		['track 2', formatRecord2(record())],
		['track 2 with its sentinels', `;${formatRecord2(record())}?5`],
		['the printed record', formatIdRecord(record())],
	])('is read from %s', (_, text) => {
		expect(read(text)).toEqual(detail);
	});

	it.each([
		['', 'meter-card-unreadable'],
		['not a card', 'meter-card-unreadable'],
		[formatRecord2(record()).slice(0, -1), 'meter-card-unreadable'],
		[formatRecord2(record()).replace('=0107', '=0199'), 'meter-card-unreadable'],
		[formatRecord2(record({ doe: '2610' })), 'meter-card-expired'],
	] as const)('%j is refused: %s', (text, refusal) => {
		expect(read(text)).toEqual({ refusal });
	});

	it('is good to the end of its month, and for its own meter only', () => {
		expect(read(formatRecord2(record({ doe: '2611' })))).toEqual(detail);
		expect(read(formatRecord2(record()), '04111111110')).toEqual({
			refusal: 'meter-card-other-meter',
		});
	});

	it('need not be there: details may be typed', () => {
		expect(
			readMeterDetail(
				{ from: 'detail', sgc: '400171', krn: 2, ti: '01', ea: 11, tct: '02' },
				DRN,
				TODAY,
			),
		).toEqual({ ...detail, ea: 11, tct: '02' });
	});
});

describe('a bank card', () => {
	const withCheck = (digits: string) => `${digits}${luhnDigit(digits)}`;
	const numbers = [
		withCheck('400000000000000'),
		withCheck('510000000000000'),
		withCheck('222100000000000'),
		withCheck('37000000000000'),
		withCheck('60110000000000000'),
		withCheck('506100000000000000'),
		withCheck('97920000000000000'),
		// Mistaken by the reader, and still nobody's business.
		'4000000000000000',
	];

	it.each(numbers)('%s is known with all that may stand around it', (number) => {
		for (const text of [
			number,
			`${number}=2812101000000000`,
			`;${number}=28121010000000000000?0`,
			`%B${number}^NAME/A^28121010000000000?`,
			` ${number} `,
		]) {
			expect(isBankCard(text)).toBe(true);
			expect(read(text)).toEqual({ refusal: 'bank-card-refused' });
		}
	});

	it('is not a meter card', () => {
		expect(isBankCard(formatRecord2(record()))).toBe(false);
		expect(isBankCard(formatIdRecord(record()))).toBe(false);
		expect(isBankCard('12345')).toBe(false);
	});
});
