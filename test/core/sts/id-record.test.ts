import { describe, expect, it } from 'vitest';
import {
	formatIdRecord,
	formatRecord2,
	isIdRecordExpired,
	parseIdRecord,
	parseRecord2,
	type IdRecord,
} from '#lib/core/sts/id-record.ts';

const RECORD: IdRecord = {
	...{ pan: '600727000000000009', doe: '0000', tct: '01', ea: 7 },
	...{ sgc: '201457', ti: 1, krn: 1 },
};
const DATED = { ...RECORD, doe: '0406' };

describe('an ID record', () => {
	it('is 35 digits', () => {
		const text = '00000260060135803400000207999907012';
		expect(parseIdRecord(text)).toEqual({
			...{ pan: '000002600601358034', doe: '0000', tct: '02', ea: 7 },
			...{ sgc: '999907', ti: 1, krn: 2 },
		});
		expect(formatIdRecord(parseIdRecord(text) as IdRecord)).toBe(text);
	});

	it('becomes Record 2 with and without a date, and back', () => {
		expect(formatRecord2(RECORD)).toBe('600727000000000009===0107201457011');
		expect(formatRecord2(DATED)).toBe('600727000000000009=0406=0107201457011');
		for (const record of [RECORD, DATED]) {
			expect(parseRecord2(formatRecord2(record))).toEqual(record);
			expect(parseRecord2(`;${formatRecord2(record)}?5`)).toEqual(record);
			expect(parseRecord2(`\u0002${formatRecord2(record)}\u0003`)).toEqual(record);
			expect(parseIdRecord(formatIdRecord(record))).toEqual(record);
		}
	});

	it.each([
		['', 'empty'],
		['0000026006013580340000020799990701', 'wrong-shape'],
		['00000260060135803500000207999907012', 'pan-check-digit'],
		['00000260060135803404130207999907012', 'expiry-month'],
		['00000260060135803400000209999907012', 'unknown-ea'],
		['00000260060135803400000207999907010', 'krn-out-of-range'],
	])('%j is refused by name: %s', (text, refusal) => {
		expect(parseIdRecord(text)).toEqual({ refusal });
	});

	it('of a card that is no Record 2 is refused', () => {
		expect(parseRecord2('600727000000000009==0107201457011')).toEqual({ refusal: 'wrong-shape' });
		expect(parseRecord2('hello')).toEqual({ refusal: 'wrong-shape' });
	});

	it('expires after the last day of its month', () => {
		expect(isIdRecordExpired(DATED, { year: 2004, month: 6, day: 30 })).toBe(false);
		expect(isIdRecordExpired(DATED, { year: 2004, month: 7, day: 1 })).toBe(true);
		expect(isIdRecordExpired(DATED, { year: 2005, month: 1, day: 1 })).toBe(true);
		expect(isIdRecordExpired(RECORD, { year: 2099, month: 1, day: 1 })).toBe(false);
	});
});
