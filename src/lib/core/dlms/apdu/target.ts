/** What a service is aimed at (IEC 62056-5-3, 9.5): an attribute, perhaps a selection of it, or a method. */
import type { Reader } from '#lib/core/bytes/reader.ts';
import type { Writer } from '#lib/core/bytes/writer.ts';
import type { Data } from '../axdr/data-type.ts';
import { readData } from '../axdr/decode.ts';
import { writeData } from '../axdr/encode.ts';
import { readLength, writeLength } from '../axdr/length.ts';
import { type Obis, readObis, writeObis } from '../cosem/obis.ts';
import { MAX_LIST_ENTRIES } from '../limits.ts';
import { optional } from './initiate.ts';

/** Part of an attribute: the selector is the class's (1 range, 2 entry in a profile). */
export interface Selection {
	readonly selector: number;
	readonly parameters: Data;
}

export interface AttributeTarget {
	readonly classId: number;
	readonly logicalName: Obis;
	/** −128 … 127; 0 means every attribute. */
	readonly attribute: number;
	readonly selection?: Selection;
}

export interface MethodTarget {
	readonly classId: number;
	readonly logicalName: Obis;
	readonly method: number;
}

/** Class, logical name, attribute; no selection flag follows. */
export function readBareAttribute(reader: Reader): AttributeTarget {
	return { classId: reader.u16(), logicalName: readObis(reader), attribute: reader.i8() };
}

/** Class, logical name, attribute, selection. @throws {Breach} `bad-presence`, those of Data */
export function readAttribute(reader: Reader): AttributeTarget {
	const target = readBareAttribute(reader);
	const selection = optional(reader, (from) => ({
		selector: from.u8(),
		parameters: readData(from),
	}));
	return selection ? { ...target, selection } : target;
}

export function writeBareAttribute(writer: Writer, target: AttributeTarget): void {
	writeObis(writer.u16(target.classId), target.logicalName).u8(target.attribute);
}

export function writeAttribute(writer: Writer, target: AttributeTarget): void {
	writeBareAttribute(writer, target);
	if (!target.selection) writer.u8(0);
	else writeData(writer.u8(1).u8(target.selection.selector), target.selection.parameters);
}

export function readMethod(reader: Reader): MethodTarget {
	return { classId: reader.u16(), logicalName: readObis(reader), method: reader.i8() };
}

export function writeMethod(writer: Writer, target: MethodTarget): void {
	writeObis(writer.u16(target.classId), target.logicalName).u8(target.method);
}

/** A count and as many entries. @throws {Breach} `too-many-entries`, `length-past-end`, those of an entry */
export function readList<Entry>(reader: Reader, read: (reader: Reader) => Entry): Entry[] {
	const at = reader.offset;
	const count = readLength(reader);
	if (count > MAX_LIST_ENTRIES) reader.fail('too-many-entries', at);
	reader.need(count);
	const entries: Entry[] = [];
	for (let index = 0; index < count; index += 1) entries.push(read(reader));
	return entries;
}

/** @throws {RangeError} slip: more entries than a list may have */
export function writeList<Entry>(
	writer: Writer,
	entries: readonly Entry[],
	write: (writer: Writer, entry: Entry) => void,
): void {
	if (entries.length > MAX_LIST_ENTRIES)
		throw new RangeError(`a list of ${entries.length} entries`);
	writeLength(writer, entries.length);
	for (const entry of entries) write(writer, entry);
}
