/**
 * What a profile is like, asked before its rows (class 7, attributes 3, 4, 5, 7), and the units of what it
 * captures.
 */
import type { GetResult } from '#lib/core/dlms/apdu/get.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import type { PlannedRead } from '../batch.ts';
import { readingOf } from '../reading.ts';
import { wholeIn, wholeWithin } from '../understand.ts';
import { columnsIn, withUnit } from './columns.ts';
import { type ProfileReading, type ProfileShape, stopped } from './reading-state.ts';
import type { RowOrder } from './rows.ts';

export const PROFILE_CLASS = 7;
const [COLUMNS, PERIOD, SORT_METHOD, IN_USE] = [3, 4, 5, 7];

/** Order by code of sort_method; what sorts by value has no newest row. */
const ORDERS: readonly RowOrder[] = ['sorted', 'oldest-first', 'newest-first'];

/** What is asked of a profile; the columns stand first. */
export const descriptionReads = (logicalName: Obis): PlannedRead[] =>
	[COLUMNS, PERIOD, SORT_METHOD, IN_USE].map((attribute) => ({
		classId: PROFILE_CLASS,
		logicalName,
		attribute: attribute as number,
	}));

/** The reads of the next request; the columns go alone, for their answer is long. */
export function nextBatch({ queue, most }: ProfileReading): readonly PlannedRead[] {
	const alone = queue[0]?.classId === PROFILE_CLASS && queue[0].attribute === COLUMNS;
	return queue.slice(0, alone ? 1 : most);
}

/** The answer to one of `descriptionReads` taken in. */
export function takeDescription(
	reading: ProfileReading,
	{ attribute }: PlannedRead,
	result: GetResult | undefined,
): ProfileReading {
	if (attribute === COLUMNS) return takeColumns(reading, result);
	const data = result && 'data' in result ? result.data : undefined;
	const { found } = reading;
	switch (attribute) {
		case PERIOD:
			return { ...reading, found: { ...found, periodS: u32In(data) ?? 0 } };
		case SORT_METHOD:
			// Without a word on it, entry 1 is the oldest: that is what most meters do.
			return { ...reading, found: { ...found, order: ORDERS[wholeIn(data) ?? 1] ?? 'sorted' } };
		default:
			return { ...reading, found: { ...found, entriesInUse: u32In(data) ?? null } };
	}
}

const u32In = wholeWithin(0, 2 ** 32 - 1);

function takeColumns(reading: ProfileReading, result: GetResult | undefined): ProfileReading {
	if (!result) return stopped(reading, 'no-answer');
	const outcome = 'data' in result ? result : { refused: result.error };
	const columns = readingOf(outcome, columnsIn);
	switch (columns.state) {
		case 'read':
			return { ...reading, found: { ...reading.found, columns: columns.value } };
		case 'not-in-this-meter':
		case 'not-readable':
			return stopped(reading, columns.state);
		default:
			return stopped(reading, 'not-understood');
	}
}

/** The answer to one of `unitReads` taken in; a unit that is not to be had is none. */
export function takeUnit(
	reading: ProfileReading,
	read: PlannedRead,
	result: GetResult | undefined,
): ProfileReading {
	const { columns } = reading.found;
	if (!columns || !result || !('data' in result)) return reading;
	const { account } = reading.settings;
	const told = withUnit(columns, account, read, result.data);
	return { ...reading, found: { ...reading.found, columns: [...told] } };
}

/** Whether two descriptions are of one profile; rows come and go. */
export function isSameProfile(a: ProfileShape, b: ProfileShape): boolean {
	const key = ({ columns, periodS, order }: ProfileShape) =>
		JSON.stringify([
			...[periodS, order],
			...columns.map((each) => [each.classId, each.logicalName, each.attribute, each.dataIndex]),
		]);
	return key(a) === key(b);
}
