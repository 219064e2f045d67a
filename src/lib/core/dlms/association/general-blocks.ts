/**
 * general-block-transfer, both directions (IEC 62056-5-3, 9.4.6.13): an APDU of any service cut into
 * numbered blocks, acknowledged by window.
 *
 * Always holds: blocks are joined in order only; what is gathered is bounded; a window is at most 63.
 */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { encodeGeneralBlock, type GeneralBlock, MAX_GENERAL_WINDOW } from '../apdu/general.ts';
import { MAX_BLOCKS, MAX_MESSAGE_OCTETS } from '../limits.ts';

/** Tag, control, two numbers, length. */
export const BLOCK_OVERHEAD = 6 + 3;

/** What came of a block. */
export type BlockProgress =
	/** The whole APDU. */
	| { readonly kind: 'whole'; readonly octets: Uint8Array }
	/** Send this acknowledgement. */
	| { readonly kind: 'acknowledge'; readonly octets: Uint8Array }
	/** More is on its way by itself. */
	| { readonly kind: 'more' }
	| { readonly kind: 'too-long' };

/** Joins the blocks of the peer. */
export class BlockReceiver {
	readonly #window: number;
	#parts: Uint8Array[] = [];
	#octets = 0;
	#received = 0;
	#sinceAcknowledged = 0;
	#ownBlock = 0;

	/** `window` 1 … 63 is how many blocks we take before we acknowledge. */
	constructor(window: number) {
		this.#window = Math.min(Math.max(window, 1), MAX_GENERAL_WINDOW);
	}

	take(block: GeneralBlock): BlockProgress {
		this.#sinceAcknowledged += 1;
		// Block numbers have 16 bits; a block that came before, or after a gap, is not joined.
		const inOrder = block.block === this.#received + 1;
		if (inOrder) {
			this.#received = block.block;
			this.#octets += block.raw.length;
			if (this.#octets > MAX_MESSAGE_OCTETS || this.#received >= MAX_BLOCKS)
				return { kind: 'too-long' };
			this.#parts.push(block.raw);
			if (block.last) return { kind: 'whole', octets: concatBytes(...this.#parts) };
		}
		const windowEnds = !block.streaming || this.#sinceAcknowledged >= this.#window;
		return windowEnds || block.last ? this.#acknowledge() : { kind: 'more' };
	}

	/** An empty block of ours that says how far we are. */
	#acknowledge(): BlockProgress {
		this.#sinceAcknowledged = 0;
		this.#ownBlock += 1;
		return {
			kind: 'acknowledge',
			octets: encodeGeneralBlock({
				apdu: 'general-block-transfer',
				last: true,
				streaming: false,
				window: this.#window,
				block: this.#ownBlock,
				acknowledged: this.#received,
				raw: new Uint8Array(),
			}),
		};
	}
}

/** Cuts an APDU and sends it as the peer acknowledges. */
export class BlockSender {
	readonly #blocks: Uint8Array[] = [];
	readonly #window: number;
	/** The peer's last block, acknowledged along the way. */
	#peerBlock: number;

	/** @throws {RangeError} slip: more blocks than numbers */
	constructor(apdu: Uint8Array, blockLength: number, window: number, peerBlock = 0) {
		for (let from = 0; from < apdu.length; from += blockLength)
			this.#blocks.push(apdu.subarray(from, from + blockLength));
		if (this.#blocks.length > MAX_BLOCKS) throw new RangeError('an APDU of too many blocks');
		this.#window = window;
		this.#peerBlock = peerBlock;
	}

	/** The first block alone: how many the peer takes at once is not known yet. */
	first(): Uint8Array[] {
		return this.#burst(0, 1);
	}

	/** The blocks after the one acknowledged; none when all have arrived. */
	next(acknowledgement: GeneralBlock): Uint8Array[] {
		this.#peerBlock = acknowledgement.block;
		const window = Math.max(acknowledgement.window, 1);
		return this.#burst(Math.min(acknowledgement.acknowledged, this.#blocks.length), window);
	}

	#burst(from: number, window: number): Uint8Array[] {
		const blocks = this.#blocks.slice(from, from + window);
		return blocks.map((raw, index) =>
			encodeGeneralBlock({
				apdu: 'general-block-transfer',
				last: from + index === this.#blocks.length - 1,
				streaming: index < blocks.length - 1,
				window: this.#window,
				block: from + index + 1,
				acknowledged: this.#peerBlock,
				raw,
			}),
		);
	}
}
