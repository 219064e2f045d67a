/** What some meters want before they listen: to be woken, to be hung up first, to hear a break. */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { FrameSplitter } from '#lib/core/dlms/hdlc/splitter.ts';
import { BREAK_MESSAGE } from '#lib/core/dlms/opening/identification.ts';

/** Octets 00 that wake a battery meter; the field knows 40 to 65. */
export const WAKING_OCTETS = 40;
/** How long it takes to be ready after the last of them. */
export const WAKING_MS = 1000;
/** How long it stays awake without hearing anything. */
export const STAYS_AWAKE_MS = 30_000;
/** A pause after which the octets 00 are counted anew. */
const COUNT_PAUSE_MS = 1500;

/** A meter that sleeps until it is woken by octets 00, and again when nobody speaks. */
export class SleepGate {
	#zeros = 0;
	#heardAtMs = -Infinity;
	#awake = false;

	/** Whether it is awake for these octets. */
	awake(octets: Uint8Array, nowMs: number): boolean {
		const pauseMs = nowMs - this.#heardAtMs;
		if (this.#awake && pauseMs > STAYS_AWAKE_MS) this.#awake = false;
		if (this.#awake) {
			this.#heardAtMs = nowMs;
			return true;
		}
		const woken = this.#zeros >= WAKING_OCTETS && pauseMs >= WAKING_MS;
		if (!woken && pauseMs > COUNT_PAUSE_MS) this.#zeros = 0;
		this.#heardAtMs = nowMs;
		if (woken) {
			this.#zeros = 0;
			this.#awake = true;
			return true;
		}
		this.#zeros += octets.filter((octet) => (octet & 0x7f) === 0).length;
		return false;
	}
}

/** Keeps SNRM from a meter until DISC has come, once for every connection. */
export class DiscGate {
	readonly #splitter = new FrameSplitter();
	#cleared = false;

	/** What the meter hears of `octets`: whole frames. */
	pass(octets: Uint8Array): Uint8Array {
		const heard = this.#splitter.push(octets).filter(({ control }) => {
			if (control.type === 'DISC') this.#cleared = true;
			return control.type !== 'SNRM' || this.#cleared;
		});
		return concatBytes(...heard.map(encodeFrame));
	}

	/** The connection is over: the next one wants its DISC. */
	close(): void {
		this.#cleared = false;
	}
}

/** Waits for a break message, in seven bits. */
export class BreakListener {
	#heard: number[] = [];

	hears(octets: Uint8Array): boolean {
		for (const octet of octets) {
			this.#heard = [...this.#heard, octet & 0x7f].slice(-BREAK_MESSAGE.length);
			if (BREAK_MESSAGE.every((wanted, at) => wanted === this.#heard[at])) return true;
		}
		return false;
	}
}
