/**
 * A simulated line between two sans-IO ends, on a clock of its own: whole, or with seeded faults that
 * drop, split, repeat, delay and flip what passes.
 */

/** What both kinds of ends (links and endpoints) have in common. */
export interface LineEnd<Event> {
	receive(octets: Uint8Array, nowMs: number): Event[];
	wake(nowMs: number): Event[];
	readonly wakeAtMs: number | undefined;
	takeOutput(): Uint8Array[];
}

/** Chance of each fault per frame, 0 … 1. */
export interface Faults {
	readonly drop: number;
	readonly split: number;
	readonly repeat: number;
	readonly delay: number;
	readonly flip: number;
}

export const NO_FAULTS: Faults = { drop: 0, split: 0, repeat: 0, delay: 0, flip: 0 };

/** A small generator of numbers 0 … 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

interface Delivery {
	readonly atMs: number;
	readonly to: 'a' | 'b';
	readonly octets: Uint8Array;
}

/** Two ends and the line between them. */
export class Line<A, B> {
	nowMs = 0;
	/** Frames and octets that left each end. */
	readonly sent = { a: { frames: 0, octets: 0 }, b: { frames: 0, octets: 0 } };
	readonly #a: LineEnd<A>;
	readonly #b: LineEnd<B>;
	readonly #onA: (event: A) => void;
	readonly #onB: (event: B) => void;
	readonly #faults: Faults;
	readonly #random: () => number;
	#deliveries: Delivery[] = [];

	constructor(
		a: LineEnd<A>,
		b: LineEnd<B>,
		onA: (event: A) => void,
		onB: (event: B) => void,
		faults = NO_FAULTS,
		seed = 1,
	) {
		this.#a = a;
		this.#b = b;
		this.#onA = onA;
		this.#onB = onB;
		this.#faults = faults;
		this.#random = seeded(seed);
	}

	/** Runs until `done` says so or `limitMs` of the line's own time have passed. */
	run(done: () => boolean, limitMs = 600_000): boolean {
		const endMs = this.nowMs + limitMs;
		for (;;) {
			this.#collect();
			if (done()) return true;
			const delivery = this.#deliveries.shift();
			const wakeMs = Math.min(this.#a.wakeAtMs ?? Infinity, this.#b.wakeAtMs ?? Infinity);
			const nextMs = Math.max(this.nowMs, Math.min(delivery?.atMs ?? Infinity, wakeMs));
			if (nextMs === Infinity || nextMs > endMs) return false;
			this.nowMs = nextMs;
			if (delivery && delivery.atMs <= nextMs) this.#deliver(delivery);
			else {
				if (delivery) this.#deliveries.unshift(delivery);
				for (const event of this.#a.wake(nextMs)) this.#onA(event);
				for (const event of this.#b.wake(nextMs)) this.#onB(event);
			}
		}
	}

	#deliver({ to, octets }: Delivery): void {
		if (to === 'a') for (const event of this.#a.receive(octets, this.nowMs)) this.#onA(event);
		else for (const event of this.#b.receive(octets, this.nowMs)) this.#onB(event);
	}

	#collect(): void {
		for (const octets of this.#a.takeOutput()) this.#put('b', octets, this.sent.a);
		for (const octets of this.#b.takeOutput()) this.#put('a', octets, this.sent.b);
	}

	#put(to: 'a' | 'b', octets: Uint8Array, count: { frames: number; octets: number }): void {
		count.frames += 1;
		count.octets += octets.length;
		const { drop, split, repeat, delay, flip } = this.#faults;
		if (this.#chance(drop)) return;
		let carried = octets;
		if (this.#chance(flip)) {
			carried = octets.slice();
			const at = Math.floor(this.#random() * octets.length);
			carried[at] = (carried[at] as number) ^ (1 << Math.floor(this.#random() * 8));
		}
		// Frames sent together keep their order: a line delays, it does not sort.
		const last = this.#deliveries.findLast((delivery) => delivery.to === to)?.atMs ?? 0;
		const atMs =
			Math.max(last, this.nowMs + 1) + (this.#chance(delay) ? 1 + this.#random() * 3500 : 0);
		const cut = this.#chance(split)
			? 1 + Math.floor(this.#random() * (carried.length - 1))
			: carried.length;
		this.#queue({ atMs, to, octets: carried.subarray(0, cut) });
		if (cut < carried.length) this.#queue({ atMs: atMs + 2, to, octets: carried.subarray(cut) });
		if (this.#chance(repeat)) this.#queue({ atMs: atMs + 3, to, octets: carried });
	}

	#queue(delivery: Delivery): void {
		const after = this.#deliveries.findIndex((other) => other.atMs > delivery.atMs);
		this.#deliveries.splice(after < 0 ? this.#deliveries.length : after, 0, delivery);
	}

	#chance(probability: number): boolean {
		return probability > 0 && this.#random() < probability;
	}
}
