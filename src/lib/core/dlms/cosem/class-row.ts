/**
 * The shape of the COSEM class tables (IEC 62056-6-2): one row per attribute and per method.
 */
import type { Data, DataTypeName } from '../axdr/data-type.ts';

/**
 * What an attribute or parameter holds. `instant` is a date-time, as an octet-string of 12 or as its own
 * type: meters send both. `number` is any whole number or float. `any` is everything.
 */
export type ValueType = DataTypeName | 'any' | 'number' | 'instant' | 'none';

export interface AttributeRow {
	/** 1 is the logical name of every object and has no row. */
	readonly index: number;
	readonly name: string;
	readonly type: ValueType;
	/** What clients may usually do; an object list says what this client may. */
	readonly access: 'read' | 'read-write';
	/** What the elements are, outermost first, in the words of the standard. */
	readonly shape?: string;
}

export interface MethodRow {
	readonly index: number;
	readonly name: string;
	readonly parameter: ValueType;
	readonly shape?: string;
	/** What it gives back. */
	readonly returns?: ValueType;
}

export interface ClassRow {
	readonly id: number;
	readonly name: string;
	/** The newest version the rows describe. */
	readonly version: number;
	readonly attributes: readonly AttributeRow[];
	readonly methods: readonly MethodRow[];
}

/** An attribute only to be read. */
export const read = (
	index: number,
	name: string,
	type: ValueType,
	shape?: string,
): AttributeRow => ({ index, name, type, access: 'read', ...(shape !== undefined && { shape }) });

/** An attribute to be read and written. */
export const write = (
	index: number,
	name: string,
	type: ValueType,
	shape?: string,
): AttributeRow => ({
	index,
	name,
	type,
	access: 'read-write',
	...(shape !== undefined && { shape }),
});

export const method = (
	index: number,
	name: string,
	parameter: ValueType,
	shape?: string,
	returns?: ValueType,
): MethodRow => ({
	index,
	name,
	parameter,
	...(shape !== undefined && { shape }),
	...(returns !== undefined && { returns }),
});

/** Whether a value is of a type, as loosely as real meters need. */
export function isOfType(type: ValueType, data: Data): boolean {
	switch (type) {
		case 'any':
			return true;
		case 'none':
			return data.type === 'null-data';
		case 'number':
			return 'value' in data && (typeof data.value === 'number' || typeof data.value === 'bigint');
		case 'instant':
			return (
				data.type === 'date-time' || (data.type === 'octet-string' && data.value.length === 12)
			);
		default:
			return data.type === type;
	}
}
