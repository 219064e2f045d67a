/** RLRQ and RLRE: ending an association (IEC 62056-5-3, 7.3.4 and 7.3.5). */
import { Breach } from '#lib/core/bytes/breach.ts';
import { Reader } from '#lib/core/bytes/reader.ts';
import { readLength } from '../axdr/length.ts';
import { ACSE_CLAUSE } from './ber.ts';
import { encodeFields, type Fields, readFields, RELEASE_FIELDS } from './fields.ts';

export const RLRQ_TAG = 0x62;
export const RLRE_TAG = 0x63;

export interface Release {
	readonly apdu: 'RLRQ' | 'RLRE';
	/** One octet of `RELEASE_REASONS`. */
	readonly reason?: Uint8Array;
	/** An initiate request or response again, plain or ciphered. */
	readonly userInformation?: Uint8Array;
	/** Set where the peer's lengths contradict each other; what could not be read is then left out. */
	readonly misshapen?: true;
}

/**
 * Reads RLRQ or RLRE. One widespread meter library counts the lengths of its RLRE wrongly, and that a
 * release was answered at all is what matters: the reason alone is then enough.
 * @throws {Breach} where not even the reason can be read
 */
export function decodeRelease(octets: Uint8Array): Release {
	const reader = new Reader(octets, ACSE_CLAUSE);
	const tag = reader.u8();
	if (tag !== RLRQ_TAG && tag !== RLRE_TAG) reader.fail('unexpected-tag', 0);
	const apdu = tag === RLRQ_TAG ? 'RLRQ' : 'RLRE';
	const length = readLength(reader);
	const start = reader.offset;
	try {
		const fields: Fields<typeof RELEASE_FIELDS> = readFields(reader.within(length), RELEASE_FIELDS);
		reader.expectEnd();
		return { apdu, ...fields };
	} catch (error) {
		if (!(error instanceof Breach) || apdu !== 'RLRE') throw error;
		return { apdu, reason: readReason(octets, start, error), misshapen: true };
	}
}

/** The reason field alone; the first `breach` stands where there is none either. */
function readReason(octets: Uint8Array, from: number, breach: Breach): Uint8Array {
	if (octets[from] !== 0x80 || octets[from + 1] !== 1 || octets.length < from + 3) throw breach;
	return octets.slice(from + 2, from + 3);
}

export function encodeRelease(release: Release): Uint8Array {
	return encodeFields(release.apdu === 'RLRQ' ? RLRQ_TAG : RLRE_TAG, RELEASE_FIELDS, release);
}
