/** Chance that is the same every time: the demo of one date is one demo. */

/** Numbers from 0 up to, not including, 1; the same for the same seed. */
export type Chance = () => number;

/** A small generator (mulberry32): 32 bits of state are plenty for inventing people. */
export function chanceFrom(seed: number): Chance {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** One of them, each as likely as the others. @throws {RangeError} slip: an empty list */
export function pick<Item>(chance: Chance, items: readonly Item[]): Item {
	const item = items[Math.floor(chance() * items.length)];
	if (item === undefined) throw new RangeError('nothing to pick from');
	return item;
}

/** A whole number from `low` to `high`, both included. */
export function between(chance: Chance, low: number, high: number): number {
	return low + Math.floor(chance() * (high - low + 1));
}
