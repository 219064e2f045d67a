/** Data → A-XDR octets (IEC 61334-6 as profiled by IEC 62056-5-3, 9.5). */
import { Writer } from '#lib/core/bytes/writer.ts';
import { writeCompactArray } from './compact-array.ts';
import { type Data, dataTypeOf, type WholeData } from './data-type.ts';
import { writeLength, writeOctets } from './length.ts';

/**
 * One Data with its tag.
 * @throws {RangeError} slip: a number that its type cannot hold, or octets of the wrong length
 */
export function encodeData(data: Data): Uint8Array {
	const writer = new Writer();
	writeData(writer, data);
	return writer.finish();
}

/** As `encodeData`, appended to `writer`. */
export function writeData(writer: Writer, data: Data): void {
	writer.u8(dataTypeOf(data.type).tag);
	writeContents(writer, data);
}

/** The contents of a Data without its tag; slips as `encodeData`. */
export function writeContents(writer: Writer, data: Data): void {
	switch (data.type) {
		case 'null-data':
		case 'dont-care':
			return;
		case 'array':
		case 'structure':
			writeLength(writer, data.value.length);
			for (const element of data.value) writeData(writer, element);
			return;
		case 'boolean':
			writer.u8(data.octet ?? (data.value ? 1 : 0));
			return;
		case 'bit-string':
			expectOctets(data.type, data.value, Math.ceil(data.bits / 8));
			writeLength(writer, data.bits).bytes(data.value);
			return;
		case 'octet-string':
		case 'visible-string':
		case 'utf8-string':
			writeOctets(writer, data.value);
			return;
		case 'date-time':
		case 'date':
		case 'time':
			expectOctets(data.type, data.value, dataTypeOf(data.type).size);
			writer.bytes(data.value);
			return;
		case 'long64':
			expectRange(data.type, data.value >= -(1n << 63n) && data.value < 1n << 63n);
			writer.u64(data.value);
			return;
		case 'long64-unsigned':
			expectRange(data.type, data.value >= 0n && data.value < 1n << 64n);
			writer.u64(data.value);
			return;
		case 'float32':
			writer.f32(data.value);
			return;
		case 'float64':
			writer.f64(data.value);
			return;
		case 'compact-array':
			writeCompactArray(writer, data);
			return;
		default:
			writeWhole(writer, data);
	}
}

function writeWhole(writer: Writer, data: WholeData): void {
	const { type, value } = data;
	const { form, size } = dataTypeOf(type);
	const span = 2 ** (8 * size);
	const least = form === 'signed' ? -span / 2 : 0;
	expectRange(type, Number.isInteger(value) && value >= least && value < least + span);
	if (size === 1) writer.u8(value);
	else if (size === 2) writer.u16(value);
	else writer.u32(value);
}

function expectRange(type: string, holds: boolean): void {
	if (!holds) throw new RangeError(`a value outside what ${type} holds`);
}

function expectOctets(type: string, octets: Uint8Array, count: number): void {
	if (octets.length !== count)
		throw new RangeError(`${type} takes ${count} octets, not ${octets.length}`);
}
