/**
 * Where one piece of a profile joins the piece before. Between two questions the meter may have captured
 * rows, so that its numbers have moved: what was seen comes again, never is a row passed over. The last
 * rows seen are the mark that the next piece is laid against.
 */
import { MARKS_KEPT } from './reading-state.ts';
import type { ProfileRow } from './rows.ts';

/** Characters of a mark. */
const MARK_LENGTH = 256;

/** What tells a row from its neighbours. */
export function rowMark({ atMs, cells }: ProfileRow): string {
	return `${atMs ?? '-'}|${cells.join('|')}`.slice(0, MARK_LENGTH);
}

/** The marks to keep after some more rows. */
export function nextTail(tail: readonly string[], rows: readonly ProfileRow[]): string[] {
	return [...tail, ...rows.slice(-MARKS_KEPT).map(rowMark)].slice(-MARKS_KEPT);
}

/**
 * How many rows at the front of a piece, which stands newest first, were seen before. Where the mark is
 * not among them the times decide: what is newer than the last row seen came in meanwhile.
 */
export function rowsSeen(
	rows: readonly ProfileRow[],
	tail: readonly string[],
	tailMs: number | null,
): number {
	const last = tail.at(-1);
	if (last === undefined) return 0;
	const marks = rows.map(rowMark);
	const at = marks.findIndex(
		(mark, index) =>
			mark === last && (index === 0 || marks[index - 1] === (tail.at(-2) ?? marks[index - 1])),
	);
	if (at >= 0) return at + 1;
	if (tailMs === null) return 0;
	const older = rows.findIndex(({ atMs }) => atMs !== null && atMs < tailMs);
	return older >= 0
		? older
		: rows.filter(({ atMs }) => atMs !== null).length === rows.length
			? rows.length
			: 0;
}
