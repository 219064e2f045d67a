/** How long a reading takes, roughly: so that a person can say whether they want all of it. */

/** Octets of one value in a row, with what is around it on the line. */
const OCTETS_OF_A_CELL = 8;
const BITS_OF_AN_OCTET = 10;
/** Octets a second of a stream that has no rate. */
const STREAM_OCTETS = 50_000;

/** Seconds, at least one. @param baud 0 on a stream */
export function timeNeeded(rows: number, columns: number, baud: number): number {
	const octetsASecond = baud > 0 ? baud / BITS_OF_AN_OCTET : STREAM_OCTETS;
	return Math.max(1, Math.ceil((rows * columns * OCTETS_OF_A_CELL) / octetsASecond));
}
