/** Short words for making Data by hand: `structure(unsigned(1), octetString(ln))`. */
import type { Data, TypeDescription, WholeTypeName } from './data-type.ts';

/** "Nothing here"; in a profile row "as in the row before". */
export const NULL_DATA: Data = { type: 'null-data' };

export const array = (...value: readonly Data[]): Data => ({ type: 'array', value });
export const structure = (...value: readonly Data[]): Data => ({ type: 'structure', value });
export const boolean = (value: boolean): Data => ({ type: 'boolean', value });
export const octetString = (value: Uint8Array): Data => ({ type: 'octet-string', value });
export const long64 = (value: bigint): Data => ({ type: 'long64', value });
export const long64Unsigned = (value: bigint): Data => ({ type: 'long64-unsigned', value });
export const float32 = (value: number): Data => ({ type: 'float32', value });
export const float64 = (value: number): Data => ({ type: 'float64', value });
/** `value` holds `bits` bits, the first one highest. */
export const bitString = (value: Uint8Array, bits = value.length * 8): Data => ({
	type: 'bit-string',
	value,
	bits,
});

const whole =
	(type: WholeTypeName) =>
	(value: number): Data => ({ type, value });

export const integer = whole('integer');
export const long = whole('long');
export const doubleLong = whole('double-long');
export const unsigned = whole('unsigned');
export const longUnsigned = whole('long-unsigned');
export const doubleLongUnsigned = whole('double-long-unsigned');
export const enumerated = whole('enum');

/** Text of characters 00 … 7F. @throws {RangeError} slip: another character */
export function visibleString(text: string): Data {
	return { type: 'visible-string', value: asciiOctets(text) };
}

/** Text of characters 00 … 7F as octets. @throws {RangeError} slip: another character */
export function asciiOctets(text: string): Uint8Array {
	return Uint8Array.from(text, (character) => {
		const code = character.charCodeAt(0);
		if (code > 0x7f) throw new RangeError('not an ASCII text');
		return code;
	});
}

/** Octets as text, one character per octet; for ASCII, and readable for what only claims to be. */
export function asciiText(octets: Uint8Array): string {
	let text = '';
	for (const octet of octets) text += String.fromCharCode(octet);
	return text;
}

/** Elements of one description, without their tags. */
export const compactArray = (description: TypeDescription, ...value: readonly Data[]): Data => ({
	type: 'compact-array',
	description,
	value,
});
