/**
 * Segments of information → one message (IEC 62056-46, 6.4.4.4.3.3). The order of the frames is the
 * link's concern; this only joins and bounds.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { MAX_MESSAGE_OCTETS } from '../limits.ts';
import { HDLC_CLAUSE } from './frame.ts';
import { removeLlc } from './llc.ts';

/** Joins segments until one is the last. */
export class MessageAssembler {
	#parts: Uint8Array[] = [];
	#octets = 0;

	/** Whether a message has begun and its last segment has not come. */
	get partial(): boolean {
		return this.#parts.length > 0;
	}

	/**
	 * Takes the next segment; the message without LLC once `more` is false, undefined before.
	 * @throws {Breach} `message-too-long`, `bad-llc`; what was gathered is then forgotten
	 */
	take(information: Uint8Array, more: boolean): Uint8Array | undefined {
		this.#parts.push(information);
		this.#octets += information.length;
		if (this.#octets > MAX_MESSAGE_OCTETS) {
			this.reset();
			throw new Breach('message-too-long', 0, HDLC_CLAUSE);
		}
		if (more) return undefined;
		const whole = this.#parts.length === 1 ? information : concatBytes(...this.#parts);
		this.reset();
		return removeLlc(whole);
	}

	/** Forgets a message that will not be finished. */
	reset(): void {
		this.#parts = [];
		this.#octets = 0;
	}
}
