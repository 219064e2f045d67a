/** Selective access to a profile (IEC 62056-6-2, class 7): by range of a column, by entry. */
import {
	array,
	doubleLongUnsigned,
	integer,
	longUnsigned,
	octetString,
	structure,
} from '../axdr/build.ts';
import type { Data } from '../axdr/data-type.ts';
import type { Selection } from '../apdu/target.ts';
import { type Obis, obisOctets, obisOf } from './obis.ts';

export const RANGE_SELECTOR = 1;
export const ENTRY_SELECTOR = 2;

/** One column of a profile. */
export interface CaptureObject {
	readonly classId: number;
	readonly logicalName: Obis;
	readonly attribute: number;
	/** 0: the whole attribute; else the element counted from 1. */
	readonly dataIndex: number;
}

export function captureObjectData(column: CaptureObject): Data {
	return structure(
		longUnsigned(column.classId),
		octetString(obisOctets(column.logicalName)),
		integer(column.attribute),
		longUnsigned(column.dataIndex),
	);
}

/** A column definition in a profile's capture_objects; undefined where it is not one. */
export function captureObjectOf(data: Data): CaptureObject | undefined {
	if (data.type !== 'structure' || data.value.length < 4) return undefined;
	const [classId, name, attribute, dataIndex] = data.value;
	const logicalName = name?.type === 'octet-string' ? obisOf(name.value) : undefined;
	if (
		classId?.type !== 'long-unsigned' ||
		!logicalName ||
		attribute?.type !== 'integer' ||
		dataIndex?.type !== 'long-unsigned'
	)
		return undefined;
	return {
		classId: classId.value,
		logicalName,
		attribute: attribute.value,
		dataIndex: dataIndex.value,
	};
}

/** Rows whose `column` lies between `from` and `to`, both included; all columns where none are named. */
export function selectRange(
	column: CaptureObject,
	from: Data,
	to: Data,
	columns: readonly CaptureObject[] = [],
): Selection {
	return {
		selector: RANGE_SELECTOR,
		parameters: structure(
			captureObjectData(column),
			from,
			to,
			array(...columns.map(captureObjectData)),
		),
	};
}

/** Rows and columns by number from 1; `to` 0 means up to the last. */
export function selectEntries(
	fromEntry: number,
	toEntry: number,
	fromColumn = 1,
	toColumn = 0,
): Selection {
	return {
		selector: ENTRY_SELECTOR,
		parameters: structure(
			doubleLongUnsigned(fromEntry),
			doubleLongUnsigned(toEntry),
			longUnsigned(fromColumn),
			longUnsigned(toColumn),
		),
	};
}

/** What a selection asks of a profile; undefined where it is malformed or of another selector. */
export type ProfileSelection =
	| {
			readonly kind: 'range';
			readonly column: CaptureObject;
			readonly from: Data;
			readonly to: Data;
			readonly columns: readonly CaptureObject[];
	  }
	| {
			readonly kind: 'entries';
			readonly fromEntry: number;
			readonly toEntry: number;
			readonly fromColumn: number;
			readonly toColumn: number;
	  };

export function profileSelectionOf({
	selector,
	parameters,
}: Selection): ProfileSelection | undefined {
	if (parameters.type !== 'structure' || parameters.value.length !== 4) return undefined;
	const [first, second, third, fourth] = parameters.value as [Data, Data, Data, Data];
	if (selector === RANGE_SELECTOR) {
		const column = captureObjectOf(first);
		if (!column || fourth.type !== 'array') return undefined;
		const columns = fourth.value.map(captureObjectOf);
		if (!columns.every((each) => each !== undefined)) return undefined;
		return { kind: 'range', column, from: second, to: third, columns };
	}
	if (selector !== ENTRY_SELECTOR) return undefined;
	if (
		first.type !== 'double-long-unsigned' ||
		second.type !== 'double-long-unsigned' ||
		third.type !== 'long-unsigned' ||
		fourth.type !== 'long-unsigned'
	)
		return undefined;
	return {
		kind: 'entries',
		fromEntry: first.value,
		toEntry: second.value,
		fromColumn: third.value,
		toColumn: fourth.value,
	};
}
