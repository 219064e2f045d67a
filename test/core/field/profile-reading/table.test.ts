import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { columnsIn, type ProfileColumn } from '#lib/core/field/profile-reading/columns.ts';
import { csvHeader, csvLines, csvText } from '#lib/core/field/profile-reading/csv.ts';
import { downSample, firstIndexFrom } from '#lib/core/field/profile-reading/down-sample.ts';
import { keepRows, NO_ROWS } from '#lib/core/field/profile-reading/kept-rows.ts';
import { loggedEvents, namesNewestFirst } from '#lib/core/field/profile-reading/logged-events.ts';
import type { Cell, ProfileRow } from '#lib/core/field/profile-reading/rows.ts';
import { profileTable, stepsOf } from '#lib/core/field/profile-reading/table.ts';
import { ASSUME_UTC } from '#lib/core/field/meter-time.ts';
import { capture, instantOfRow } from './profile-meter.ts';

const COLUMNS: readonly ProfileColumn[] = (
	columnsIn(
		build.array(
			capture(8, '0.0.1.0.0', 2),
			capture(3, '1.0.1.8.0', 2),
			capture(1, '0.0.96.1.0', 2),
		),
	) ?? []
).map((column, at) => (at === 1 ? { ...column, scaler: -1, unit: 'Wh' } : column));
const SHAPE = {
	columns: [...COLUMNS],
	periodS: 900,
	order: 'oldest-first' as const,
	entriesInUse: null,
};

const row = (atMs: number | null, value: Cell, text: Cell = null, deviation = 0): ProfileRow => ({
	...{ atMs, deviation, daylightSaving: false },
	cells: [atMs, value, text],
});

describe('a table for charts', () => {
	it('stands oldest first, whatever the order, with a gap where rows are missing', () => {
		const rows = [5, 4, 1, 0].map((at) => row(instantOfRow(at), at * 10));
		const { times, columns, leftOut } = profileTable(SHAPE, rows);
		const middle = (instantOfRow(1) + instantOfRow(4)) / 2;
		expect([...times]).toEqual([
			...[instantOfRow(0), instantOfRow(1), middle, instantOfRow(4), instantOfRow(5)],
		]);
		expect([...columns[0]!.values]).toEqual([0, 1, NaN, 4, 5]);
		expect(columns).toHaveLength(1);
		expect(leftOut).toBe(0);
	});

	it('has one row per instant, and none without a time', () => {
		const rows = [row(0, 10), row(null, 20), row(0, 30), row(900_000, null)];
		const { times, columns, leftOut } = profileTable(SHAPE, rows);
		expect([...times]).toEqual([0, 900_000]);
		expect([...columns[0]!.values]).toEqual([1, NaN]);
		expect(leftOut).toBe(2);
	});

	it('goes through the hours of daylight saving without a gap or a fold', () => {
		// A local clock shows 01:45, 02:00 … twice; instants do not.
		const rows = Array.from({ length: 12 }, (_, at) =>
			row(Date.UTC(2026, 9, 25) + at * 900_000, at, null, at < 4 ? -120 : -60),
		);
		const { times } = profileTable(SHAPE, rows);
		expect(times.every((time, at) => at === 0 || time - times[at - 1]! === 900_000)).toBe(true);
	});

	it('scales as the decimal says, and keeps large numbers', () => {
		const { columns } = profileTable(SHAPE, [row(0, 3), row(900_000, 2n ** 64n)]);
		expect([...columns[0]!.values]).toEqual([0.3, Number(2n ** 64n) / 10]);
	});

	it('gives what each row adds, where it does', () => {
		const values = Float64Array.of(10, 12, NaN, 15, 3, 3);
		expect([...stepsOf(values)]).toEqual([NaN, 2, NaN, NaN, NaN, 0]);
	});
});

describe('a curve for so many pixels', () => {
	it('keeps every peak and stays in its frame', () => {
		const curve = fc.array(
			fc.record({
				step: fc.integer({ min: 1, max: 50 }),
				value: fc.integer({ min: -99, max: 99 }),
			}),
			{ maxLength: 200 },
		);
		fc.assert(
			fc.property(curve, fc.integer({ min: 1, max: 40 }), (points, pixels) => {
				let time = 0;
				const times = Float64Array.from(points, ({ step }) => (time += step));
				const values = Float64Array.from(points, ({ value }) => value);
				const [from, to] = [100, 900];
				const buckets = downSample({ times, values }, from, to, pixels);
				const shown = [...values].filter((_, at) => times[at]! >= from && times[at]! <= to);
				expect(buckets.length).toBeLessThanOrEqual(pixels);
				expect(Math.max(...buckets.map(({ greatest }) => greatest))).toBe(Math.max(...shown));
				expect(Math.min(...buckets.map(({ least }) => least))).toBe(Math.min(...shown));
				expect(buckets.map(({ pixel }) => pixel)).toEqual(
					[...new Set(buckets.map(({ pixel }) => pixel))].toSorted((a, b) => a - b),
				);
				expect(buckets.every(({ pixel }) => pixel >= 0 && pixel < pixels)).toBe(true);
			}),
		);
	});

	it('is broken where values are missing', () => {
		const times = Float64Array.of(0, 1, 2, 3, 4);
		const values = Float64Array.of(5, NaN, 7, 8, 9);
		const buckets = downSample({ times, values }, 0, 4, 5);
		expect(buckets.map(({ pixel, broken }) => [pixel, broken])).toEqual([
			...[[0, true] as const, [2, true] as const, [3, false] as const, [4, false] as const],
		]);
		expect(downSample({ times, values }, 0, 4, 1)).toEqual([
			...[{ pixel: 0, least: 5, greatest: 9, first: 5, last: 9, broken: true }],
		]);
	});

	it('is empty outside its time, and refuses a chart of nothing', () => {
		const curve = { times: Float64Array.of(5), values: Float64Array.of(1) };
		expect(downSample(curve, 6, 9, 10)).toEqual([]);
		expect(() => downSample(curve, 0, 9, 0)).toThrow(RangeError);
		expect(() => downSample(curve, 9, 9, 10)).toThrow(RangeError);
		expect([4, 5, 6].map((at) => firstIndexFrom(curve.times, at))).toEqual([0, 0, 1]);
	});
});

describe('CSV', () => {
	it('has units in its header, times with their offset, numbers exact', () => {
		const rows = [
			row(Date.UTC(2026, 10, 29, 10, 15), 12_345, 'ok', -120),
			row(Date.UTC(2026, 10, 29, 10, 30), 2n ** 64n, null, -120),
			row(null, null, 'a "b", c'),
		];
		expect(csvHeader(COLUMNS, ['Time', 'Energy']) + csvLines(COLUMNS, rows, ASSUME_UTC)).toBe(
			'Time,Energy (Wh),0.0.96.1.0.255/2\r\n' +
				'2026-11-29T12:15:00+02:00,1234.5,ok\r\n' +
				'2026-11-29T12:30:00+02:00,1844674407370955161.6,\r\n' +
				',,"a ""b"", c"\r\n',
		);
	});

	it('writes the assumed offset where the meter says none, and floats as they are', () => {
		const odd = { ...row(0, 0.25), deviation: null, daylightSaving: true };
		const zone = { deviation: -60, daylightSavingMin: 60 };
		expect(csvLines(COLUMNS, [odd], zone)).toBe('1970-01-01T02:00:00+02:00,0.025,\r\n');
	});

	it.each(['=1+1', '+1', '-1', '@sum', '\tx', '\rx'])('makes %j no formula', (text) => {
		expect(csvText(text).replace(/^"/, '')[0]).toBe("'");
	});

	it('leaves negative numbers numbers', () => {
		expect(csvLines(COLUMNS, [row(0, -15)], ASSUME_UTC)).toContain(',-1.5,');
	});

	it('can be read back field by field', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const field = csvText(text);
				const quoted = field.startsWith('"');
				const back = quoted ? field.slice(1, -1).replaceAll('""', '"') : field;
				expect(back === text || back === `'${text}`).toBe(true);
				expect(quoted || !/[",\r\n]/.test(field)).toBe(true);
			}),
		);
	});
});

describe('an event log', () => {
	const columns = columnsIn(
		build.array(
			capture(8, '0.0.1.0.0', 2),
			capture(3, '1.0.1.8.0', 2),
			capture(1, '0.0.96.11.0', 2),
		),
	)!;
	const codes = { 11: 'relay-opened', 20: 'tamper-detected' } as const;

	it('names its codes by the table of the meter, and leaves others as numbers', () => {
		const rows = [row(2, 1, 20), row(1, 1, 42), row(0, 1, 11), row(0, 1, 'x'), row(0, 1, null)];
		expect(loggedEvents({ columns }, rows, codes)).toEqual([
			{ atMs: 2, code: 20, name: 'tamper-detected' },
			{ atMs: 1, code: 42, name: undefined },
			{ atMs: 0, code: 11, name: 'relay-opened' },
		]);
		expect(loggedEvents({ columns: [columns[0]!] }, rows, codes)).toEqual([]);
	});

	it('is joined with others by time', () => {
		const event = (atMs: number | null, name: 'power-up' | 'tamper-detected' | undefined) => ({
			...{ atMs, code: 1, name },
		});
		expect(
			namesNewestFirst([
				event(1, 'power-up'),
				event(3, 'tamper-detected'),
				event(null, 'power-up'),
			]),
		).toEqual(['tamper-detected', 'power-up', 'power-up']);
	});
});

it('rows are kept up to a number, the newest of them', () => {
	const rows = [1, 2, 3].map((at) => row(at, at));
	const kept = keepRows(keepRows(NO_ROWS, rows, 5), rows, 5);
	expect([kept.rows.length, kept.leftOut]).toEqual([5, 1]);
	expect(keepRows(kept, rows, 5)).toEqual({ rows: kept.rows, leftOut: 4 });
});
