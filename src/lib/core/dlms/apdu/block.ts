/**
 * One block of a long transfer (IEC 62056-5-3, 9.4.6): last or not, number from 1, and a part of the
 * encoding. And the octet that tells requests apart.
 */
import type { Reader } from '#lib/core/bytes/reader.ts';
import type { Writer } from '#lib/core/bytes/writer.ts';
import { readOctets, writeOctets } from '../axdr/length.ts';

export interface Block {
	readonly last: boolean;
	/** 1, 2, 3 … */
	readonly block: number;
	readonly raw: Uint8Array;
}

export function readBlock(reader: Reader): Block {
	return { last: reader.u8() !== 0, block: reader.u32(), raw: readOctets(reader) };
}

export function writeBlock(writer: Writer, { last, block, raw }: Block): void {
	writeOctets(writer.u8(last ? 1 : 0).u32(block), raw);
}

/** Bits of the invoke-id-and-priority octet; the low nibble is the invoke id. */
export const CONFIRMED = 0x40;
export const HIGH_PRIORITY = 0x80;

/** The octet of a confirmed request of high priority: invoke id 0 … 15. */
export function invokeOctet(id: number, highPriority = true): number {
	return (id & 0x0f) | CONFIRMED | (highPriority ? HIGH_PRIORITY : 0);
}
