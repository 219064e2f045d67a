/**
 * The blocks of one long GET, SET or ACTION of one sender → the value they carry together (IEC 62056-5-3,
 * 9.4.6), as somebody who only listens puts it together.
 *
 * Always holds: blocks are joined in order only; of more than `MAX_JOINED_OCTETS` nothing is kept, since
 * whoever looks at a log waits for it.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import type { Data } from '../axdr/data-type.ts';
import { decodeData } from '../axdr/decode.ts';
import type { ServiceApdu } from './service-tree.ts';

/** The longest value that is shown as a whole. */
export const MAX_JOINED_OCTETS = 65_536;

/** What a block did to the long value it is a part of. */
export type Joined =
	/** More is to come. */
	| { readonly kind: 'part' }
	| { readonly kind: 'whole'; readonly data: Data }
	/** The last one came, and it cannot be told what the whole was. */
	| { readonly kind: 'lost' };

const PART: Joined = { kind: 'part' };
const LOST: Joined = { kind: 'lost' };

interface Block {
	readonly number: number;
	readonly last: boolean;
	readonly raw: Uint8Array;
}

export class ServiceJoiner {
	#parts: Uint8Array[] = [];
	#octets = 0;
	#number = 0;
	#broken = false;

	/** Undefined for what is no block. */
	take(apdu: ServiceApdu): Joined | undefined {
		const block = blockOf(apdu);
		if (!block) return undefined;
		const { number, last, raw } = block;
		if (number === 1) this.#forget();
		if (number !== this.#number + 1) this.#broken = true;
		this.#number = number;
		this.#octets += raw.length;
		if (this.#octets > MAX_JOINED_OCTETS) this.#broken = true;
		if (this.#broken) this.#parts = [];
		else this.#parts.push(raw);
		if (!last) return PART;
		const whole = this.#broken ? undefined : valueOf(concatBytes(...this.#parts));
		this.#forget();
		return whole ? { kind: 'whole', data: whole } : LOST;
	}

	#forget(): void {
		this.#parts = [];
		this.#octets = 0;
		this.#number = 0;
		this.#broken = false;
	}
}

function blockOf(apdu: ServiceApdu): Block | undefined {
	if (apdu.apdu === 'get-response') {
		if (apdu.kind !== 'block' || !('raw' in apdu.part)) return undefined;
		return { number: apdu.block, last: apdu.last, raw: apdu.part.raw };
	}
	return 'raw' in apdu ? { number: apdu.block, last: apdu.last, raw: apdu.raw } : undefined;
}

/** One value; of an action's answer the choice octet before it may be there or not. */
function valueOf(octets: Uint8Array): Data | undefined {
	for (const from of octets[0] === 0 && octets.length > 1 ? [1, 0] : [0]) {
		try {
			return decodeData(octets.subarray(from));
		} catch (error) {
			if (!(error instanceof Breach)) throw error;
		}
	}
	return undefined;
}
