import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { dateTimeOf, encodeDateTime } from '#lib/core/dlms/axdr/date-time.ts';
import { classRow } from '#lib/core/dlms/cosem/classes.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { selectEntries, selectRange } from '#lib/core/dlms/cosem/selection.ts';
import { wrapKey } from '#lib/core/dlms/security/key-transport.ts';
import { invokeMethod, readAttribute, writeAttribute } from '#lib/core/meter/cosem/answer.ts';
import { clientSetupOf, type ClientSetup } from '#lib/core/meter/cosem/client-setups.ts';
import { parseCosemMeter, storedCosemMeter } from '#lib/core/meter/cosem/cosem-json.ts';
import {
	advanceCosemMeter,
	type CosemMeter,
	createCosemMeter,
} from '#lib/core/meter/cosem/cosem-meter.ts';
import { COSEM_OBJECTS } from '#lib/core/meter/cosem/objects.ts';
import { advance } from '#lib/core/meter/virtual-meter.ts';
import { MADE_MS, meterOnBench } from '../bench-meter.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = MADE_MS + 2 * HOUR_MS;
const MANAGEMENT = clientSetupOf(1) as ClientSetup;
const READING = clientSetupOf(17) as ClientSetup;
const PUBLIC = clientSetupOf(16) as ClientSetup;

/** A meter of 5 kWh that has had 1,200 W for two hours. */
function running(): CosemMeter {
	const made = advance(meterOnBench({ creditWh: 5000 }), { loadW: 1200, instantMs: MADE_MS });
	return advanceCosemMeter(createCosemMeter(made, MADE_MS), NOW_MS);
}

const ask = (meter: CosemMeter, asking = MANAGEMENT, instantMs = NOW_MS) => ({
	...{ meter, asking, instantMs, highestCounter: 0 },
});

const at = (classId: number, name: string, attribute: number) => ({
	...{ classId, logicalName: obis(name), attribute },
});

const calling = (classId: number, name: string, method: number) => ({
	...{ classId, logicalName: obis(name), method },
});

function value(meter: CosemMeter, classId: number, name: string, attribute: number): unknown {
	const outcome = readAttribute(ask(meter), at(classId, name, attribute));
	if ('refused' in outcome) throw new Error(outcome.refused);
	return 'value' in outcome.data ? outcome.data.value : undefined;
}

const clockOctets = (ms: number) => build.octetString(encodeDateTime(dateTimeOf(ms)));

describe('the objects of the virtual meter', () => {
	it('are of classes with tables, and have every attribute of them that can be read', () => {
		const missing = COSEM_OBJECTS.flatMap(({ classId, logicalName, attributes, version }) =>
			(classRow(classId)?.attributes ?? [{ index: -1, name: 'no such class' }])
				.filter(({ index }) => !attributes.some((attribute) => attribute.index === index))
				.map(({ name }) => `${classId} v${version} ${logicalName} ${name}`),
		);
		// The secret is written only, and users are of version 2.
		expect(
			missing.filter((text) => !/^15 v1 .*(secret|user_list|current_user)$/.test(text)),
		).toEqual([]);
		expect(new Set(COSEM_OBJECTS.map(({ logicalName }) => logicalName)).size).toBe(
			COSEM_OBJECTS.length,
		);
	});

	it('show what has flowed', () => {
		const meter = running();
		expect(value(meter, 3, '1.0.1.8.0', 2)).toBe(2400);
		expect(value(meter, 3, '1.0.1.7.0', 2)).toBe(1200);
		expect(value(meter, 3, '1.0.31.7.0', 2)).toBe(522);
		expect(value(meter, 112, '0.0.19.10.0', 2)).toBe(260);
		expect(value(meter, 70, '0.0.96.3.10', 2)).toBe(true);
		expect(value(meter, 111, '0.0.19.0.0', 4)).toEqual(Uint8Array.of(0xc0));
	});

	it('show the STS attributes', () => {
		expect(value(running(), 116, '0.0.19.60.0', 2)).toEqual([
			build.doubleLongUnsigned(600727),
			build.long64Unsigned(12345678903n),
			build.unsigned(0),
		]);
		expect(value(running(), 116, '0.0.19.60.0', 6)).toBe(201457);
	});

	it('come all at once as attribute 0', () => {
		const outcome = readAttribute(ask(running()), at(3, '1.0.1.8.0', 0));
		expect(outcome).toMatchObject({ data: { type: 'structure', value: { length: 3 } } });
	});
});

describe('refusals, in their order', () => {
	it.each([
		['an unknown object', MANAGEMENT, at(3, '9.9.9.9.9', 2), 'object-undefined'],
		['another class', MANAGEMENT, at(4, '1.0.1.8.0', 2), 'object-class-inconsistent'],
		['no right', PUBLIC, at(3, '1.0.1.8.0', 2), 'read-write-denied'],
		['no such attribute', MANAGEMENT, at(3, '1.0.1.8.0', 4), 'read-write-denied'],
		['a negative attribute', MANAGEMENT, at(3, '1.0.1.8.0', -1), 'read-write-denied'],
		[
			'a selection of what has none',
			MANAGEMENT,
			{ ...at(3, '1.0.1.8.0', 2), selection: selectEntries(1, 1) },
			'other-reason',
		],
	] as const)('of reading %s', (_, asking, target, refused) => {
		expect(readAttribute(ask(running(), asking), target)).toEqual({ refused });
	});

	it('of writing', () => {
		const time = clockOctets(NOW_MS);
		const write = (asking: ClientSetup, target: ReturnType<typeof at>, data: Data) =>
			writeAttribute(ask(running(), asking), target, data);
		const clock = at(8, '0.0.1.0.0', 2);
		expect(write(READING, clock, time)).toEqual({ refused: 'read-write-denied' });
		expect(write(MANAGEMENT, at(112, '0.0.19.10.0', 2), time)).toEqual({
			refused: 'read-write-denied',
		});
		expect(write(MANAGEMENT, clock, build.unsigned(1))).toEqual({ refused: 'type-unmatched' });
		expect(write(MANAGEMENT, clock, build.octetString(new Uint8Array(12).fill(0xff)))).toEqual({
			refused: 'other-reason',
		});
		expect(write(MANAGEMENT, clock, clockOctets(0))).toEqual({ refused: 'other-reason' });
	});

	it('of methods', () => {
		const call = (asking: ClientSetup, target: ReturnType<typeof calling>, data?: Data) =>
			invokeMethod(ask(running(), asking), target, data);
		expect(call(READING, calling(70, '0.0.96.3.10', 1))).toEqual({ refused: 'read-write-denied' });
		expect(call(MANAGEMENT, calling(70, '0.0.96.3.10', 3))).toEqual({
			refused: 'object-undefined',
		});
		expect(call(MANAGEMENT, calling(115, '0.0.19.40.0', 1))).toEqual({ refused: 'type-unmatched' });
		expect(call(MANAGEMENT, calling(112, '0.0.19.10.0', 1), build.doubleLong(5))).toEqual({
			refused: 'object-undefined',
		});
	});
});

describe('the clock', () => {
	it('is set by writing and shifted by a method', () => {
		const wanted = Date.UTC(2025, 5, 1, 10, 7);
		const written = writeAttribute(ask(running()), at(8, '0.0.1.0.0', 2), clockOctets(wanted));
		if ('refused' in written) throw new Error(written.refused);
		expect(value(written.meter, 8, '0.0.1.0.0', 2)).toEqual(encodeDateTime(dateTimeOf(wanted)));
		const shift = calling(8, '0.0.1.0.0', 6);
		const shifted = invokeMethod(ask(written.meter), shift, build.long(-420));
		if ('refused' in shifted) throw new Error(shifted.refused);
		expect(shifted.meter.meter.clockOffsetMs).toBe(wanted - 420_000 - NOW_MS);
		expect(invokeMethod(ask(running()), shift, build.long(901))).toEqual({
			refused: 'other-reason',
		});
		const later = advanceCosemMeter(shifted.meter, NOW_MS + HOUR_MS);
		expect(later.loadProfile.rows.at(-1)?.clockMs).toBe(Date.UTC(2025, 5, 1, 11));
	});
});

describe('the load profile', () => {
	const rowsOf = (selection?: ReturnType<typeof selectEntries>) => {
		const target = { ...at(7, '1.0.99.1.0', 2), ...(selection && { selection }) };
		const outcome = readAttribute(ask(running()), target);
		if ('refused' in outcome || outcome.data.type !== 'array') throw new Error('no rows');
		return outcome.data.value.map((row) => (row.type === 'structure' ? row.value : []));
	};
	const CLOCK_COLUMN = {
		...{ classId: 8, logicalName: obis('0.0.1.0.0'), attribute: 2, dataIndex: 0 },
	};
	const ENERGY_COLUMN = {
		...{ classId: 3, logicalName: obis('1.0.1.8.0'), attribute: 2, dataIndex: 0 },
	};

	it('has a row each full quarter, with what had flowed by then', () => {
		const rows = rowsOf();
		expect(rows).toHaveLength(8);
		expect(rows.map((row) => row[1])).toEqual(
			[300, 600, 900, 1200, 1500, 1800, 2100, 2400].map(build.doubleLongUnsigned),
		);
	});

	it('gives the rows and columns that are selected by entry', () => {
		expect(rowsOf(selectEntries(2, 3, 2, 2))).toEqual(
			[600, 900].map((wh) => [build.doubleLongUnsigned(wh)]),
		);
		expect(rowsOf(selectEntries(7, 0))).toHaveLength(2);
		expect(rowsOf(selectEntries(9, 20))).toEqual([]);
	});

	it('gives the rows in a range of time, or of another column', () => {
		const [from, to] = [clockOctets(MADE_MS + HOUR_MS), clockOctets(MADE_MS + 1.5 * HOUR_MS)];
		expect(rowsOf(selectRange(CLOCK_COLUMN, from, to, [ENERGY_COLUMN]))).toEqual(
			[1200, 1500, 1800].map((wh) => [build.doubleLongUnsigned(wh)]),
		);
		const [least, most] = [build.doubleLongUnsigned(301), build.doubleLongUnsigned(899)];
		expect(rowsOf(selectRange(ENERGY_COLUMN, least, most))).toHaveLength(1);
	});

	it('refuses a range of a column it does not have', () => {
		const selection = selectRange({ ...ENERGY_COLUMN, attribute: 3 }, build.long(0), build.long(1));
		expect(readAttribute(ask(running()), { ...at(7, '1.0.99.1.0', 2), selection })).toEqual({
			refused: 'other-reason',
		});
	});

	it('keeps the newest rows after a long pause', () => {
		const later = advanceCosemMeter(running(), NOW_MS + 400 * 24 * HOUR_MS);
		expect(later.loadProfile.rows).toHaveLength(2880);
		expect(later.loadProfile.capturedMs).toBe(NOW_MS + 400 * 24 * HOUR_MS);
	});
});

describe('remote disconnection', () => {
	it('takes the load off, and puts it back', () => {
		const control = (method: number) => calling(70, '0.0.96.3.10', method);
		const off = invokeMethod(ask(running()), control(1), build.integer(0));
		if ('refused' in off) throw new Error(off.refused);
		expect(value(off.meter, 70, '0.0.96.3.10', 3)).toBe(0);
		const later = advanceCosemMeter(off.meter, NOW_MS + HOUR_MS);
		expect(value(later, 3, '1.0.1.8.0', 2)).toBe(2400);
		const on = invokeMethod(
			ask(later, MANAGEMENT, NOW_MS + HOUR_MS),
			calling(9, '0.0.10.0.106', 1),
			build.longUnsigned(2),
		);
		if ('refused' in on) throw new Error(on.refused);
		expect(on.meter.meter.supply.loadW).toBe(1200);
	});

	it('closes for nobody without credit', () => {
		const empty = advanceCosemMeter(running(), NOW_MS + 24 * HOUR_MS);
		expect(invokeMethod(ask(empty), calling(70, '0.0.96.3.10', 2), build.integer(0))).toEqual({
			refused: 'temporary-failure',
		});
		expect(value(empty, 112, '0.0.19.10.0', 8)).toBe(4);
	});
});

describe('a key transfer', () => {
	const TRANSFER = calling(64, '0.0.43.0.0', 2);
	const carry = (
		id: number,
		key: Uint8Array,
		master = parseHex('404142434445464748494a4b4c4d4e4f'),
	) => build.structure(build.enumerated(id), build.octetString(wrapKey(master, key)));
	const key = new Uint8Array(16).fill(0xee);

	it('takes all keys that are wrapped under the master key', () => {
		const moved = invokeMethod(ask(running()), TRANSFER, build.array(carry(0, key), carry(2, key)));
		if ('refused' in moved) throw new Error(moved.refused);
		expect(moved.meter.keySets[0]).toMatchObject({
			unicastHex: formatHex(key),
			authenticationHex: formatHex(key),
		});
		expect(moved.meter.keySets[1]).toEqual(running().keySets[1]);
	});

	it.each([
		['under another key', build.array(carry(0, key), carry(2, key, key))],
		['of another length', build.array(carry(0, new Uint8Array(32)))],
		['of another sort', build.array(carry(9, key))],
	])('takes none where one is %s', (_, parameter) => {
		expect(invokeMethod(ask(running()), TRANSFER, parameter)).toEqual({ refused: 'other-reason' });
	});
});

describe('a stored meter', () => {
	const stored = () =>
		JSON.parse(JSON.stringify(storedCosemMeter({ meter: running(), counters: { send: 3 } }))) as {
			version: number;
			cosem: Record<string, unknown>;
		};

	it('is read back as it was', () => {
		expect(parseCosemMeter(stored())).toEqual({ meter: running(), counters: { send: 3 } });
	});

	it.each([
		['nothing', null, { refusal: 'not-a-meter' }],
		['another version', { ...stored(), version: 3 }, { refusal: 'unknown-version' }],
		[
			'another count',
			{ ...stored(), cosem: { ...stored().cosem, restarts: 0.5 } },
			{ refusal: 'corrupt', place: 'cosem.restarts' },
		],
		[
			'another clock',
			{
				...stored(),
				cosem: { ...stored().cosem, meter: { ...running().meter, clockOffsetMs: 0.5 } },
			},
			{ refusal: 'corrupt', place: 'cosem.meter.clockOffsetMs' },
		],
		[
			'another meter',
			{ ...stored(), cosem: { ...stored().cosem, meter: { version: 1 } } },
			{ refusal: 'corrupt', place: 'cosem.meter.drn' },
		],
	])('is refused where it is %s', (_, value, refusal) => {
		expect(parseCosemMeter(value)).toEqual(refusal);
	});
});
