import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { parseHex } from '#lib/core/bytes/hex.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { decodeData } from '#lib/core/dlms/axdr/decode.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import { columnsIn, unitReads, withUnit } from '#lib/core/field/profile-reading/columns.ts';
import { MAX_CELL_TEXT, type RowReader, rowsIn } from '#lib/core/field/profile-reading/rows.ts';
import { ASSUME_UTC } from '#lib/core/field/meter-time.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { scalerUnitData } from '#lib/core/dlms/cosem/scaled.ts';
import { capture, instantOfRow, timeData } from './profile-meter.ts';

function reader(captures: readonly Data[], more: Partial<RowReader> = {}): RowReader {
	const columns = columnsIn(build.array(...captures));
	if (!columns) throw new Error('no columns');
	return { columns, periodS: 900, order: 'oldest-first', zone: ASSUME_UTC, ...more };
}

interface VectorRow {
	readonly id: string;
	readonly expected: string;
}

const CLOCK = capture(8, '0.0.1.0.0', 2);
const ENERGY = capture(3, '1.0.1.8.0', 2);
const POWER = capture(3, '1.0.1.7.0', 2);
const u32 = build.doubleLongUnsigned;
const rows = (buffer: Data, made: RowReader) => rowsIn(buffer, made).rows;

describe('what a row leaves out', () => {
	const row = (...values: Data[]) => build.structure(...values);

	it('is as in the row before, and for the time one period on', () => {
		const buffer = build.array(
			row(timeData(instantOfRow(0)), u32(7), u32(50)),
			row(build.NULL_DATA, build.NULL_DATA, u32(51)),
			row(build.NULL_DATA, u32(8), build.NULL_DATA),
		);
		const read = rows(buffer, reader([CLOCK, ENERGY, POWER]));
		expect(read.map(({ cells }) => cells)).toEqual([
			[instantOfRow(0), 7, 50],
			[instantOfRow(1), 7, 51],
			[instantOfRow(2), 8, 51],
		]);
		expect(read.map(({ atMs }) => atMs)).toEqual([0, 1, 2].map((at) => instantOfRow(at)));
	});

	it('is one period back where the newest stand first', () => {
		const buffer = build.array(
			row(timeData(instantOfRow(5), -60), u32(7)),
			row(build.NULL_DATA, build.NULL_DATA),
		);
		const read = rows(buffer, reader([CLOCK, ENERGY], { order: 'newest-first' }));
		expect(read[1]).toEqual({
			...{ atMs: instantOfRow(4), deviation: -60, daylightSaving: false },
			cells: [instantOfRow(4), 7],
		});
	});

	it('is nothing in the first row', () => {
		const buffer = build.array(row(build.NULL_DATA, build.NULL_DATA));
		expect(rows(buffer, reader([CLOCK, ENERGY]))[0]).toMatchObject({
			...{ atMs: null, cells: [null, null] },
		});
	});

	it('may be a difference', () => {
		const buffer = build.array(
			row(timeData(instantOfRow(0)), u32(1000)),
			row(build.NULL_DATA, { type: 'delta-unsigned', value: 5 }),
			row(build.NULL_DATA, { type: 'delta-integer', value: -2 }),
		);
		expect(rows(buffer, reader([CLOCK, ENERGY])).map(({ cells }) => cells[1])).toEqual([
			...[1000, 1005, 1003],
		]);
		const alone = build.array(row(timeData(0), { type: 'delta-long', value: 5 }));
		expect(rows(alone, reader([CLOCK, ENERGY]))[0]?.cells[1]).toBeNull();
	});
});

describe('rows', () => {
	it('come out of a compact-array as out of an array', () => {
		const values = [0, 1, 2].map((at) => build.structure(timeData(instantOfRow(at)), u32(at)));
		const compact = build.compactArray(
			{
				type: 'structure',
				elements: [{ type: 'octet-string' }, { type: 'double-long-unsigned' }],
			},
			...values,
		);
		const made = reader([CLOCK, ENERGY]);
		const decoded = decodeData(encodeData(compact));
		expect(rowsIn(decoded, made)).toEqual(rowsIn(build.array(...values), made));
		expect(rowsIn(decoded, made).rows).toHaveLength(3);
	});

	it('of a profile as a real meter sent it', () => {
		const file = new URL('../../../vectors/dlms-vectors.json', import.meta.url);
		const vectors = JSON.parse(readFileSync(file, 'utf8')) as { vectors: VectorRow[] };
		const found = vectors.vectors.find(({ id }) => id === 'axdr-profile');
		const captures = [CLOCK, capture(1, '0.0.96.10.1', 2), ENERGY, capture(3, '1.0.2.8.0', 2)];
		const made = reader(captures, { periodS: 3600 });
		const read = rowsIn(decodeData(parseHex(found?.expected ?? '')), made);
		const first = Date.UTC(2019, 11, 31, 23) - 60 * 60_000;
		expect(read.rubbish).toBe(0);
		expect(read.rows.map(({ cells }) => cells)).toEqual(
			[0, 1, 2, 3].map((at) => [first + at * 3_600_000, 6, 1517, 1620]),
		);
	});

	it('hold whole numbers of any size, texts, bits and structures, each cut to what can be shown', () => {
		const captures = [
			...[capture(3, '1.0.1.8.0', 2), capture(1, '0.0.96.1.0', 2), capture(1, '0.0.96.10.1', 2)],
			...[capture(115, '0.0.19.40.0', 6), capture(1, '0.0.96.5.0', 2), capture(1, '0.0.96.5.1', 2)],
		];
		const buffer = build.array(
			build.structure(
				build.long64Unsigned(2n ** 64n - 1n),
				build.octetString(new Uint8Array(400).fill(0x41)),
				build.bitString(Uint8Array.of(0xa0), 3),
				build.structure(build.enumerated(3), build.bitString(Uint8Array.of(0x80), 8)),
				build.boolean(true),
				build.float32(NaN),
			),
		);
		const [row] = rows(buffer, reader(captures));
		expect(row?.cells).toEqual([
			...[2n ** 64n - 1n, 'A'.repeat(64), '101', '(3, 10000000)', 1, null],
		]);
		expect(String(row?.cells[1]).length).toBeLessThanOrEqual(MAX_CELL_TEXT);
	});

	it('show of a token only its end', () => {
		const captures = [CLOCK, capture(115, '0.0.19.40.0', 2)];
		const entered = (octets: Uint8Array) =>
			rows(
				build.array(build.structure(timeData(0), build.octetString(octets))),
				reader(captures),
			)[0]?.cells[1];
		expect(entered(build.asciiOctets('12345678901234567890'))).toBe('…7890');
		expect(entered(parseHex('12345678901234567890'))).toBe('…7890');
		expect(entered(build.asciiOctets('1234567890123456789x'))).toBe('(20)');
		expect(entered(new Uint8Array())).toBeNull();
	});

	it('may have a unix clock, or one column that is no structure', () => {
		const unix = [capture(1, '0.0.1.1.0', 2), ENERGY];
		expect(
			rows(build.array(build.structure(u32(1_800_000_000), u32(1))), reader(unix))[0]?.atMs,
		).toBe(1_800_000_000_000);
		expect(rows(build.array(u32(1), build.structure(u32(2))), reader([ENERGY]))).toMatchObject([
			...[{ cells: [1] }, { cells: [2] }],
		]);
	});

	it('of another shape are counted and left out', () => {
		const buffer = build.array(u32(1), build.structure(u32(1)), build.NULL_DATA);
		expect(rowsIn(buffer, reader([CLOCK, ENERGY]))).toEqual({ rows: [], rubbish: 3 });
		expect(rowsIn(build.visibleString('no'), reader([CLOCK]))).toEqual({ rows: [], rubbish: 0 });
	});
});

describe('the units of columns', () => {
	const account = obis('0.0.19.0.0');
	const columns = columnsIn(
		build.array(
			...[CLOCK, ENERGY, capture(5, '1.0.1.4.0', 3), capture(112, '0.0.19.10.0', 2)],
			...[capture(113, '0.0.19.20.0', 12), capture(1, '0.0.96.11.0', 2), ENERGY],
		),
	);

	it('are asked for once each, amounts of the account', () => {
		expect(unitReads(columns ?? [], account)).toEqual([
			{ classId: 3, logicalName: obis('1.0.1.8.0'), attribute: 3 },
			{ classId: 5, logicalName: obis('1.0.1.4.0'), attribute: 4 },
			{ classId: 111, logicalName: account, attribute: 15 },
		]);
		expect(unitReads(columns ?? [], null)).toHaveLength(2);
	});

	it('come to every column they are of, rubbish to none', () => {
		const [energy, , currency] = unitReads(columns ?? [], account);
		const wh = withUnit(columns ?? [], account, energy!, scalerUnitData({ scaler: 1, unit: 30 }));
		expect(wh.map(({ unit }) => unit)).toEqual(['', 'Wh', '', '', '', '', 'Wh']);
		const kes = build.structure(build.visibleString('KES'), build.integer(-2), build.enumerated(2));
		const both = withUnit(wh, account, currency!, kes);
		expect(both.map(({ unit, scaler }) => `${scaler}${unit}`)).toEqual([
			...['0', '1Wh', '0', '-2KES', '-2KES', '0', '1Wh'],
		]);
		expect(withUnit(both, account, energy!, build.unsigned(3))).toBe(both);
		expect(withUnit(both, account, currency!, build.structure())).toBe(both);
	});
});
