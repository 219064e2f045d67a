/** How safe what is stored here is, and how it is said: pure. */
import type { Keeping } from '#lib/browser/device/keeping.ts';

/** From here on there is danger of no room: the browser then throws things away, or takes nothing in. */
const NEARLY_FULL = 0.9;

export type StorageDanger =
	{ readonly kind: 'nearly-full'; readonly part: number } | { readonly kind: 'not-persistent' };

/** Nearly full before anything else: it ends selling. Null: no danger that is known. */
export function storageDanger(keeping: Keeping): StorageDanger | null {
	const part = usedPart(keeping);
	if (part !== null && part > NEARLY_FULL) return { kind: 'nearly-full', part };
	return keeping.persistent ? null : { kind: 'not-persistent' };
}

/** Of the place for this app; null: the browser does not say. */
export function usedPart({ usedOctets, quotaOctets }: Keeping): number | null {
	if (usedOctets === null || quotaOctets === null || quotaOctets === 0) return null;
	return usedOctets / quotaOctets;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** In the unit in which it has at most three digits before the point. */
export function formatOctets(octets: number, language: string): string {
	let value = octets;
	let place = 0;
	while (value >= 1_000 && place < UNITS.length - 1) {
		value /= 1_000;
		place += 1;
	}
	const unit = UNITS[place] ?? 'byte';
	const digits = { maximumFractionDigits: place > 2 ? 1 : 0 };
	return new Intl.NumberFormat(language, { style: 'unit', unit, ...digits }).format(value);
}

export const formatPart = (part: number, language: string): string =>
	new Intl.NumberFormat(language, { style: 'percent' }).format(part);
