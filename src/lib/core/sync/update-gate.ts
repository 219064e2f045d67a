/**
 * Whether a new version of the app may take over: not while anything that this version wrote is on its way,
 * because a later one might read it otherwise. Pure.
 */

/** What each audience of the app still has under way on this device. */
export interface UnderWay {
	/** The consumer's sales that are not final; null: not known. */
	readonly openSales: number | null;
	/** The till's entries that are not final (`pendingRows`); null: not known. */
	readonly tillRows: number | null;
	/** Meters that any tab works with. */
	readonly meters: number;
	/** Screens, of any tab, on which a person is in the middle of something: an amount, a token at a keypad, a delivery. */
	readonly tasks: number;
}

/** What is not known is taken to be under way. */
export function mayUpdate({ openSales, tillRows, meters, tasks }: UnderWay): boolean {
	return openSales === 0 && tillRows === 0 && meters === 0 && tasks === 0;
}
