/**
 * The conformance block (IEC 62056-5-3, 7.3.7.3): 24 bits, bit 0 highest, that say which services both
 * sides of an association may use.
 */
import { Breach } from '#lib/core/bytes/breach.ts';

export const CONFORMANCE_BITS = [
	{ bit: 1, name: 'general-protection' },
	{ bit: 2, name: 'general-block-transfer' },
	{ bit: 3, name: 'read' },
	{ bit: 4, name: 'write' },
	{ bit: 5, name: 'unconfirmed-write' },
	{ bit: 6, name: 'delta-value-encoding' },
	{ bit: 8, name: 'attribute0-with-set' },
	{ bit: 9, name: 'priority-management' },
	{ bit: 10, name: 'attribute0-with-get' },
	{ bit: 11, name: 'block-transfer-with-get' },
	{ bit: 12, name: 'block-transfer-with-set' },
	{ bit: 13, name: 'block-transfer-with-action' },
	{ bit: 14, name: 'multiple-references' },
	{ bit: 15, name: 'information-report' },
	{ bit: 16, name: 'data-notification' },
	{ bit: 17, name: 'access' },
	{ bit: 18, name: 'parameterised-access' },
	{ bit: 19, name: 'get' },
	{ bit: 20, name: 'set' },
	{ bit: 21, name: 'selective-access' },
	{ bit: 22, name: 'event-notification' },
	{ bit: 23, name: 'action' },
] as const;
export type ConformanceBit = (typeof CONFORMANCE_BITS)[number]['name'];

/** A conformance block as a number: bit 0 of the standard is 800000, bit 23 is 000001. */
export type Conformance = number;

const MASKS = Object.fromEntries(
	CONFORMANCE_BITS.map((row) => [row.name, 1 << (23 - row.bit)]),
) as Readonly<Record<ConformanceBit, number>>;

/** A block with exactly the bits named. */
export function conformance(...names: readonly ConformanceBit[]): Conformance {
	return names.reduce((block, name) => block | MASKS[name], 0);
}

/** Whether a block holds a bit. */
export function allows(block: Conformance, name: ConformanceBit): boolean {
	return (block & MASKS[name]) !== 0;
}

/** The names of the bits of a block, in the standard's order. */
export function conformanceNames(block: Conformance): ConformanceBit[] {
	return CONFORMANCE_BITS.filter((row) => allows(block, row.name)).map((row) => row.name);
}

/** Application tag 31, length, unused bits: what stands before the three octets. */
export const CONFORMANCE_PREFIX = [0x5f, 0x1f, 0x04, 0x00] as const;

/** Everything this stack can do with logical names. */
export const FULL_CONFORMANCE = conformance(
	'general-protection',
	'general-block-transfer',
	'priority-management',
	'attribute0-with-get',
	'block-transfer-with-get',
	'block-transfer-with-set',
	'block-transfer-with-action',
	'multiple-references',
	'data-notification',
	'access',
	'get',
	'set',
	'selective-access',
	'event-notification',
	'action',
);

/** The three octets of a block as a number. @throws {Breach} `bad-conformance` unless there are three */
export function conformanceOf(octets: Uint8Array): Conformance {
	if (octets.length !== 3) throw new Breach('bad-conformance', 0, 'IEC 62056-5-3, 7.3.7.3');
	return ((octets[0] as number) << 16) | ((octets[1] as number) << 8) | (octets[2] as number);
}
