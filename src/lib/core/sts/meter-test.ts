/**
 * The tests and displays a class 1 token can ask any meter for (IEC 62055-41 6.3.8, sts.md §2.2): bit
 * n−1 of the control field stands for test n; all bits together for test 0.
 */
import { encodeToken } from './encode.ts';

/** What each test does, by its number. Numbers above 18 are reserved. */
export const METER_TESTS = {
	0: 'all',
	1: 'load-switch',
	2: 'display',
	3: 'total-registers',
	4: 'key-revision',
	5: 'tariff-index',
	6: 'token-input',
	7: 'power-limit',
	8: 'tamper-status',
	9: 'active-power',
	10: 'software-version',
	11: 'phase-unbalance-limit',
	12: 'water-factor',
	13: 'tariff-rate',
	14: 'encryption-algorithm',
	15: 'key-change-tokens',
	16: 'supply-group',
	17: 'key-expiry',
	18: 'meter-number',
} as const;

/** Number of a test. */
export type MeterTestNumber = keyof typeof METER_TESTS;

/** Name of a test. */
export type MeterTestName = (typeof METER_TESTS)[MeterTestNumber];

/** The highest test number the standard has given out. */
export const LAST_METER_TEST = 18;

/** Bits of the control field: 36 for meters of makers with a 2-digit code (1.0), 28 for the others (1.1). */
export const CONTROL_BITS: Readonly<Record<0 | 1, number>> = { 0: 36, 1: 28 };

/** The control field of one test. */
export function controlOfTest(test: MeterTestNumber, subclass: 0 | 1): number {
	return test === 0 ? 2 ** CONTROL_BITS[subclass] - 1 : 2 ** (test - 1);
}

/** The test numbers a control field asks for, rising; `[0]` when every bit is set. Reserved ones are kept. */
export function testsOfControl(control: number, subclass: 0 | 1): readonly number[] {
	const bits = CONTROL_BITS[subclass];
	if (control === 2 ** bits - 1) return [0];
	// Thirty-six bits are too many for the bit operators: whole division instead.
	return Array.from({ length: bits }, (_, at) => at + 1).filter(
		(test) => Math.floor(control / 2 ** (test - 1)) % 2 === 1,
	);
}

/** Name of a test, or nothing for a reserved number. */
export function meterTestName(test: number): MeterTestName | undefined {
	return (METER_TESTS as Readonly<Record<number, MeterTestName>>)[test];
}

/**
 * A test token: the same twenty digits for every meter, without a key, good for ever.
 * @param subclass 0 for makers with a 2-digit code, 1 for those with four
 * @param mfrCode 0 for any maker
 */
export function encodeMeterTest(test: MeterTestNumber, subclass: 0 | 1, mfrCode = 0): string {
	const control = controlOfTest(test, subclass);
	return encodeToken({ classNumber: 1, subclass, fields: { control, mfrCode } });
}
