/**
 * Values in the Data of meters, as loosely as real meters need: numbers in any of the whole types, texts
 * in any of the string types, bit strings of any length. Undefined means: not that.
 */
import { formatHex } from '#lib/core/bytes/hex.ts';
import { asciiText } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { type Obis, obisOf } from '#lib/core/dlms/cosem/obis.ts';
import { type ScalerUnit, scalerUnitOf } from '#lib/core/dlms/cosem/scaled.ts';

/** Octets of a text that are shown. */
export const MAX_TEXT_OCTETS = 64;
/** Bits of a bit string that are looked at. */
export const MAX_BITS = 64;

/** A whole number up to 2⁵³; an enum is one too. */
export function wholeIn(data: Data | undefined): number | undefined {
	if (!data || !('value' in data) || data.type === 'float32' || data.type === 'float64')
		return undefined;
	const { value } = data;
	if (typeof value === 'bigint')
		return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER
			? Number(value)
			: undefined;
	return typeof value === 'number' ? value : undefined;
}

/** A whole number within bounds, both included. */
export const wholeWithin =
	(least: number, most: number) =>
	(data: Data | undefined): number | undefined => {
		const value = wholeIn(data);
		return value !== undefined && value >= least && value <= most ? value : undefined;
	};

/** A truth: boolean, or a number that some meters send in its place. */
export function truthIn(data: Data): boolean | undefined {
	if (data.type === 'boolean') return data.value;
	const whole = wholeIn(data);
	return whole === undefined ? undefined : whole !== 0;
}

/** The elements of an array, a structure or a compact-array. */
export function elementsIn(data: Data | undefined): readonly Data[] | undefined {
	return data?.type === 'array' || data?.type === 'structure' || data?.type === 'compact-array'
		? data.value
		: undefined;
}

/** The octets of a string of any kind. */
export function octetsIn(data: Data | undefined): Uint8Array | undefined {
	return data?.type === 'octet-string' ||
		data?.type === 'visible-string' ||
		data?.type === 'utf8-string'
		? data.value
		: undefined;
}

const PRINTABLE = /^[\x20-\x7e]*$/;

/**
 * A text for people: printable characters as they are, anything else as hex; numbers as digits. At most
 * `MAX_TEXT_OCTETS` octets of it; blanks and zeros that fill a field up are left off.
 */
export function textIn(data: Data | undefined): string | undefined {
	const octets = octetsIn(data);
	if (!octets) return data && wholeIn(data) !== undefined ? String(wholeIn(data)) : undefined;
	const shown = octets.subarray(0, MAX_TEXT_OCTETS);
	const text = data?.type === 'utf8-string' ? utf8Text(shown) : asciiText(shown);
	const trimmed = text?.replace(/[\s\0]+$/, '').replace(/^\s+/, '');
	if (trimmed === undefined) return formatHex(shown);
	return data?.type === 'utf8-string' || PRINTABLE.test(trimmed) ? trimmed : formatHex(shown);
}

/** UTF-8 as text; undefined where it is none or has control characters. */
function utf8Text(octets: Uint8Array): string | undefined {
	try {
		const text = decodeURIComponent(formatHex(octets).replace(/../g, '%$&'));
		return /\p{Cc}/u.test(text.replace(/\0+$/, '')) ? undefined : text;
	} catch {
		return undefined;
	}
}

/** The bits, the first one first, at most `MAX_BITS`; eight of an unsigned, which some meters send. */
export function bitsIn(data: Data): readonly boolean[] | undefined {
	if (data.type === 'unsigned')
		return Array.from({ length: 8 }, (_, bit) => (data.value & (0x80 >> bit)) !== 0);
	if (data.type !== 'bit-string') return undefined;
	return Array.from(
		{ length: Math.min(data.bits, MAX_BITS) },
		(_, bit) => (((data.value[bit >> 3] ?? 0) << (bit & 7)) & 0x80) !== 0,
	);
}

/** A logical name. */
export function nameIn(data: Data | undefined): Obis | undefined {
	const octets = octetsIn(data);
	return octets && obisOf(octets);
}

/** Scaler and unit, in the standard's order or swapped, as some meters send them. */
export function scalerUnitIn(data: Data): ScalerUnit | undefined {
	const inOrder = scalerUnitOf(data);
	if (inOrder || data.type !== 'structure' || data.value.length !== 2) return inOrder;
	const [unit, scaler] = data.value as [Data, Data];
	return scalerUnitOf({ ...data, value: [scaler, unit] });
}
