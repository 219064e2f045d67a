/**
 * What an optical probe, its cable and its driver do to octets on their way: what a fault lets through,
 * gives back, spoils and adds. Octets in, octets out; when is the line's concern.
 */

/** What is wrong with a probe; whatever is absent is right. */
export interface ProbeFault {
	/** What we send comes back to us: reflected light, or two wires for both directions. */
	readonly echo?: boolean;
	/** The meter does not hear us. */
	readonly meterDeaf?: boolean;
	/** We do not hear the meter. */
	readonly weDeaf?: boolean;
	/** Octets out of nowhere while the line rests: at least one burst in this many milliseconds. */
	readonly noiseMs?: number;
	/** Octets of rubbish before whatever the meter says after a silence. */
	readonly preamble?: number;
	/** One octet or two of rubbish whenever our port is opened or set anew: the probe is fed by it. */
	readonly stutter?: boolean;
	/** A data bit that is always the same in what we receive. */
	readonly stuck?: { readonly bit: number; readonly value: 0 | 1 };
	/** We lose each so-manyth octet: 2 and up. */
	readonly dropEvery?: number;
}

/** Most octets of one burst of noise. */
const NOISE_OCTETS = 3;
/** The shortest rest between two of them, as a part of the longest. */
const NOISE_LEAST = 0.2;
/** A silence after which a preamble comes again, and after which noise counts as between messages. */
export const REST_MS = 100;

export class FaultyProbe {
	readonly fault: ProbeFault;
	/** Numbers 0 … 1. */
	readonly #chance: () => number;
	#received = 0;
	#spokeAtMs = -Infinity;

	constructor(fault: ProbeFault, chance: () => number) {
		this.fault = fault;
		this.#chance = chance;
	}

	/** What the meter hears of what we send. */
	toMeter(octets: Uint8Array): Uint8Array {
		return this.fault.meterDeaf ? new Uint8Array() : octets;
	}

	/** What comes back to us of what we send. */
	echoOf(octets: Uint8Array): Uint8Array {
		return this.fault.echo ? octets : new Uint8Array();
	}

	/** What we hear of what the meter sends at `nowMs`. */
	toUs(octets: Uint8Array, nowMs: number): Uint8Array {
		if (this.fault.weDeaf || octets.length === 0) return new Uint8Array();
		const rested = nowMs - this.#spokeAtMs > REST_MS;
		this.#spokeAtMs = nowMs;
		const { preamble = 0 } = this.fault;
		if (!rested || preamble === 0) return octets;
		return Uint8Array.of(...this.#rubbish(preamble), ...octets);
	}

	/** What our driver makes of octets that reached our port, whoever they are from. */
	atPort(octets: Uint8Array): Uint8Array {
		const { dropEvery, stuck } = this.fault;
		const kept = dropEvery
			? octets.filter(() => {
					this.#received += 1;
					return this.#received % dropEvery !== 0;
				})
			: octets;
		if (!stuck) return kept;
		const bit = 1 << stuck.bit;
		return kept.map((octet) => (stuck.value === 1 ? octet | bit : octet & ~bit));
	}

	/** How long the line rests before the next noise; undefined: there is none. */
	restMs(): number | undefined {
		const { noiseMs } = this.fault;
		return noiseMs && noiseMs * (NOISE_LEAST + (1 - NOISE_LEAST) * this.#chance());
	}

	/** What comes when the port has just been set; nothing from a probe that is fed otherwise. */
	stutter(): Uint8Array {
		return this.fault.stutter
			? this.#rubbish(1 + Math.floor(this.#chance() * 2))
			: new Uint8Array();
	}

	noise(): Uint8Array {
		return this.#rubbish(1 + Math.floor(this.#chance() * NOISE_OCTETS));
	}

	#rubbish(count: number): Uint8Array {
		return Uint8Array.from({ length: count }, () => Math.floor(this.#chance() * 256));
	}
}
