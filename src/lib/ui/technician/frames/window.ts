/** Which rows of a long list are drawn: those in sight and a few around them. All rows are of one height. */

export interface RowWindow {
	/** The first row that is drawn. */
	readonly from: number;
	/** The row after the last one that is drawn. */
	readonly to: number;
}

/** Rows drawn beyond each edge, so that a quick scroll shows no hole. */
export const BEYOND = 12;

/**
 * @param scrollTop how far the list is scrolled, in pixels; may lie beyond its end while it shrinks
 * @throws {RangeError} slip: rows without a height
 */
export function windowOf(
	scrollTop: number,
	height: number,
	rowHeight: number,
	count: number,
): RowWindow {
	if (!(rowHeight > 0)) throw new RangeError('a row has a height');
	const top = Math.min(Math.max(0, scrollTop), Math.max(0, count * rowHeight - height));
	const from = Math.max(0, Math.floor(top / rowHeight) - BEYOND);
	const to = Math.min(count, Math.ceil((top + height) / rowHeight) + BEYOND);
	return { from, to };
}

/** Whether a list is scrolled to its end, give or take a row: then it goes on following what comes. */
export function isAtEnd(
	scrollTop: number,
	height: number,
	rowHeight: number,
	count: number,
): boolean {
	return scrollTop + height >= (count - 1) * rowHeight;
}

/** How far to scroll so that a row is in sight; undefined where it is. */
export function scrollToShow(
	row: number,
	scrollTop: number,
	height: number,
	rowHeight: number,
): number | undefined {
	const top = row * rowHeight;
	if (top < scrollTop) return top;
	return top + rowHeight > scrollTop + height ? top + rowHeight - height : undefined;
}
