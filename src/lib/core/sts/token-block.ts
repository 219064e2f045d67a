/**
 * The plain block of a token: SubClass in bits 63..60, the 44 bits of the body in 59..16, the check in
 * 15..0 (IEC 62055-41 6.2, sts.md §2). A body is kept as one number below 2⁴⁴, exact in a double, so its
 * fields are taken out by whole division and need no BigInt.
 */
import type { Block } from './block.ts';
import { tokenCrc, type CheckKind } from './crc.ts';
import { LAYOUTS, type FieldsOf, type LayoutName } from './subclasses.ts';
import type { ClassNumber } from './transposition.ts';

const TWO_16 = 65_536;

/** Body fields, most significant first, with the power of two of each width. */
type Widths = readonly (readonly [name: string, size: number])[];

const WIDTHS = Object.fromEntries(
	Object.entries(LAYOUTS).map(([layout, fields]) => [
		layout,
		Object.entries(fields).map(([name, bits]) => [name, 2 ** bits] as const),
	]),
) as unknown as Readonly<Record<LayoutName, Widths>>;

/**
 * Fields as a 44-bit body.
 * @throws {RangeError} slip: a field that is missing, not whole, negative or too wide for its place
 */
export function packBody<Layout extends LayoutName>(
	layout: Layout,
	fields: FieldsOf<Layout>,
): number {
	let body = 0;
	for (const [name, size] of WIDTHS[layout]) {
		const value = (fields as Readonly<Record<string, number>>)[name];
		if (value === undefined || !Number.isInteger(value) || value < 0 || value >= size)
			throw new RangeError(`${name} must be a whole number from 0 to ${size - 1}`);
		body = body * size + value;
	}
	return body;
}

/** A 44-bit body as its fields. */
export function unpackBody<Layout extends LayoutName>(
	layout: Layout,
	body: number,
): FieldsOf<Layout> {
	const widths = WIDTHS[layout];
	const fields: Record<string, number> = {};
	let rest = body;
	for (let at = widths.length - 1; at >= 0; at -= 1) {
		const [name, size] = widths[at] as Widths[number];
		const above = Math.floor(rest / size);
		fields[name] = rest - above * size;
		rest = above;
	}
	return fields as FieldsOf<Layout>;
}

/** Subclass and body with the check that belongs to them. */
export function sealBlock(
	classNumber: ClassNumber,
	subclass: number,
	body: number,
	check: CheckKind,
): Block {
	const bodyHigh = Math.floor(body / TWO_16);
	const high = ((subclass << 28) | bodyHigh) >>> 0;
	const low = ((body - bodyHigh * TWO_16) * TWO_16) >>> 0;
	return { high, low: (low | tokenCrc(classNumber, { high, low }, check)) >>> 0 };
}

/** SubClass of a plain block: bits 63..60. */
export function subclassOf(block: Block): number {
	return block.high >>> 28;
}

/** Body of a plain block: bits 59..16 as one number. */
export function bodyOf(block: Block): number {
	return (block.high & 0x0fff_ffff) * TWO_16 + (block.low >>> 16);
}

/** Whether the check in bits 15..0 is the one that class and body call for. */
export function isCheckRight(classNumber: ClassNumber, block: Block, check: CheckKind): boolean {
	return tokenCrc(classNumber, block, check) === (block.low & 0xffff);
}
