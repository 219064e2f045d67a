/** What became of the rows of a file, counted up: taken, there before, not taken and why. Pure. */
import type { JournalRowAnswer, OutcomeState } from '#lib/core/sync/wire-till.ts';
import type { Problem } from '#lib/core/sync/wire.ts';

/** A row that somebody should look at: not taken, or taken as a sale that is refused. */
export interface RowToSee {
	/** As the row itself says; null: it says none. */
	readonly sequence: number | null;
	readonly because:
		| { readonly kind: 'not-taken'; readonly problem: Problem }
		| { readonly kind: 'sale-refused'; readonly code: string };
}

export interface ImportTally {
	/** Of this import, by what became of each. */
	readonly taken: Readonly<Partial<Record<OutcomeState, number>>>;
	/** In the journal before. */
	readonly present: number;
	readonly notTaken: number;
	readonly toSee: readonly RowToSee[];
}

export const NOTHING_TALLIED: ImportTally = { taken: {}, present: 0, notTaken: 0, toSee: [] };

/** @param headBefore where the journal ended before the import: up to there an entry was there already */
export function tally(
	before: ImportTally,
	rows: readonly JournalRowAnswer[],
	headBefore: number,
): ImportTally {
	const taken = { ...before.taken };
	let { present, notTaken } = before;
	const toSee = [...before.toSee];
	for (const row of rows) {
		if (!row.taken) {
			notTaken += 1;
			const because = { kind: 'not-taken' as const, problem: row.problem };
			toSee.push({ sequence: row.sequence, because });
			continue;
		}
		const { state, code } = row.outcome;
		if (row.sequence <= headBefore) present += 1;
		else taken[state] = (taken[state] ?? 0) + 1;
		if (state === 'refused' && code !== null)
			toSee.push({ sequence: row.sequence, because: { kind: 'sale-refused', code } });
	}
	return { taken, present, notTaken, toSee };
}

/** Rows that were taken now. */
export const takenCount = ({ taken }: ImportTally): number =>
	Object.values(taken).reduce((sum, count) => sum + count, 0);

/**
 * How many of the first answers are final. A row that the backend could not get to (in time, or for now) is
 * handed in again with all after it.
 */
export function finalRows(rows: readonly JournalRowAnswer[]): number {
	const at = rows.findIndex((row) => !row.taken && isForNow(row.problem));
	return at === -1 ? rows.length : at;
}

const isForNow = ({ status }: Problem): boolean => status === 429 || status >= 500;
