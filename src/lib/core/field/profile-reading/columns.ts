/**
 * The columns of a profile (class 7, attribute 3): what each captures, and where its scaler and unit, or
 * its currency, are read.
 */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { type CaptureObject, captureObjectOf } from '#lib/core/dlms/cosem/selection.ts';
import { unitSymbol } from '#lib/core/dlms/cosem/scaled.ts';
import { type PlannedRead, readKey } from '../batch.ts';
import { isOfPattern, obisGroups, obisPattern } from '../obis-pattern.ts';
import { elementsIn, scalerUnitIn, textIn, wholeWithin } from '../understand.ts';

/**
 * `time` an instant; `token` what was entered, of which only the end is shown; `status` bits or a code of
 * the row itself; `event` the code of an event; `value` anything else.
 */
export const COLUMN_KINDS = ['time', 'token', 'status', 'event', 'value'] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

export interface ProfileColumn extends CaptureObject {
	readonly kind: ColumnKind;
	/** 0 where none is known. */
	readonly scaler: number;
	/** Empty where none is known. */
	readonly unit: string;
}

/** Columns of a profile that is read; real ones have two to thirty. */
export const MAX_COLUMNS = 64;

const STATUS = obisPattern('0.*.96.10.*');
const EVENT = obisPattern('0.*.96.11.*');
const UNIX_CLOCK = obisPattern('0.*.1.1.*');

/** Attributes that are times: of clocks, extended and demand registers, token gateways. */
const TIMES: Readonly<Record<number, readonly number[]>> = { 4: [5], 5: [6, 7], 8: [2], 115: [3] };
/** Attributes that are amounts of the account's currency. */
const AMOUNTS: Readonly<Record<number, readonly number[]>> = {
	111: [5, 6, 7, 8, 16, 17],
	112: [2, 5, 6, 9, 10],
	113: [2, 11, 12],
};
/** Where scaler and unit stand, by class and the attribute that is captured. */
const SCALED: Readonly<
	Record<number, { readonly values: readonly number[]; readonly unit: number }>
> = {
	3: { values: [2], unit: 3 },
	4: { values: [2], unit: 3 },
	5: { values: [2, 3], unit: 4 },
};

/**
 * The columns of a profile.
 * @returns undefined where one of them is not a column, or there are none, or more than `MAX_COLUMNS`
 */
export function columnsIn(data: Data): ProfileColumn[] | undefined {
	const captures = elementsIn(data);
	if (!captures || captures.length === 0 || captures.length > MAX_COLUMNS) return undefined;
	const columns = captures.map((each) => captureObjectOf(each));
	if (!columns.every((column) => column !== undefined)) return undefined;
	return columns.map((column) => ({ ...column, kind: kindOf(column), scaler: 0, unit: '' }));
}

function kindOf({ classId, logicalName, attribute }: CaptureObject): ColumnKind {
	if (TIMES[classId]?.includes(attribute)) return 'time';
	if (classId === 115 && attribute === 2) return 'token';
	const groups = obisGroups(logicalName);
	if (isOfPattern(groups, STATUS)) return 'status';
	if (isOfPattern(groups, EVENT)) return 'event';
	return isOfPattern(groups, UNIX_CLOCK) ? 'time' : 'value';
}

/** The column that says when a row was captured: the first one of a clock; −1 where there is none. */
export function timeColumn(columns: readonly ProfileColumn[]): number {
	return columns.findIndex(
		({ kind, classId }) => kind === 'time' && (classId === 8 || classId === 1 || classId === 3),
	);
}

/** Class and attribute of the currency of an account. */
const ACCOUNT_CLASS = 111;
const CURRENCY_ATTRIBUTE = 15;

/** What tells a column's scaler and unit; undefined where it has none. */
export function unitRead(
	{ classId, logicalName, attribute, dataIndex }: ProfileColumn,
	account: Obis | null,
): PlannedRead | undefined {
	if (AMOUNTS[classId]?.includes(attribute))
		return account
			? { classId: ACCOUNT_CLASS, logicalName: account, attribute: CURRENCY_ATTRIBUTE }
			: undefined;
	const scaled = SCALED[classId];
	return scaled?.values.includes(attribute) && dataIndex === 0
		? { classId, logicalName, attribute: scaled.unit }
		: undefined;
}

/** What tells the units of all columns, each once. */
export function unitReads(columns: readonly ProfileColumn[], account: Obis | null): PlannedRead[] {
	const reads = columns
		.filter(({ kind }) => kind === 'value')
		.flatMap((column) => unitRead(column, account) ?? []);
	return [...new Map(reads.map((read) => [readKey(read), read])).values()];
}

/** The columns with what one of those reads has told. */
export function withUnit(
	columns: readonly ProfileColumn[],
	account: Obis | null,
	read: PlannedRead,
	data: Data,
): readonly ProfileColumn[] {
	const told = read.classId === ACCOUNT_CLASS ? currencyIn(data) : registerUnitIn(data);
	if (!told) return columns;
	const key = readKey(read);
	return columns.map((column) => {
		const own = column.kind === 'value' ? unitRead(column, account) : undefined;
		return own && readKey(own) === key ? { ...column, ...told } : column;
	});
}

type Unit = Pick<ProfileColumn, 'scaler' | 'unit'>;

function registerUnitIn(data: Data): Unit | undefined {
	const told = scalerUnitIn(data);
	return told && { scaler: told.scaler, unit: unitSymbol(told.unit) };
}

function currencyIn(data: Data): Unit | undefined {
	const [name, scale] = elementsIn(data) ?? [];
	const [unit, scaler] = [textIn(name), wholeWithin(-128, 127)(scale)];
	return unit === undefined || scaler === undefined ? undefined : { scaler, unit };
}
