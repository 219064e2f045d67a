/**
 * What a meter notices of hands that should not be on it: each kind is there or not, is remembered until a
 * clear-tamper token, and is counted.
 */

export const TAMPER_KINDS = [
	'meter-cover',
	'terminal-cover',
	'magnetic-field',
	'reversed-current',
] as const;
export type TamperKind = (typeof TAMPER_KINDS)[number];

export interface Tampers {
	/** There now: the cover is off, the magnet is near. */
	readonly present: readonly TamperKind[];
	/** Noticed since the last clear-tamper token. */
	readonly noted: readonly TamperKind[];
	/** How often each was noticed since manufacture. */
	readonly counts: Readonly<Record<TamperKind, number>>;
}

/** Nobody has touched a new meter. */
export const UNTOUCHED: Tampers = {
	present: [],
	noted: [],
	counts: { 'meter-cover': 0, 'terminal-cover': 0, 'magnetic-field': 0, 'reversed-current': 0 },
};

const including = (kinds: readonly TamperKind[], kind: TamperKind): readonly TamperKind[] =>
	kinds.includes(kind) ? kinds : [...kinds, kind];

/** Begins; the same value where it has begun and is noted already. */
export function beginTamper(tampers: Tampers, kind: TamperKind): Tampers {
	if (tampers.present.includes(kind) && tampers.noted.includes(kind)) return tampers;
	return {
		present: including(tampers.present, kind),
		noted: including(tampers.noted, kind),
		counts: { ...tampers.counts, [kind]: tampers.counts[kind] + 1 },
	};
}

/** Ends; it stays noted. The same value where it is not there. */
export function endTamper(tampers: Tampers, kind: TamperKind): Tampers {
	if (!tampers.present.includes(kind)) return tampers;
	return { ...tampers, present: tampers.present.filter((each) => each !== kind) };
}

/** Forgets what was noted. What is still there is noted anew only when it begins anew. */
export function clearTampers(tampers: Tampers): Tampers {
	return { ...tampers, noted: [] };
}
