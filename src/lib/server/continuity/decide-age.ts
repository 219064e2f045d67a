/** Whether a database is the one that this home last worked with, or an older copy of it: the decision. */

/** Marks are written ahead by at most this; a node's mark in this span from now is that of one at work. */
export const AHEAD_MS = 60_000;

export interface AgeFacts {
	/** What the home remembers; undefined: it never issued. */
	readonly fileMs: number | undefined;
	/** This home's mark in the database; undefined: none. */
	readonly ownMs: number | undefined;
	/** The marks of all other nodes in the database. */
	readonly othersMs: readonly number[];
	readonly nowMs: number;
}

/**
 * `older`: tokens may have been given out that the database does not know of. Marks are compared with each
 * other, so that a clock that was set back changes nothing. The database's mark is written before the
 * home's: between the two the database is ahead, which is sound.
 *
 * A home that never issued cannot tell by itself: it may join a database on which another node is at work
 * now, or begin on one on which nobody ever issued.
 */
export function decideAge({ fileMs, ownMs, othersMs, nowMs }: AgeFacts): 'sound' | 'older' {
	if (fileMs !== undefined) return ownMs !== undefined && ownMs >= fileMs ? 'sound' : 'older';
	const marks = ownMs === undefined ? othersMs : [...othersMs, ownMs];
	const isAtWork = (mark: number) => mark > nowMs && mark <= nowMs + 2 * AHEAD_MS;
	return marks.length === 0 || marks.some(isAtWork) ? 'sound' : 'older';
}
