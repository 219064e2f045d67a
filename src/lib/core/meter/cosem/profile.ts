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
	profileSelectionOf,
} from '#lib/core/dlms/cosem/selection.ts';
import { cosemObject, type CosemObject, type Question } from './cosem-object.ts';

/** One column: what it captures, and its value in a row. */
export interface Column<Row> {
	readonly capture: CaptureObject;
	readonly value: (row: Row, question: Question) => Data;
}

/** A column of the whole of an attribute. */
export const column = <Row>(
	classId: number,
	name: string,
	attribute: number,
	value: Column<Row>['value'],
): Column<Row> => ({
	capture: { classId, logicalName: obis(name), attribute, dataIndex: 0 },
	value,
});

/** A profile by its table. The first column is the time, and rows stand in its order. */
export interface Profile<Row> {
	readonly name: string;
	readonly columns: readonly [Column<Row>, ...Column<Row>[]];
	/** Oldest first. */
	readonly rows: (question: Question) => readonly Row[];
	readonly capacity: number;
	/** Seconds between two rows; 0: rows come when something happens. */
	readonly periodS: number;
}

const FIRST_IN_FIRST_OUT = 1;

const bufferOf = <Row>(
	rows: readonly Row[],
	columns: readonly Column<Row>[],
	question: Question,
): Data =>
	array(...rows.map((row) => structure(...columns.map(({ value }) => value(row, question)))));

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

/** The buffer, cut as a selection says; undefined where the selection is not one of this profile's. */
function select<Row>(
	{ columns, rows }: Profile<Row>,
	question: Question,
	selection: Selection,
): Data | undefined {
	const asked = profileSelectionOf(selection);
	if (!asked) return undefined;
	if (asked.kind === 'entries') {
		const picked = rows(question).slice(
			Math.max(asked.fromEntry, 1) - 1,
			asked.toEntry === 0 ? undefined : asked.toEntry,
		);
		const cut = columns.slice(
			Math.max(asked.fromColumn, 1) - 1,
			asked.toColumn === 0 ? undefined : asked.toColumn,
		);
		return bufferOf(picked, cut, question);
	}
	const ranged = columns.find(({ capture }) => sameCapture(capture, asked.column));
	const wanted = asked.columns.map((each) =>
		columns.find(({ capture }) => sameCapture(capture, each)),
	);
	if (!ranged || !wanted.every((each) => each !== undefined)) return undefined;
	// A bound that names no instant is no bound.
	const from = rankOf(asked.from) ?? -Infinity;
	const to = rankOf(asked.to) ?? Infinity;
	const picked = rows(question).filter((row) => {
		const rank = rankOf(ranged.value(row, question));
		return rank !== undefined && rank >= from && rank <= to;
	});
	return bufferOf(picked, wanted.length > 0 ? wanted : columns, question);
}

/** The object of a profile. */
export function profileObject<Row>(profile: Profile<Row>): CosemObject {
	const { name, columns, rows, capacity, periodS } = profile;
	return cosemObject(
		7,
		name,
		{
			2: (question) => bufferOf(rows(question), columns, question),
			3: () => array(...columns.map(({ capture }) => captureObjectData(capture))),
			4: () => doubleLongUnsigned(periodS),
			5: () => enumerated(FIRST_IN_FIRST_OUT),
			6: () => captureObjectData(columns[0].capture),
			7: (question) => doubleLongUnsigned(rows(question).length),
			8: () => doubleLongUnsigned(capacity),
		},
		{
			version: 1,
			selects: { 2: (question, selection) => select(profile, question, selection) },
		},
	);
}
