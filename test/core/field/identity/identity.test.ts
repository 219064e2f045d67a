import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { dateTimeOf, encodeDateTime } from '#lib/core/dlms/axdr/date-time.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { compareMeter } from '#lib/core/field/identity/expected-meter.ts';
import { publicFactsOf, publicTargets } from '#lib/core/field/identity/meter-identity.ts';

const text = (value: string): Data => build.octetString(build.asciiOctets(value));
const facts = (...data: (Data | undefined)[]) =>
	publicFactsOf(data.map((each) => (each ? { data: each } : { error: 4 })));

describe('who a meter says it is', () => {
	it('is read from four objects, the counter where the profile has it', () => {
		const targets = publicTargets(obis('0.0.43.1.7.255'));
		expect(targets.map(({ classId, logicalName }) => `${classId} ${logicalName}`)).toEqual([
			'1 0.0.42.0.0.255',
			'1 0.0.96.1.0.255',
			'8 0.0.1.0.0.255',
			'1 0.0.43.1.7.255',
		]);
		const time = dateTimeOf(Date.UTC(2026, 0, 5));
		expect(
			facts(
				text('TKL0012345678903'),
				build.visibleString('12345678903\0\0 '),
				build.octetString(encodeDateTime(time)),
				build.doubleLongUnsigned(41),
			),
		).toEqual({
			deviceName: 'TKL0012345678903',
			serialNumber: '12345678903',
			clock: time,
			counter: 41,
		});
	});

	it('is less where the meter has less, or says rubbish', () => {
		expect(facts()).toEqual({});
		expect(facts(undefined, undefined, undefined, undefined)).toEqual({});
		expect(
			facts(
				build.octetString(Uint8Array.of(0, 1, 2)),
				build.octetString(new Uint8Array()),
				build.octetString(new Uint8Array(11)),
				text('7'),
			),
		).toEqual({});
		expect(facts(build.NULL_DATA, build.structure(), build.NULL_DATA, build.NULL_DATA)).toEqual({});
		expect(facts(undefined, build.doubleLongUnsigned(4711))).toEqual({ serialNumber: '4711' });
		expect(facts(text('x'.repeat(5000))).deviceName).toHaveLength(64);
	});
});

describe('the meter that was meant', () => {
	it('is any where nothing is expected', () => {
		expect(compareMeter({}, {})).toEqual({ kind: 'same' });
		expect(compareMeter({ systemTitle: '0011223344556677' }, {})).toEqual({ kind: 'same' });
	});

	it('is known by what both know of it', () => {
		const found = { deviceName: 'A', serialNumber: ' 1 ' };
		expect(compareMeter({ deviceName: 'A' }, found)).toEqual({ kind: 'same' });
		expect(compareMeter({ deviceName: 'A', serialNumber: '1' }, found)).toEqual({ kind: 'same' });
		expect(compareMeter({ deviceName: 'A', serialNumber: '1' }, { deviceName: 'A' })).toEqual({
			kind: 'same',
		});
	});

	it('is another one by any one fact', () => {
		expect(
			compareMeter({ deviceName: 'A', serialNumber: '2' }, { deviceName: 'A', serialNumber: '1' }),
		).toEqual({
			kind: 'other',
			fact: 'serialNumber',
			expected: '2',
			found: '1',
		});
	});

	it('cannot be told where the meter tells nothing', () => {
		expect(compareMeter({ deviceName: 'A' }, { serialNumber: '1' })).toEqual({ kind: 'untold' });
	});
});
