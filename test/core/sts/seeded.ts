/** Chance that is the same in every run: a 32-bit generator (mulberry32) from a seed. */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) >>> 0;
	};
}

/** A number from 0 up to a limit, the limit left out. */
export const below = (random: () => number, limit: number): number =>
	Math.floor((random() / 2 ** 32) * limit);

/** Octets of chance. */
export const randomBytes = (random: () => number, length: number): Uint8Array =>
	Uint8Array.from({ length }, () => random() & 0xff);

/** A block of chance. */
export const randomBlock = (random: () => number) => ({ high: random(), low: random() });
