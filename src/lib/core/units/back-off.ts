/** How long to wait before asking again: doubling, bounded, and spread so that many do not return together. */

export interface BackOff {
	readonly firstMs: number;
	readonly lastMs: number;
}

/**
 * @param attempts so far without an answer, 1 or more
 * @param chance a number in [0, 1) from the caller; between half and the whole of the wait is taken
 */
export function backOffMs(attempts: number, { firstMs, lastMs }: BackOff, chance: number): number {
	const full = Math.min(firstMs * 2 ** Math.min(Math.max(attempts, 1) - 1, 20), lastMs);
	return Math.round(full * (0.5 + chance / 2));
}
