/**
 * The wrapper of IEC 62056-47: version 0001, source port, destination port, length, then the APDU.
 *
 * Always holds: the length counts the APDU only; there is no checksum; an empty APDU is a legal answer
 * of some peers.
 */
import { Reader } from '#lib/core/bytes/reader.ts';
import { MAX_WRAPPER_LENGTH } from '../limits.ts';

export const WRAPPER_CLAUSE = 'IEC 62056-47, 5.2';
export const WRAPPER_VERSION = 1;
export const WRAPPER_HEADER_OCTETS = 8;

export interface WrapperFrame {
	/** Source wPort: the sender's SAP, 0 … 65535. */
	readonly source: number;
	/** Destination wPort. */
	readonly destination: number;
	/** One APDU, 0 … 65535 octets. */
	readonly apdu: Uint8Array;
}

/**
 * One header and its APDU, filling `octets` exactly.
 * @throws {Breach} `bad-version`, `length-past-end`, `trailing-octets`
 */
export function decodeWrapper(octets: Uint8Array): WrapperFrame {
	const reader = new Reader(octets, WRAPPER_CLAUSE);
	if (reader.u16() !== WRAPPER_VERSION) reader.fail('bad-version', 0);
	const source = reader.u16();
	const destination = reader.u16();
	const apdu = reader.take(reader.u16());
	reader.expectEnd();
	return { source, destination, apdu };
}

/** @throws {RangeError} slip: an APDU longer than the header can say */
export function encodeWrapper({ source, destination, apdu }: WrapperFrame): Uint8Array {
	if (apdu.length > MAX_WRAPPER_LENGTH)
		throw new RangeError(`an APDU of ${apdu.length} octets does not fit a wrapper`);
	// Once per message: written in place, because a growing buffer would be copied at the end.
	const octets = new Uint8Array(WRAPPER_HEADER_OCTETS + apdu.length);
	octets[1] = WRAPPER_VERSION;
	octets[2] = source >>> 8;
	octets[3] = source;
	octets[4] = destination >>> 8;
	octets[5] = destination;
	octets[6] = apdu.length >>> 8;
	octets[7] = apdu.length;
	octets.set(apdu, WRAPPER_HEADER_OCTETS);
	return octets;
}
