/**
 * General blocks of one sender → the whole APDU, as somebody who only listens sees them (IEC 62056-5-3,
 * 9.4.6.13): acknowledgements come between, blocks come twice or not at all.
 *
 * Always holds: blocks are joined in order only, from the first one on; at most one message is kept.
 */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import type { GeneralBlock } from '../apdu/general.ts';
import { MAX_MESSAGE_OCTETS } from '../limits.ts';

export class BlockJoiner {
	#parts: Uint8Array[] = [];
	#octets = 0;
	/** The last block that was taken. */
	#number = 0;

	/** The whole APDU with its last block; undefined before, and for what only acknowledges. */
	take({ block, raw, last }: GeneralBlock): Uint8Array | undefined {
		const gathering = this.#parts.length > 0;
		if (raw.length === 0 && !(gathering && last && block === this.#number + 1)) {
			// Some senders go on counting from their acknowledgements when it is their turn to tell.
			if (!gathering) this.#number = block;
			return undefined;
		}
		if (block === 1) this.#forget();
		// After a gap the sender comes back to the block that is missing.
		else if (block !== this.#number + 1) return undefined;
		this.#number = block;
		this.#parts.push(raw);
		this.#octets += raw.length;
		if (this.#octets > MAX_MESSAGE_OCTETS) {
			this.#forget();
			return undefined;
		}
		if (!last) return undefined;
		const whole = concatBytes(...this.#parts);
		this.#forget();
		this.#number = block;
		return whole;
	}

	#forget(): void {
		this.#parts = [];
		this.#octets = 0;
		this.#number = 0;
	}
}
