/** Rows of other utilities are not there: whoever guesses an id learns nothing. */
import type { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';

/** The row, when there is one and it is of the caller's utility. Refusal: `not-found`. */
export function inScope<Row extends { utility_id: string }>(
	caller: Pick<Caller, 'utilityId'>,
	row: Row | undefined,
): Row | Refusal {
	return row?.utility_id === caller.utilityId ? row : { refusal: 'not-found' };
}
