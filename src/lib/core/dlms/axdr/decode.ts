/**
 * A-XDR octets → Data (IEC 61334-6 as profiled by IEC 62056-5-3, 9.5).
 *
 * Always holds: what is claimed but not there, nested too deep or counted too high is refused as a
 * `Breach` before anything of its size is made.
 */
import { Reader } from '#lib/core/bytes/reader.ts';
import { MAX_DATA_DEPTH, MAX_DATA_ELEMENTS } from '../limits.ts';
import { readCompactArray } from './compact-array.ts';
import { type Data, dataTypeOfTag, type DataTypeName } from './data-type.ts';
import { readLength } from './length.ts';

/** Where breaches of this layer point. */
export const AXDR_CLAUSE = 'IEC 62056-6-2, 4.1.5';

/** How many elements one Data may still have, all lists together. */
export interface ElementBudget {
	left: number;
}

/**
 * One Data that fills `octets` exactly.
 * @throws {Breach} `unknown-data-type`, `length-past-end`, `nested-too-deep`, `too-many-elements`,
 *   `trailing-octets`
 */
export function decodeData(octets: Uint8Array): Data {
	const reader = new Reader(octets, AXDR_CLAUSE);
	const data = readData(reader);
	reader.expectEnd();
	return data;
}

/** One Data from where the reader stands; breaches as `decodeData`, trailing octets apart. */
export function readData(reader: Reader): Data {
	return readNested(reader, 0, undefined);
}

/** A Data inside lists: `depth` lists are open around it, `budget` counts their elements. */
function readNested(reader: Reader, depth: number, budget: ElementBudget | undefined): Data {
	const at = reader.offset;
	const row = dataTypeOfTag(reader.u8());
	if (!row) return reader.fail('unknown-data-type', at);
	if (row.form === 'list')
		return {
			type: row.name,
			value: readList(reader, depth, budget ?? { left: MAX_DATA_ELEMENTS }),
		};
	if (row.form === 'compact') {
		return readCompactArray(reader, depth, budget ?? { left: MAX_DATA_ELEMENTS });
	}
	return readContents(reader, row.name);
}

function readList(reader: Reader, depth: number, budget: ElementBudget): Data[] {
	const at = reader.offset;
	if (depth >= MAX_DATA_DEPTH) reader.fail('nested-too-deep', at);
	const count = readLength(reader);
	// Every element takes at least its tag.
	reader.need(count);
	takeElements(reader, budget, count, at);
	const list: Data[] = [];
	for (let index = 0; index < count; index += 1) list.push(readNested(reader, depth + 1, budget));
	return list;
}

/** @throws {Breach} `too-many-elements` */
export function takeElements(
	reader: Reader,
	budget: ElementBudget,
	count: number,
	at: number,
): void {
	budget.left -= count;
	if (budget.left < 0) reader.fail('too-many-elements', at);
}

/** The contents of a type that is neither a list nor a compact-array, without its tag. */
export function readContents(
	reader: Reader,
	type: Exclude<DataTypeName, 'array' | 'structure' | 'compact-array'>,
): Data {
	switch (type) {
		case 'null-data':
		case 'dont-care':
			return { type };
		case 'boolean': {
			const octet = reader.u8();
			return octet > 1 ? { type, value: true, octet } : { type, value: octet === 1 };
		}
		case 'bit-string': {
			const bits = readLength(reader);
			return { type, value: reader.take(Math.ceil(bits / 8)), bits };
		}
		case 'octet-string':
		case 'visible-string':
		case 'utf8-string':
			return { type, value: reader.take(readLength(reader)) };
		case 'bcd':
		case 'unsigned':
		case 'enum':
		case 'delta-unsigned':
			return { type, value: reader.u8() };
		case 'long-unsigned':
		case 'delta-long-unsigned':
			return { type, value: reader.u16() };
		case 'double-long-unsigned':
		case 'delta-double-long-unsigned':
			return { type, value: reader.u32() };
		case 'integer':
		case 'delta-integer':
			return { type, value: reader.i8() };
		case 'long':
		case 'delta-long':
			return { type, value: reader.i16() };
		case 'double-long':
		case 'delta-double-long':
			return { type, value: reader.i32() };
		case 'long64':
			return { type, value: reader.i64() };
		case 'long64-unsigned':
			return { type, value: reader.u64() };
		case 'float32':
			return { type, value: reader.f32() };
		case 'float64':
			return { type, value: reader.f64() };
		case 'date-time':
			return { type, value: reader.take(12) };
		case 'date':
			return { type, value: reader.take(5) };
		case 'time':
			return { type, value: reader.take(4) };
	}
}
