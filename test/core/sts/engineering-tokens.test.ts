/** Class 1 and class 2 tokens by what they do. */
import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { creditRegisterName } from '#lib/core/sts/credit-register.ts';
import { decodeToken } from '#lib/core/sts/decode.ts';
import {
	extendedFlagName,
	extendedValue,
	flagValue,
	readExtendedControl,
	readExtendedValue,
} from '#lib/core/sts/extended-set.ts';
import { encodeManagementToken, type ManagementOrder } from '#lib/core/sts/management-token.ts';
import {
	encodeMeterTest,
	LAST_METER_TEST,
	meterTestName,
	testsOfControl,
	type MeterTestNumber,
} from '#lib/core/sts/meter-test.ts';

const CIPHER = prepareCipher(7, parseHex('0abc12def3456789'));

describe('a meter test token', () => {
	it.each<[MeterTestNumber, 0 | 1, string]>([
		[0, 0, '56493153725450313471'],
		[0, 1, '02305843005052951967'],
		[1, 0, '00000000000150997584'],
		[1, 1, '01152921509036054672'],
	])('%i of subclass %i is %s', (test, subclass, digits) => {
		expect(encodeMeterTest(test, subclass)).toBe(digits);
	});

	it('asks for exactly its test, in both forms', () => {
		for (let test = 0; test <= LAST_METER_TEST; test += 1)
			for (const subclass of [0, 1] as const) {
				expect(meterTestName(test)).toBeTypeOf('string');
				const decoded = decodeToken(encodeMeterTest(test as MeterTestNumber, subclass, 9));
				if (!('token' in decoded) || decoded.token.kind !== 'meter-test') throw new Error('lost');
				expect(decoded.token.fields.mfrCode).toBe(9);
				expect(testsOfControl(decoded.token.fields.control, subclass)).toEqual([test]);
			}
	});

	it('may ask for several, and reserved numbers have no name', () => {
		expect(testsOfControl(0b101, 0)).toEqual([1, 3]);
		expect(testsOfControl(2 ** 35, 0)).toEqual([36]);
		expect(meterTestName(36)).toBeUndefined();
	});
});

describe('an extended token', () => {
	it('is an index and a control value, or one flag', () => {
		expect(extendedValue(0, 123)).toBe(0x007b);
		expect(flagValue(0, 0)).toBe(0xfc00);
		expect(flagValue(0, 1)).toBe(0xfc01);
		expect(readExtendedValue(0x007b)).toEqual({ index: 0, controlValue: 123 });
		expect(readExtendedValue(flagValue(11, 1))).toEqual({
			index: 63,
			flagNumber: 11,
			flag: 'tariff-index-fallback-power-limit',
			flagValue: 1,
		});
		expect(readExtendedValue(flagValue(12, 0))).toMatchObject({ flagNumber: 12, flag: undefined });
		expect(extendedFlagName(2)).toBe('disconnect-service');
		expect(() => extendedValue(64, 0)).toThrow(RangeError);
		expect(() => flagValue(512, 0)).toThrow(RangeError);
	});

	it('that reads has its index in the upper six bits of the control', () => {
		expect(readExtendedControl(0)).toEqual({ index: 0, rest: 0 });
		expect(readExtendedControl(0xf_c000_0000)).toEqual({ index: 63, rest: 0 });
		expect(readExtendedControl(0xf_ffff_ffff)).toEqual({ index: 63, rest: 2 ** 30 - 1 });
	});
});

describe('a management token', () => {
	it.each<[ManagementOrder, number, number, object]>([
		[{ kind: 'set-power-limit', watts: 20_000 }, 0, 0x416a, { watts: 20_004 }],
		[{ kind: 'clear-credit', register: 0xffff }, 1, 0xffff, {}],
		[{ kind: 'set-tariff-rate', value: 7 }, 2, 7, {}],
		[{ kind: 'clear-tamper' }, 5, 0, {}],
		[{ kind: 'set-phase-unbalance-limit', watts: 256 }, 6, 256, { watts: 256 }],
		[{ kind: 'set-water-factor', value: 9 }, 7, 9, {}],
		[{ kind: 'extended-set', value: 0xfc01 }, 10, 0xfc01, {}],
	])('%j is subclass %i with value %i', (order, subclass, value, more) => {
		const made = encodeManagementToken(order, { tid: 77, rnd: 5 }, CIPHER);
		expect(made).toMatchObject(more);
		if ('refusal' in made) throw new Error(made.refusal);
		expect(decodeToken(made.digits, CIPHER)).toMatchObject({
			token: { kind: order.kind, classNumber: 2, subclass, fields: { rnd: 5, tid: 77, value } },
		});
	});

	it('refuses a limit no field can carry', () => {
		const order = { kind: 'set-power-limit', watts: 18_201_625 } as const;
		expect(encodeManagementToken(order, { tid: 1, rnd: 5 }, CIPHER)).toEqual({
			refusal: 'amount-too-large',
		});
	});

	it('names the credit registers', () => {
		expect(creditRegisterName(0)).toBe('electricity');
		expect(creditRegisterName(0xffff)).toBe('all');
		expect(creditRegisterName(8)).toBeUndefined();
	});
});
