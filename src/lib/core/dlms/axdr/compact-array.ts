/**
 * compact-array (IEC 62056-6-2, 4.1.5, tag 19): one description, then all elements without tags inside
 * an octet string. An array in a description has a fixed count; strings keep their own length.
 */
import type { Reader } from '#lib/core/bytes/reader.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import { MAX_DATA_DEPTH, MAX_LIST_ENTRIES } from '../limits.ts';
import {
	type CompactArray,
	type Data,
	dataTypeOf,
	dataTypeOfTag,
	type TypeDescription,
} from './data-type.ts';
import { type ElementBudget, readContents, takeElements } from './decode.ts';
import { writeContents } from './encode.ts';
import { readLength, writeLength, writeOctets } from './length.ts';

/**
 * Reads a compact-array after its tag, inside `depth` open lists.
 * @throws {Breach} as `readData`, and `empty-element` where an element would take no octets, which
 *   would make any number of them fit
 */
export function readCompactArray(
	reader: Reader,
	depth: number,
	budget: ElementBudget,
): CompactArray {
	const description = readDescription(reader, depth + 1);
	const contents = reader.within(readLength(reader));
	const value: Data[] = [];
	while (contents.remaining > 0) {
		const at = contents.offset;
		takeElements(contents, budget, 1, at);
		value.push(readElement(contents, description, budget));
		if (contents.offset === at) contents.fail('empty-element', at);
	}
	return { type: 'compact-array', description, value };
}

function readDescription(reader: Reader, depth: number): TypeDescription {
	const at = reader.offset;
	if (depth >= MAX_DATA_DEPTH) reader.fail('nested-too-deep', at);
	const row = dataTypeOfTag(reader.u8());
	if (!row || row.form === 'compact') return reader.fail('unknown-data-type', at);
	if (row.name === 'array')
		return { type: row.name, count: reader.u16(), element: readDescription(reader, depth + 1) };
	if (row.name === 'structure') {
		const count = readLength(reader);
		if (count > MAX_LIST_ENTRIES) reader.fail('too-many-elements', at);
		reader.need(count);
		const elements: TypeDescription[] = [];
		for (let index = 0; index < count; index += 1)
			elements.push(readDescription(reader, depth + 1));
		return { type: row.name, elements };
	}
	return { type: row.name };
}

function readElement(reader: Reader, description: TypeDescription, budget: ElementBudget): Data {
	if (description.type === 'array') {
		takeElements(reader, budget, description.count, reader.offset);
		const value: Data[] = [];
		for (let index = 0; index < description.count; index += 1)
			value.push(readElement(reader, description.element, budget));
		return { type: 'array', value };
	}
	if (description.type === 'structure') {
		takeElements(reader, budget, description.elements.length, reader.offset);
		return {
			type: 'structure',
			value: description.elements.map((element) => readElement(reader, element, budget)),
		};
	}
	return readContents(reader, description.type);
}

/**
 * Writes description and contents, without the tag.
 * @throws {TypeError} slip: an element is not of the type described
 */
export function writeCompactArray(writer: Writer, array: CompactArray): void {
	writeDescription(writer, array.description);
	const contents = new Writer();
	for (const element of array.value) writeElement(contents, element, array.description);
	writeOctets(writer, contents.finish());
}

function writeDescription(writer: Writer, description: TypeDescription): void {
	writer.u8(dataTypeOf(description.type).tag);
	if (description.type === 'array') {
		writer.u16(description.count);
		writeDescription(writer, description.element);
	} else if (description.type === 'structure') {
		writeLength(writer, description.elements.length);
		for (const element of description.elements) writeDescription(writer, element);
	}
}

function writeElement(writer: Writer, element: Data, description: TypeDescription): void {
	if (element.type !== description.type)
		throw new TypeError(`${element.type} in a compact-array of ${description.type}`);
	if (element.type === 'array' && description.type === 'array') {
		if (element.value.length !== description.count)
			throw new TypeError('an array in a compact-array has the wrong count');
		for (const inner of element.value) writeElement(writer, inner, description.element);
	} else if (element.type === 'structure' && description.type === 'structure') {
		if (element.value.length !== description.elements.length)
			throw new TypeError('a structure in a compact-array has the wrong count');
		description.elements.forEach((inner, index) =>
			writeElement(writer, element.value[index] as Data, inner),
		);
	} else writeContents(writer, element);
}
