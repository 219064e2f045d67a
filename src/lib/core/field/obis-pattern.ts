/** Families of logical names: six groups with `*` for any value and `0-8` for a range. */
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';

export type ObisPattern = readonly { readonly least: number; readonly most: number }[];

/**
 * A pattern such as `1.*.1.8.0-8`; five groups mean that F is 255.
 * @throws {TypeError} slip: not a pattern
 */
export function obisPattern(text: string): ObisPattern {
	const groups = text.split('.');
	if (groups.length === 5) groups.push('255');
	if (groups.length !== 6 || !groups.every((group) => /^(?:\*|\d+(?:-\d+)?)$/.test(group)))
		throw new TypeError(`${text} is not a pattern of logical names`);
	return groups.map((group) => {
		if (group === '*') return { least: 0, most: 255 };
		const [least = 0, most = least] = group.split('-').map(Number);
		return { least, most };
	});
}

/** The six groups of a logical name as numbers. */
export function obisGroups(name: Obis): readonly number[] {
	return name.split('.').map(Number);
}

/** Whether a logical name is of the family. */
export function isOfPattern(groups: readonly number[], pattern: ObisPattern): boolean {
	return pattern.every(({ least, most }, at) => {
		const group = groups[at] ?? -1;
		return group >= least && group <= most;
	});
}
