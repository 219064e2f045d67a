import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conformance } from '#lib/core/dlms/apdu/conformance.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { MAX_COLUMNS } from '#lib/core/field/profile-reading/columns.ts';
import {
	beginProfile,
	confirmProfile,
	expectedRows,
	nextProfileStep,
	resumeProfile,
	takeProfileAnswer,
} from '#lib/core/field/profile-reading/profile-steps.ts';
import {
	parseProfileReading,
	type ProfileReading,
	type ProfileSettings,
	profileSettings,
	shapeOf,
} from '#lib/core/field/profile-reading/reading-state.ts';
import {
	MAX_SLICE_CELLS,
	MAX_SLICE_ROWS,
	MAX_WHOLE_CELLS,
} from '#lib/core/field/profile-reading/slices.ts';
import { agreement, without } from '../answering.ts';
import {
	capture,
	instantOfRow,
	PROFILE,
	ProfileMeter,
	readOut,
	START_MS,
	timeData,
} from './profile-meter.ts';

const begin = (more: Partial<ProfileSettings> = {}, agreed = agreement()): ProfileReading =>
	beginProfile(agreed, profileSettings(PROFILE, more));

/** Numbers of rows, by the value that each holds. */
const numbers = (rows: readonly { cells: readonly unknown[] }[]) =>
	rows.map(({ cells }) => cells[1]);
const downFrom = (newest: number, count: number) =>
	Array.from({ length: count }, (_, at) => newest - at);

const SPAN = { fromMs: instantOfRow(100), toMs: instantOfRow(399) };

describe('a profile is read whole, newest first', () => {
	it.each([
		['FIFO, by number', 1, {}, {}, 'entries'],
		['LIFO, by number', 2, {}, {}, 'entries'],
		['FIFO, by time', 1, SPAN, {}, 'range'],
		['LIFO, by time', 2, SPAN, {}, 'range'],
		['FIFO, by number, where time is refused', 1, SPAN, { refuses: ['range'] as const }, 'entries'],
		['LIFO, by number, where time is refused', 2, SPAN, { refuses: ['range'] as const }, 'entries'],
		[
			'at once, where parts are refused',
			1,
			{},
			{ refuses: ['range', 'entries'] as const },
			'whole',
		],
		['at once, where parts are ignored', 2, {}, { ignoresSelection: true }, 'entries'],
	])('%s', (_, sortMethod, span, making, way) => {
		const meter = new ProfileMeter({ count: 700, sortMethod, ...making });
		const { reading, rows } = readOut(begin(span), meter.answer);
		expect(reading.phase).toBe('done');
		expect(numbers(rows)).toEqual('fromMs' in span ? downFrom(399, 300) : downFrom(699, 700));
		expect(rows.at(0)?.atMs).toBe(instantOfRow(numbers(rows)[0] as number));
		expect(meter.ways.at(-1)).toBe(way);
	});

	it('where parts were not agreed', () => {
		const meter = new ProfileMeter({ count: 90 });
		const agreed = agreement({ conformance: without(conformance('selective-access')) });
		const { reading, rows } = readOut(begin({}, agreed), meter.answer);
		expect([reading.phase, rows.length, meter.ways]).toEqual(['done', 90, ['whole']]);
	});

	it('with the units of what it captures', () => {
		const meter = new ProfileMeter({ count: 1 });
		const { reading } = readOut(begin(), meter.answer);
		expect(shapeOf(reading)?.columns.map(({ kind, scaler, unit }) => [kind, scaler, unit])).toEqual(
			[
				['time', 0, ''],
				['value', 1, 'Wh'],
			],
		);
	});

	it('in pieces that grow with what they take, and stay below what they may', () => {
		const meter = new ProfileMeter({ count: 5000 });
		readOut(begin({ sliceOctets: 2048 }), meter.answer);
		// Twenty-one octets a row: 14 of time, 5 of value, 2 of structure.
		expect(meter.given[0]).toBe(32);
		expect(Math.max(...meter.given) * 21).toBeLessThanOrEqual(2048 + 21);
		expect(meter.given.length).toBeLessThan(60);
		const wide = new ProfileMeter({ count: 5000 });
		readOut(begin({ sliceOctets: 32_768 }), wide.answer);
		expect(Math.max(...wide.given)).toBe(MAX_SLICE_ROWS + 1);
		const columns = build.array(
			capture(8, '0.0.1.0.0', 2),
			...Array.from({ length: 49 }, () => capture(3, '1.0.1.8.0', 2)),
		);
		const row = (index: number) => [
			timeData(instantOfRow(index)),
			build.doubleLongUnsigned(index),
			...Array.from({ length: 48 }, () => build.NULL_DATA),
		];
		const broad = new ProfileMeter({ count: 2000, columns, row });
		readOut(begin({ sliceOctets: 32_768 }), broad.answer);
		expect(Math.max(...broad.given)).toBe(MAX_SLICE_CELLS / 50 + 1);
	});

	it('and only the newest, where so many are wanted', () => {
		for (const sortMethod of [1, 2]) {
			const meter = new ProfileMeter({ count: 5000, sortMethod });
			const { rows, reading } = readOut(begin({ newest: 100 }), meter.answer);
			expect(numbers(rows)).toEqual(downFrom(4999, 100));
			expect(reading.phase).toBe('done');
			expect(meter.given.reduce((sum, each) => sum + each, 0)).toBeLessThan(110);
		}
	});

	it('whatever rows come in meanwhile: none is passed over, none comes twice', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(1, 2),
				fc.integer({ min: 0, max: 6 }),
				fc.integer({ min: 1, max: 400 }),
				fc.boolean(),
				(sortMethod, capturesEachTime, count, full) => {
					const meter = new ProfileMeter({
						...{ count, sortMethod, capturesEachTime },
						...(full && { capacity: count }),
					});
					const { rows } = readOut(begin({ sliceOctets: 400 }), meter.answer);
					const read = numbers(rows) as number[];
					expect(new Set(read).size).toBe(read.length);
					expect(read).toEqual(downFrom(read[0] ?? 0, read.length));
					// Down to the oldest row that was still there in the end.
					expect(read.at(-1)).toBeLessThanOrEqual(meter.oldest);
				},
			),
		);
	});
});

describe('a reading broken off', () => {
	it.each([1, 2])('after any answer goes on where it stopped (sort method %i)', (sortMethod) => {
		for (let most = 0; most < 12; most += 1)
			for (const span of [{}, SPAN]) {
				const meter = new ProfileMeter({ count: 500, sortMethod });
				const half = readOut(begin({ ...span, sliceOctets: 1024 }), meter.answer, { most });
				const rest = readOut(resumeProfile(half.reading, agreement()), meter.answer);
				expect(rest.reading.phase).toBe('done');
				const rows = numbers([...half.rows, ...rest.rows]);
				expect(rows).toEqual('fromMs' in span ? downFrom(399, 300) : downFrom(499, 500));
			}
	});

	it('goes on over rows that came in during the pause', () => {
		for (const sortMethod of [1, 2])
			for (const capacity of [500, 5000]) {
				const meter = new ProfileMeter({ count: 500, sortMethod, capacity });
				const half = readOut(begin({ sliceOctets: 1024 }), meter.answer, { most: 6 });
				expect(half.rows.length).toBeGreaterThan(60);
				meter.making.count += 130;
				const rest = readOut(resumeProfile(half.reading, agreement()), meter.answer);
				const read = numbers([...half.rows, ...rest.rows]);
				expect(read).toEqual(downFrom(499, 500 - meter.oldest));
			}
	});

	it('loses nothing to an answer that did not come', () => {
		const meter = new ProfileMeter({ count: 300 });
		for (let lost = 1; lost < 10; lost += 1) {
			let questions = 0;
			const half = readOut(begin({ sliceOctets: 1024 }), (wish) =>
				(questions += 1) === lost ? 'no-answer' : meter.answer(wish),
			);
			const rest = readOut(resumeProfile(half.reading, agreement()), meter.answer);
			expect(numbers([...half.rows, ...rest.rows])).toEqual(downFrom(299, 300));
		}
	});

	it('stops at another meter, and at another profile', () => {
		const meter = new ProfileMeter({ count: 300 });
		const { reading } = readOut(begin(), meter.answer, { most: 5 });
		const other = resumeProfile(reading, agreement({ meterTitle: new Uint8Array(8) }));
		expect(nextProfileStep(other)).toEqual({ do: 'stopped', why: 'changed-meanwhile' });
		const columns = build.array(capture(8, '0.0.1.0.0', 2), capture(3, '1.0.2.8.0', 2));
		const changed = new ProfileMeter({ count: 300, columns });
		const stopped = readOut(resumeProfile(reading, agreement()), changed.answer).reading;
		expect(nextProfileStep(stopped)).toEqual({ do: 'stopped', why: 'changed-meanwhile' });
	});

	it('stays done once it is', () => {
		const { reading } = readOut(begin(), new ProfileMeter({ count: 3 }).answer);
		expect(resumeProfile(reading, agreement())).toBe(reading);
		expect(takeProfileAnswer(reading, 'no-answer')).toEqual({ reading, rows: [] });
	});
});

describe('a profile of a million rows', () => {
	const million = () => new ProfileMeter({ count: 1_000_000 });

	it('is read only after somebody agreed', () => {
		const { reading, rows } = readOut(begin(), million().answer, { confirm: false });
		expect(nextProfileStep(reading)).toEqual({ do: 'confirm', rows: 1_000_000 });
		expect(rows).toEqual([]);
		expect(expectedRows(reading)).toBe(1_000_000);
	});

	it('is then read in small pieces, with a state that does not grow', () => {
		const meter = million();
		const { reading, rows } = readOut(begin(), meter.answer, { most: 200 });
		expect(rows.length).toBeGreaterThan(30_000);
		expect(numbers(rows.slice(0, 3))).toEqual([999_999, 999_998, 999_997]);
		expect(Math.max(...meter.given)).toBeLessThan(200);
		expect(JSON.stringify(reading).length).toBeLessThan(2500);
	});

	it('is read unasked where only a part is wanted', () => {
		const span = { fromMs: instantOfRow(999_000), toMs: instantOfRow(999_999) };
		for (const wanted of [span, { newest: 1000 }]) {
			const { rows } = readOut(begin(wanted), million().answer, { confirm: false });
			expect(rows).toHaveLength(1000);
		}
	});

	it('agreed to beforehand, is not asked about', () => {
		const { reading } = readOut(confirmProfile(begin()), million().answer, {
			...{ confirm: false, most: 5 },
		});
		expect(reading.phase).toBe('rows');
	});

	it('cannot be read from a meter that gives no parts', () => {
		const meter = new ProfileMeter({ count: 1_000_000, refuses: ['entries'] });
		expect(readOut(begin(), meter.answer).reading.stopped).toBe('no-parts');
		const few = new ProfileMeter({ count: MAX_WHOLE_CELLS / 2 + 1, refuses: ['entries'] });
		expect(readOut(begin(), few.answer).reading.stopped).toBe('no-parts');
		const agreed = agreement({ conformance: without(conformance('selective-access')) });
		expect(readOut(begin({}, agreed), million().answer).reading.stopped).toBe('no-parts');
	});
});

describe('odd profiles', () => {
	it('with gaps of years are gone over quickly', () => {
		// Rows of one day, ten years before the end of the span.
		const meter = new ProfileMeter({ count: 96 });
		const span = { fromMs: START_MS - 86_400_000, toMs: START_MS + 10 * 365 * 86_400_000 };
		const { rows, questions } = readOut(begin(span), meter.answer);
		expect(rows).toHaveLength(96);
		expect(questions).toBeLessThan(1500);
	});

	it('end where every row they have was read', () => {
		const meter = new ProfileMeter({ count: 96 });
		const span = { fromMs: START_MS - 10 * 365 * 86_400_000, toMs: instantOfRow(95) };
		expect(readOut(begin(span), meter.answer).questions).toBeLessThan(20);
	});

	it('of local times are filtered by instants, the ends read a little further', () => {
		const row = (index: number) => [
			timeData(instantOfRow(index), -120),
			build.doubleLongUnsigned(index),
		];
		const meter = new ProfileMeter({ count: 700, row });
		const { rows } = readOut(begin({ ...SPAN, writesDeviation: -120 }), meter.answer);
		expect(numbers(rows)).toEqual(downFrom(399, 300));
		expect(rows[0]?.deviation).toBe(-120);
	});

	it('whose rows are rubbish are read to their end', () => {
		const row = (index: number) =>
			index % 2 === 0
				? [build.unsigned(1)]
				: [timeData(instantOfRow(index)), build.doubleLongUnsigned(index)];
		const meter = new ProfileMeter({ count: 100, row });
		const { reading, rows } = readOut(begin(), meter.answer);
		expect([reading.phase, rows.length]).toEqual(['done', 50]);
		expect(reading.rubbish).toBeGreaterThanOrEqual(50);
	});

	it('that hold fewer rows than they say end', () => {
		const meter = new ProfileMeter({ count: 50, sortMethod: 2 });
		meter.table.set('7/1.0.99.1.0/7', build.doubleLongUnsigned(4_000_000_000));
		const { reading, rows } = readOut(begin(), meter.answer);
		expect([reading.phase, rows.length]).toEqual(['done', 50]);
	});

	it('that answer rubbish instead of rows end', () => {
		const meter = new ProfileMeter({ count: 50 });
		meter.table.set('7/1.0.99.1.0/2', build.unsigned(7));
		expect(readOut(begin(), meter.answer).reading.phase).toBe('done');
	});

	it('that refuse a later piece are asked for less, then given up', () => {
		const meter = new ProfileMeter({ count: 300 });
		let answers = 0;
		const half = readOut(begin({ sliceOctets: 1024 }), (wish) => {
			const rows = wish.kind === 'get' && wish.target.attribute === 2;
			if (rows && (answers += 1) > 1) return { kind: 'get', result: { error: 250 } };
			return meter.answer(wish);
		});
		expect(half.reading.stopped).toBe('not-readable');
		expect(answers).toBe(6);
		const rest = readOut(resumeProfile(half.reading, agreement()), meter.answer);
		expect(numbers([...half.rows, ...rest.rows])).toEqual(downFrom(299, 300));
	});

	it('that are busy at first are asked again', () => {
		const meter = new ProfileMeter({ count: 30 });
		let answers = 0;
		const { rows } = readOut(begin(), (wish) => {
			const buffer = wish.kind === 'get' && wish.target.attribute === 2;
			if (buffer && (answers += 1) <= 2) return { kind: 'get', result: { error: 2 } };
			return meter.answer(wish);
		});
		expect([rows.length, meter.ways[0]]).toEqual([30, 'entries']);
	});

	it('of values sorted by size are read in their own order', () => {
		const meter = new ProfileMeter({ count: 100, sortMethod: 3 });
		const { rows } = readOut(begin({ sliceOctets: 400, ...SPAN }), meter.answer);
		expect(rows).toEqual([]);
		expect(numbers(readOut(begin({ sliceOctets: 400 }), meter.answer).rows)).toEqual(
			downFrom(99, 100).toReversed(),
		);
	});

	it.each([
		['not in the meter', { '3': 4 }, 'not-in-this-meter'],
		['not for us', { '3': 3 }, 'not-readable'],
		['without columns', { '3': build.array() }, 'not-understood'],
		['with something else for columns', { '3': build.array(build.unsigned(1)) }, 'not-understood'],
		[
			'with too many columns',
			{
				'3': build.array(
					...Array.from({ length: MAX_COLUMNS + 1 }, () => capture(3, '1.0.1.8.0', 2)),
				),
			},
			'not-understood',
		],
		['that does not say how many rows it has', { '7': 3 }, 'no-parts'],
	])('%s', (_, table, why) => {
		const meter = new ProfileMeter({ count: 5 });
		for (const [attribute, entry] of Object.entries(table))
			meter.table.set(`7/1.0.99.1.0/${attribute}`, entry);
		const { reading } = readOut(begin(), meter.answer);
		expect(nextProfileStep(reading)).toEqual({ do: 'stopped', why });
	});

	it('that give the same rows for ever are not asked for ever', () => {
		const meter = new ProfileMeter({ count: 40, sortMethod: 2 });
		const same = build.array(
			...Array.from({ length: 33 }, (_, at) =>
				build.structure(timeData(instantOfRow(99 - at)), build.doubleLongUnsigned(at)),
			),
		);
		meter.table.set('7/1.0.99.1.0/2', same);
		const { reading, questions } = readOut(begin(), meter.answer);
		expect(reading.phase).toBe('done');
		expect(questions).toBeLessThan(100);
	});

	it('of one empty log', () => {
		const { reading, rows } = readOut(begin(), new ProfileMeter({ count: 0 }).answer);
		expect([reading.phase, rows]).toEqual(['done', []]);
	});

	it('that take no lists are described one by one', () => {
		const meter = new ProfileMeter({ count: 5 });
		const { reading } = readOut(begin(), (wish) =>
			wish.kind === 'get-list' ? 'no-answer' : meter.answer(wish),
		);
		expect([reading.phase, reading.rows]).toEqual(['done', 5]);
	});
});

describe('a stored reading', () => {
	const stored = () => {
		const { reading } = readOut(begin(), new ProfileMeter({ count: 500 }).answer, { most: 5 });
		return JSON.parse(JSON.stringify(reading)) as Record<string, unknown>;
	};

	it('is read back as it was', () => {
		expect(parseProfileReading(stored())).toEqual(stored());
	});

	it.each([
		['of another layout', { version: 2 }],
		['with something more', { more: 1 }],
		['with a place that is none', { place: 1.5 }],
		['with marks beyond their number', { tail: ['a', 'b', 'c', 'd', 'e'] }],
		['with another phase', { phase: 'rest' }],
		['of no meter', { meterTitle: 'xyz' }],
	])('is refused %s', (_, change) => {
		expect(parseProfileReading({ ...stored(), ...change })).toBeUndefined();
	});

	it.each([null, 7, 'text', [], {}])('is not %j', (json) => {
		expect(parseProfileReading(json)).toBeUndefined();
	});

	it('meddled with leads to an end, not to a slip', () => {
		for (const phase of ['describe', 'units', 'rows', 'confirm', 'done', 'stopped']) {
			const odd = parseProfileReading({ ...stored(), phase, queue: [], found: {}, ways: [] });
			if (!odd) throw new Error('not even parsed');
			expect(nextProfileStep(odd).do).not.toBe('ask');
			expect(takeProfileAnswer(odd, { kind: 'get', result: { error: 3 } }).rows).toEqual([]);
		}
	});
});
