/**
 * The DLMS side of a virtual meter read back from storage, with its invocation counters. As with the
 * meter itself: what was cut short or meddled with is refused by name and place, never mended.
 */
import * as v from 'valibot';
import { MAX_COUNTER, suiteOf } from '#lib/core/dlms/security/suite.ts';
import { TOKEN_RESULTS, type TokenResult } from '#lib/core/sts/decoder/token-result.ts';
import { parseVirtualMeter } from '../meter-json.ts';
import { MAX_LOAD_W } from '../supply.ts';
import { TEST_KEY_SETS } from './client-setups.ts';
import { type CosemMeter, MAX_KEPT_TOKEN_OCTETS, TOKEN_ENTRY_CAPACITY } from './cosem-meter.ts';
import { LOAD_PROFILE_CAPACITY } from './load-profile.ts';

/** The layout of what is stored; another number is another layout. */
export const COSEM_VERSION = 1;

/** Why stored data is not a meter's DLMS side, in order of precedence. */
export type CosemJsonRefusal = 'not-a-meter' | 'unknown-version' | 'corrupt';

const whole = (highest = Number.MAX_SAFE_INTEGER) =>
	v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(highest));

const keySet = v.pipe(
	v.strictObject({
		suite: v.picklist([0, 1, 2]),
		unicastHex: v.string(),
		authenticationHex: v.string(),
		masterHex: v.string(),
	}),
	v.check(({ suite, unicastHex, authenticationHex, masterHex }) =>
		[unicastHex, authenticationHex, masterHex].every(
			(hex) => /^[0-9a-f]*$/.test(hex) && hex.length === suiteOf(suite).keyOctets * 2,
		),
	),
);

const stored = v.strictObject({
	version: v.literal(COSEM_VERSION),
	counters: v.record(v.string(), whole(MAX_COUNTER + 1)),
	cosem: v.strictObject({
		meter: v.unknown(),
		clockOffsetMs: v.pipe(v.number(), v.safeInteger()),
		loadProfile: v.strictObject({
			rows: v.pipe(
				v.array(
					v.strictObject({
						clockMs: whole(),
						totalWh: whole(),
						powerW: whole(),
						creditWh: whole(),
					}),
				),
				v.maxLength(LOAD_PROFILE_CAPACITY),
			),
			capturedMs: whole(),
		}),
		entries: v.pipe(
			v.array(
				v.strictObject({
					atMs: whole(),
					tokenHex: v.pipe(
						v.string(),
						v.regex(/^(?:[0-9a-f]{2})*$/),
						v.maxLength(MAX_KEPT_TOKEN_OCTETS * 2),
					),
					result: v.picklist(Object.keys(TOKEN_RESULTS) as TokenResult[]),
					creditedWh: whole(),
					creditWh: whole(),
				}),
			),
			v.maxLength(TOKEN_ENTRY_CAPACITY),
		),
		disconnectedLoadW: v.nullable(whole(MAX_LOAD_W)),
		keySets: v.pipe(v.array(keySet), v.length(TEST_KEY_SETS.length)),
	}),
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
	if (value.version !== COSEM_VERSION) return { refusal: 'unknown-version' };
	const parsed = v.safeParse(stored, value, { abortEarly: true });
	if (!parsed.success) return { refusal: 'corrupt', place: v.getDotPath(parsed.issues[0]) ?? '' };
	const { cosem, counters } = parsed.output;
	const inner = parseVirtualMeter(cosem.meter);
	if ('refusal' in inner)
		return { refusal: 'corrupt', place: `cosem.meter${inner.place ? `.${inner.place}` : ''}` };
	return { meter: { ...cosem, meter: inner.meter }, counters };
}
