/** The little of BER that ACSE needs (ITU-T X.690): one-octet tags and definite lengths. */
import type { Reader } from '#lib/core/bytes/reader.ts';
import type { Writer } from '#lib/core/bytes/writer.ts';
import { readLength, writeOctets } from '../axdr/length.ts';

export const ACSE_CLAUSE = 'IEC 62056-5-3, 7.3';

/** Reads the tag, which must be `tag`, and gives a reader over exactly its contents. */
export function readTagged(reader: Reader, tag: number): Reader {
	const at = reader.offset;
	if (reader.u8() !== tag) reader.fail('unexpected-tag', at);
	return reader.within(readLength(reader));
}

/** The contents found behind the `tags` nested one in the other, filled exactly. */
export function unwrap(reader: Reader, tags: readonly number[]): Uint8Array {
	let inner = reader;
	for (const tag of tags) {
		const next = readTagged(inner, tag);
		inner.expectEnd();
		inner = next;
	}
	return inner.take(inner.remaining);
}

/** Tag, length, contents. */
export function writeTagged(writer: Writer, tag: number, contents: Uint8Array): Writer {
	return writeOctets(writer.u8(tag), contents);
}
