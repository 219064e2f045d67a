/**
 * The DLMS side of a virtual meter read back from storage, with its invocation counters: for a file and
 * for a browser's store alike. As with the meter itself: an older layout is brought to this one; what was
 * cut short or meddled with is refused by name and place, never mended.
 */
import * as v from 'valibot';
import { MAX_COUNTER } from '#lib/core/dlms/security/suite.ts';
import { parseVirtualMeter } from '../meter-json.ts';
import { whole } from '../stored/atoms.ts';
import { storedCosem } from '../stored/cosem.ts';
import { migrateCosem1 } from '../stored/migrate-cosem-1.ts';
import type { CosemMeter } from './cosem-meter.ts';

/** The layout of what is stored; another number is another layout. */
export const COSEM_VERSION = 2;

/** Why stored data is not a meter's DLMS side, in order of precedence. */
export type CosemJsonRefusal = 'not-a-meter' | 'unknown-version' | 'corrupt';

const stored = v.strictObject({
	version: v.literal(COSEM_VERSION),
	counters: v.record(v.string(), whole(MAX_COUNTER + 1)),
	cosem: storedCosem,
});

/** What is stored: the value and its counters. */
export interface StoredCosemMeter {
	readonly meter: CosemMeter;
	readonly counters: Readonly<Record<string, number>>;
}

/** What `JSON.stringify` is to be given. */
export function storedCosemMeter({ meter, counters }: StoredCosemMeter): unknown {
	return { version: COSEM_VERSION, counters, cosem: meter };
}

/**
 * What `JSON.parse` gave as a meter with its counters.
 * @returns with `corrupt`, `place` is the dotted path of the first thing wrong; values are never told
 */
export function parseCosemMeter(
	value: unknown,
): StoredCosemMeter | { refusal: CosemJsonRefusal; place?: string } {
	if (typeof value !== 'object' || value === null || !('version' in value))
		return { refusal: 'not-a-meter' };
	if (value.version !== 1 && value.version !== COSEM_VERSION) return { refusal: 'unknown-version' };
	const current = value.version === 1 ? migrateCosem1({ ...value }) : value;
	const parsed = v.safeParse(stored, current, { abortEarly: true });
	if (!parsed.success) return { refusal: 'corrupt', place: v.getDotPath(parsed.issues[0]) ?? '' };
	const { cosem, counters } = parsed.output;
	const inner = parseVirtualMeter(cosem.meter);
	if ('refusal' in inner)
		return { refusal: 'corrupt', place: `cosem.meter${inner.place ? `.${inner.place}` : ''}` };
	return { meter: { ...cosem, meter: inner.meter }, counters };
}
