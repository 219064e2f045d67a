/**
 * Where the reading of a profile stands, as plain JSON: a page that was closed, or a probe that fell off,
 * costs at most the piece that was on the line. What was read is with whoever asked; here is only how to
 * go on.
 */
import * as v from 'valibot';
import { type Obis, parseObis } from '#lib/core/dlms/cosem/obis.ts';
import { ASSUME_UTC } from '../meter-time.ts';
import { COLUMN_KINDS, MAX_COLUMNS } from './columns.ts';
import { ROW_ORDERS } from './rows.ts';

/** The layout of what is stored; another number is another layout. */
export const PROFILE_READING_VERSION = 1;

/** Ways to a part of a buffer: by time, by number, or all of it at once. */
export const WAYS = ['range', 'entries', 'whole'] as const;
export type Way = (typeof WAYS)[number];

/** Why a profile is not read to its end. */
export const PROFILE_STOPS = [
	'not-in-this-meter',
	'not-readable',
	/** No columns, too many of them, or something else instead. */
	'not-understood',
	/** Too long to be read at once, and the meter gives no parts of it. */
	'no-parts',
	/** Columns or meter are others than before. */
	'changed-meanwhile',
	'no-answer',
] as const;
export type ProfileStop = (typeof PROFILE_STOPS)[number];

const whole = (least: number, most: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const instant = v.pipe(v.number(), v.safeInteger());
const U32 = 2 ** 32 - 1;

const logicalName = v.pipe(
	v.string(),
	v.check((text) => parseObis(text) === text),
	v.transform((text) => text as Obis),
);

const read = v.strictObject({
	classId: whole(0, 65_535),
	logicalName,
	attribute: whole(-128, 127),
});

const column = v.strictObject({
	classId: whole(0, 65_535),
	logicalName,
	attribute: whole(-128, 127),
	dataIndex: whole(0, 65_535),
	kind: v.picklist(COLUMN_KINDS),
	scaler: whole(-128, 127),
	unit: v.pipe(v.string(), v.maxLength(64)),
});

const shape = v.strictObject({
	columns: v.pipe(v.array(column), v.minLength(1), v.maxLength(MAX_COLUMNS)),
	periodS: whole(0, U32),
	order: v.picklist(ROW_ORDERS),
	/** Null where the meter does not say. */
	entriesInUse: v.nullable(whole(0, U32)),
});

const settings = v.strictObject({
	logicalName,
	/** Rows from here; null: from the oldest. */
	fromMs: v.nullable(instant),
	/** Rows up to here; null: up to the newest, whatever the meter's clock says. */
	toMs: v.nullable(instant),
	/** Only so many, the newest. */
	newest: v.nullable(whole(1, U32)),
	/** Octets of one answer that are aimed at. */
	sliceOctets: whole(64, 32_768),
	/** More rows than this are read only after a person agreed. */
	askAbove: whole(0, U32),
	/** Whose currency amounts are in. */
	account: v.nullable(logicalName),
	zone: v.strictObject({ deviation: whole(-840, 840), daylightSavingMin: whole(-120, 120) }),
	/** The deviation that the meter writes; null where it leaves it out. */
	writesDeviation: v.nullable(whole(-840, 840)),
});

/** Most marks kept of the rows that came last. */
export const MARKS_KEPT = 4;

const state = v.strictObject({
	version: v.literal(PROFILE_READING_VERSION),
	/** Hex; empty where the meter told none. */
	meterTitle: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2}){0,16}$/)),
	settings,
	/** Attributes in one request. */
	most: whole(1, 255),
	phase: v.picklist(['describe', 'units', 'confirm', 'rows', 'done', 'stopped']),
	stopped: v.nullable(v.picklist(PROFILE_STOPS)),
	/** Still to be read before rows are. */
	queue: v.pipe(v.array(read), v.maxLength(MAX_COLUMNS + 8)),
	/** What was found of the profile; columns are missing until they came. */
	found: v.partial(shape),
	/** What was found when the first rows were read. */
	before: v.nullable(shape),
	confirmed: v.boolean(),
	/** Ways not yet given up, the present one first. */
	ways: v.pipe(v.array(v.picklist(WAYS)), v.maxLength(WAYS.length)),
	/** Entries: the next number; range: the next window's end. Null before the first piece. */
	place: v.nullable(instant),
	/** Rows asked for at once. */
	sliceRows: whole(1, U32),
	/** Pieces in a row without a new row: of time, each doubles the next; past the end, the last one ends it. */
	emptyInARow: whole(0, 64),
	failuresInARow: whole(0, 64),
	/** Marks of the rows that came last, the last one last. */
	tail: v.pipe(v.array(v.pipe(v.string(), v.maxLength(256))), v.maxLength(MARKS_KEPT)),
	tailMs: v.nullable(instant),
	rows: whole(0, Number.MAX_SAFE_INTEGER),
	octets: whole(0, Number.MAX_SAFE_INTEGER),
	rubbish: whole(0, Number.MAX_SAFE_INTEGER),
});

export type ProfileReading = v.InferOutput<typeof state>;
export type ProfileShape = v.InferOutput<typeof shape>;
export type ProfileSettings = v.InferOutput<typeof settings>;

/** What `JSON.parse` gave as a reading; undefined for anything else, an older or newer layout too. */
export function parseProfileReading(json: unknown): ProfileReading | undefined {
	const parsed = v.safeParse(state, json);
	return parsed.success ? parsed.output : undefined;
}

/** Usual settings: everything, in pieces of some seconds on a serial line, ten thousand rows unasked. */
export function profileSettings(
	logicalName: Obis,
	more: Partial<Omit<ProfileSettings, 'logicalName'>> = {},
): ProfileSettings {
	return {
		logicalName,
		fromMs: null,
		toMs: null,
		newest: null,
		sliceOctets: 4096,
		askAbove: 10_000,
		account: null,
		zone: ASSUME_UTC,
		writesDeviation: ASSUME_UTC.deviation,
		...more,
	};
}

/** What is known of the profile, once its columns are. */
export function shapeOf({ found }: ProfileReading): ProfileShape | undefined {
	const { columns, periodS = 0, order = 'oldest-first', entriesInUse = null } = found;
	return columns && { columns, periodS, order, entriesInUse };
}

/** The reading at an end before its time. */
export function stopped(reading: ProfileReading, why: ProfileStop): ProfileReading {
	return { ...reading, phase: 'stopped', stopped: why, queue: [] };
}
