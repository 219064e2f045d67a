/**
 * Length and count octets, the same in A-XDR (IEC 61334-6) and in the definite form of BER: below 128
 * one octet, else 80 + the number of octets that follow.
 */
import type { Reader } from '#lib/core/bytes/reader.ts';
import type { Writer } from '#lib/core/bytes/writer.ts';

/**
 * Reads a length or an element count, 0 … 2³² − 1. It may claim more than is there: the caller takes
 * the octets through the reader, which refuses, or bounds the count first.
 * @throws {Breach} `bad-length` for the indefinite form and for more than four octets
 */
export function readLength(reader: Reader): number {
	const first = reader.u8();
	if (first < 0x80) return first;
	switch (first) {
		case 0x81:
			return reader.u8();
		case 0x82:
			return reader.u16();
		case 0x83:
			return (reader.u8() << 16) | reader.u16();
		case 0x84:
			return reader.u32();
		default:
			return reader.fail('bad-length', reader.offset - 1);
	}
}

/** Writes a length in the fewest octets; `length` is 0 … 2³² − 1. */
export function writeLength(writer: Writer, length: number): Writer {
	if (length < 0x80) return writer.u8(length);
	if (length < 0x100) return writer.u8(0x81).u8(length);
	if (length < 0x1_0000) return writer.u8(0x82).u16(length);
	if (length < 0x100_0000)
		return writer
			.u8(0x83)
			.u8(length >>> 16)
			.u16(length & 0xffff);
	return writer.u8(0x84).u32(length);
}

/** How many octets `writeLength` takes for `length`. */
export function lengthSize(length: number): number {
	if (length < 0x80) return 1;
	if (length < 0x100) return 2;
	if (length < 0x1_0000) return 3;
	return length < 0x100_0000 ? 4 : 5;
}

/** Octets with their length before them, as A-XDR carries every octet string. */
export function writeOctets(writer: Writer, octets: Uint8Array): Writer {
	return writeLength(writer, octets.length).bytes(octets);
}

/** Octets with their length before them, copied out. */
export function readOctets(reader: Reader): Uint8Array {
	return reader.take(readLength(reader));
}
