/**
 * The fields of the four ACSE APDUs as tables (IEC 62056-5-3, 7.3): outer tag, name, and the tags
 * nested inside before the contents begin. Emitted in table order, read in any order.
 */
import type { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import { readLength } from '../axdr/length.ts';
import { unwrap, writeTagged } from './ber.ts';

/** Inner tags: object identifier, octet string, integer; 80 is the character string choice. */
const OID = 0x06;
const OCTETS = 0x04;
const INTEGER = 0x02;
const CHARACTERS = 0x80;

export interface FieldRow {
	readonly tag: number;
	readonly name: string;
	readonly inner: readonly number[];
}

export const AARQ_FIELDS = [
	{ tag: 0x80, name: 'protocolVersion', inner: [] },
	{ tag: 0xa1, name: 'applicationContext', inner: [OID] },
	{ tag: 0xa2, name: 'calledApTitle', inner: [OCTETS] },
	{ tag: 0xa3, name: 'calledAeQualifier', inner: [OCTETS] },
	{ tag: 0xa4, name: 'calledApInvocationId', inner: [INTEGER] },
	{ tag: 0xa5, name: 'calledAeInvocationId', inner: [INTEGER] },
	{ tag: 0xa6, name: 'callingApTitle', inner: [OCTETS] },
	{ tag: 0xa7, name: 'callingAeQualifier', inner: [OCTETS] },
	{ tag: 0xa8, name: 'callingApInvocationId', inner: [INTEGER] },
	{ tag: 0xa9, name: 'callingAeInvocationId', inner: [INTEGER] },
	{ tag: 0x8a, name: 'acseRequirements', inner: [] },
	{ tag: 0x8b, name: 'mechanismName', inner: [] },
	{ tag: 0xac, name: 'authenticationValue', inner: [CHARACTERS] },
	{ tag: 0xbd, name: 'implementationInformation', inner: [OCTETS] },
	{ tag: 0xbe, name: 'userInformation', inner: [OCTETS] },
] as const satisfies readonly FieldRow[];

export const AARE_FIELDS = [
	{ tag: 0x80, name: 'protocolVersion', inner: [] },
	{ tag: 0xa1, name: 'applicationContext', inner: [OID] },
	{ tag: 0xa2, name: 'result', inner: [INTEGER] },
	{ tag: 0xa3, name: 'diagnostic', inner: [] },
	{ tag: 0xa4, name: 'respondingApTitle', inner: [OCTETS] },
	{ tag: 0xa5, name: 'respondingAeQualifier', inner: [OCTETS] },
	{ tag: 0xa6, name: 'respondingApInvocationId', inner: [INTEGER] },
	{ tag: 0xa7, name: 'respondingAeInvocationId', inner: [INTEGER] },
	{ tag: 0x88, name: 'acseRequirements', inner: [] },
	{ tag: 0x89, name: 'mechanismName', inner: [] },
	{ tag: 0xaa, name: 'authenticationValue', inner: [CHARACTERS] },
	{ tag: 0xbd, name: 'implementationInformation', inner: [OCTETS] },
	{ tag: 0xbe, name: 'userInformation', inner: [OCTETS] },
] as const satisfies readonly FieldRow[];

export const RELEASE_FIELDS = [
	{ tag: 0x80, name: 'reason', inner: [] },
	{ tag: 0xbe, name: 'userInformation', inner: [OCTETS] },
] as const satisfies readonly FieldRow[];

/** The contents of each field that is there, by name. */
export type Fields<Rows extends readonly FieldRow[]> = {
	[Name in Rows[number]['name']]?: Uint8Array;
};

/**
 * Reads fields until the reader ends.
 * @throws {Breach} `unexpected-tag`, `repeated-field`, `length-past-end`, `trailing-octets`
 */
export function readFields<Rows extends readonly FieldRow[]>(
	reader: Reader,
	rows: Rows,
): Fields<Rows> {
	const fields: Fields<Rows> = {};
	while (reader.remaining > 0) {
		const at = reader.offset;
		const tag = reader.u8();
		const row = rows.find((candidate) => candidate.tag === tag);
		if (!row) return reader.fail('unexpected-tag', at);
		const name = row.name as Rows[number]['name'];
		if (fields[name]) reader.fail('repeated-field', at);
		fields[name] = unwrap(reader.within(readLength(reader)), row.inner);
	}
	return fields;
}

/** A whole APDU of the outer tag `tag` with the fields that are there. */
export function encodeFields<Rows extends readonly FieldRow[]>(
	tag: number,
	rows: Rows,
	fields: Fields<Rows>,
): Uint8Array {
	const contents = new Writer();
	for (const row of rows) {
		let value = fields[row.name as Rows[number]['name']];
		if (!value) continue;
		for (const inner of row.inner.toReversed())
			value = writeTagged(new Writer(), inner, value).finish();
		writeTagged(contents, row.tag, value);
	}
	return writeTagged(new Writer(), tag, contents.finish()).finish();
}
