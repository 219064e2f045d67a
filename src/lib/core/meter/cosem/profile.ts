/**
 * A profile (IEC 62056-6-2, class 7) over rows of any kind: columns in a table, the buffer, and what
 * selective access picks of it by range of a column or by entry.
 */
import type { Selection } from '#lib/core/dlms/apdu/target.ts';
import { array, doubleLongUnsigned, enumerated, structure } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { decodeDateTime, instantOf } from '#lib/core/dlms/axdr/date-time.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import {
	type CaptureObject,
	captureObjectData,
	type ProfileSelection,
	profileSelectionOf,
} from '#lib/core/dlms/cosem/selection.ts';
import { cosemObject, type CosemObject, type Presence, type Question } from './cosem-object.ts';

/** One column: what it captures, and its value in a row. */
export interface Column<Row> {
	readonly capture: CaptureObject;
	readonly value: (row: Row, question: Question) => Data;
	/** The meters whose profile has it; all, where it is absent. */
	readonly presentIn?: Presence;
}

/** A column of the whole of an attribute. */
export const column = <Row>(
	classId: number,
	name: string,
	attribute: number,
	value: Column<Row>['value'],
	presentIn?: Presence,
): Column<Row> => ({
	capture: { classId, logicalName: obis(name), attribute, dataIndex: 0 },
	value,
	...(presentIn && { presentIn }),
});

/** Rows by number from 0, oldest first: those of a list, or made as they are read. */
export interface Rows<Row> {
	readonly count: number;
	readonly row: (at: number) => Row;
}

/** The rows of a list. */
export const rowsOf = <Row>(list: readonly Row[]): Rows<Row> => ({
	count: list.length,
	row: (at) => list[at] as Row,
});

/** A profile by its table. The first column is the time, and rows stand in its order. */
export interface Profile<Row> {
	readonly name: string;
	readonly columns: readonly [Column<Row>, ...Column<Row>[]];
	readonly rows: (question: Question) => Rows<Row>;
	readonly capacity: number;
	/** Seconds between two rows; 0: rows come when something happens. */
	readonly periodS: number;
	readonly presentIn?: Presence;
}

/** Rows that one answer holds; what asks for more is refused, the whole buffer is cut to the newest. */
export const MOST_ROWS_AT_ONCE = 20_000;

const FIRST_IN_FIRST_OUT = 1;

const columnsOf = <Row>({ columns }: Profile<Row>, { meter }: Question): readonly Column<Row>[] =>
	columns.filter(({ presentIn }) => presentIn?.(meter.meter) ?? true);

/** Rows `from` up to before `to`, as the buffer shows them. */
const bufferOf = <Row>(
	rows: Rows<Row>,
	[from, to]: readonly [number, number],
	columns: readonly Column<Row>[],
	question: Question,
): Data =>
	array(
		...Array.from({ length: Math.max(0, to - from) }, (_, at) => {
			const row = rows.row(from + at);
			return structure(...columns.map(({ value }) => value(row, question)));
		}),
	);

const sameCapture = (a: CaptureObject, b: CaptureObject): boolean =>
	a.classId === b.classId &&
	a.logicalName === b.logicalName &&
	a.attribute === b.attribute &&
	a.dataIndex === b.dataIndex;

/** Where a value stands in the order of its column; undefined for one without an order. */
function rankOf(data: Data): number | undefined {
	if ((data.type === 'octet-string' || data.type === 'date-time') && data.value.length === 12)
		return instantOf(decodeDateTime(data.value));
	if (!('value' in data)) return undefined;
	if (typeof data.value === 'bigint') return Number(data.value);
	return typeof data.value === 'number' ? data.value : undefined;
}

/** The rows from one number to another and the columns, both counted from 1; 0 is the last. */
function selectEntries<Row>(
	profile: Profile<Row>,
	question: Question,
	asked: Extract<ProfileSelection, { kind: 'entries' }>,
): Data | undefined {
	const rows = profile.rows(question);
	const from = Math.max(asked.fromEntry, 1) - 1;
	const to = Math.min(asked.toEntry === 0 ? rows.count : asked.toEntry, rows.count);
	if (to - from > MOST_ROWS_AT_ONCE) return undefined;
	const columns = columnsOf(profile, question).slice(
		Math.max(asked.fromColumn, 1) - 1,
		asked.toColumn === 0 ? undefined : asked.toColumn,
	);
	return bufferOf(rows, [from, to], columns, question);
}

/** The first row of which `reaches` holds, where it holds of all after it. */
function firstRow(count: number, reaches: (at: number) => boolean): number {
	let [low, high] = [0, count];
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (reaches(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** The rows whose value in a column lies within bounds. A bound that names no instant is no bound. */
function selectRange<Row>(
	profile: Profile<Row>,
	question: Question,
	asked: Extract<ProfileSelection, { kind: 'range' }>,
): Data | undefined {
	const columns = columnsOf(profile, question);
	const named = (wanted: CaptureObject) =>
		columns.find(({ capture }) => sameCapture(capture, wanted));
	const ranged = named(asked.column);
	const wanted = asked.columns.map(named);
	if (!ranged || !wanted.every((each) => each !== undefined)) return undefined;
	const [least, most] = [rankOf(asked.from) ?? -Infinity, rankOf(asked.to) ?? Infinity];
	const rows = profile.rows(question);
	const rank = (at: number): number | undefined => rankOf(ranged.value(rows.row(at), question));
	const shown = wanted.length > 0 ? wanted : columns;
	if (rows.count > MOST_ROWS_AT_ONCE) {
		// Too many to look at each; those of the time stand in its order.
		if (ranged !== columns[0]) return undefined;
		const from = firstRow(rows.count, (at) => (rank(at) ?? Infinity) >= least);
		const to = firstRow(rows.count, (at) => (rank(at) ?? Infinity) > most);
		return to - from > MOST_ROWS_AT_ONCE ? undefined : bufferOf(rows, [from, to], shown, question);
	}
	const picked = Array.from({ length: rows.count }, (_, at) => at).filter((at) => {
		const value = rank(at);
		return value !== undefined && value >= least && value <= most;
	});
	const within = { count: picked.length, row: (at: number) => rows.row(picked[at] as number) };
	return bufferOf(within, [0, picked.length], shown, question);
}

/** The buffer, cut as a selection says; undefined where the selection is not one of this profile's. */
function select<Row>(
	profile: Profile<Row>,
	question: Question,
	selection: Selection,
): Data | undefined {
	const asked = profileSelectionOf(selection);
	if (!asked) return undefined;
	return asked.kind === 'entries'
		? selectEntries(profile, question, asked)
		: selectRange(profile, question, asked);
}

/** The object of a profile. */
export function profileObject<Row>(profile: Profile<Row>): CosemObject {
	const { name, columns, rows, capacity, periodS, presentIn } = profile;
	return cosemObject(
		7,
		name,
		{
			2: (question) => {
				const all = rows(question);
				const from = Math.max(0, all.count - MOST_ROWS_AT_ONCE);
				return bufferOf(all, [from, all.count], columnsOf(profile, question), question);
			},
			3: (question) =>
				array(...columnsOf(profile, question).map(({ capture }) => captureObjectData(capture))),
			4: () => doubleLongUnsigned(periodS),
			5: () => enumerated(FIRST_IN_FIRST_OUT),
			6: () => captureObjectData(columns[0].capture),
			7: (question) => doubleLongUnsigned(rows(question).count),
			8: (question) => doubleLongUnsigned(Math.max(capacity, rows(question).count)),
		},
		{
			version: 1,
			presentIn,
			selects: { 2: (question, selection) => select(profile, question, selection) },
		},
	);
}
