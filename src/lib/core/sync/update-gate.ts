/**
 * Whether a new version of the app may take over: not while anything that this version wrote is on its way,
 * because a later one might read it otherwise. Pure.
 */

/** What each audience of the app still has under way on this device. */
export interface UnderWay {
	/** The consumer's sales that are not final. */
	readonly openSales: number;
	/** The till's entries that are not final (`pendingRows`); null: not known. */
	readonly tillRows: number | null;
	/** Meters that somebody works with. */
	readonly meters: number;
}

/** What is not known is taken to be under way. */
export function mayUpdate({ openSales, tillRows, meters }: UnderWay): boolean {
	return openSales === 0 && tillRows === 0 && meters === 0;
}
