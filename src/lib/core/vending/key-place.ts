/** A meter's place in the key scheme, and whether a token made for one is still taken: pure. `sts.md` §12.2. */

/** Supply group, key revision, tariff index. */
export interface Place {
	readonly sgc: string;
	readonly krn: number;
	readonly ti: string;
}

export function isSamePlace(one: Place, other: Place): boolean {
	return one.sgc === other.sgc && one.krn === other.krn && one.ti === other.ti;
}

/** Where a meter was at an instant, by the backend's word and clock; epoch milliseconds. */
export interface PlaceHeard {
	readonly place: Place;
	readonly atMs: number;
}

/**
 * Whether the newest that was heard of a meter since its token was made says that its key has changed: it takes
 * the token no more. What is older says nothing of it, because the token was made for the key of its own time.
 */
export function isOvertaken(made: PlaceHeard, heard: readonly PlaceHeard[]): boolean {
	const newest = heard
		.filter(({ atMs }) => atMs > made.atMs)
		.reduce<PlaceHeard>((last, each) => (each.atMs > last.atMs ? each : last), made);
	return !isSamePlace(newest.place, made.place);
}
