/**
 * A virtual meter read back from storage. What was stored may be of another version, cut short or
 * meddled with: then it is refused by name and place, never mended.
 */
import * as v from 'valibot';
import { ENCRYPTION_ALGORITHMS } from '../sts/algorithms.ts';
import { TOKEN_RESULTS, type TokenResult } from '../sts/decoder/token-result.ts';
import { parseDrn } from '../sts/drn.ts';
import { isKen, isKrn, isSgc, isTariffIndex } from '../sts/key-attributes.ts';
import { MAX_TID } from '../sts/tid.ts';
import { EVENT_CAPACITY } from './meter-events.ts';
import { MAX_LOAD_W, WMS_PER_WH } from './supply.ts';
import { METER_VERSION, type VirtualMeter } from './virtual-meter.ts';

/** Why stored data is not a meter, in order of precedence. */
export type MeterJsonRefusal = 'not-a-meter' | 'unknown-version' | 'corrupt';

const whole = (highest = Number.MAX_SAFE_INTEGER) =>
	v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(highest));
const bits = (count: number) => whole(2 ** count - 1);
const checked = (check: (value: number) => boolean) => v.pipe(v.number(), v.check(check));

const keyType = v.picklist([0, 1, 2, 3]);
const tokenResult = v.picklist(Object.keys(TOKEN_RESULTS) as TokenResult[]);

const keyRegister = v.pipe(
	v.strictObject({
		decoderKeyHex: v.pipe(v.string(), v.regex(/^(?:[0-9a-fA-F]{16}){1,2}$/)),
		ea: v.picklist([7, 11]),
		sgc: v.nullable(v.pipe(v.string(), v.check(isSgc))),
		krn: checked(isKrn),
		ti: checked(isTariffIndex),
		kt: keyType,
		ken: checked(isKen),
	}),
	v.check(({ decoderKeyHex, ea }) => {
		return decoderKeyHex.length === ENCRYPTION_ALGORITHMS[ea].keyOctets * 2;
	}),
);

const sections = v.strictObject({
	first: v.exactOptional(
		v.strictObject({
			kenHigh: bits(4),
			krn: bits(4),
			rollover: bits(1),
			threeTokens: bits(1),
			kt: bits(2),
			keyPart: bits(32),
		}),
	),
	second: v.exactOptional(v.strictObject({ kenLow: bits(4), ti: bits(8), keyPart: bits(32) })),
	thirdOf64: v.exactOptional(v.strictObject({ sgc: bits(24), pad: bits(20) })),
	thirdOf128: v.exactOptional(v.strictObject({ sgcLow: bits(12), keyPart: bits(32) })),
	fourthOf128: v.exactOptional(v.strictObject({ sgcHigh: bits(12), keyPart: bits(32) })),
});

const decoder = v.strictObject({
	keyRegister,
	mfrCode: whole(9999),
	tidStore: v.pipe(
		v.array(whole(MAX_TID)),
		v.check((tids) => tids.every((tid, at) => at === 0 || tid >= (tids[at - 1] as number))),
	),
	keyChange: v.nullable(v.strictObject({ latestMs: whole(), sections })),
	lockout: v.strictObject({ rejects: whole(), untilMs: whole() }),
	settings: v.strictObject({
		tidStoreSize: v.pipe(whole(1000), v.minValue(1)),
		checksKeyExpiry: v.boolean(),
		takesThirdSection: v.boolean(),
		keyChangeTimeoutMs: whole(),
		keyTypeChanges: v.strictObject({
			0: v.array(keyType),
			1: v.array(keyType),
			2: v.array(keyType),
			3: v.array(keyType),
		}),
		lockout: v.nullable(v.strictObject({ rejects: whole(), firstS: whole(), longestS: whole() })),
	}),
});

const supply = v.strictObject({
	creditWh: whole(),
	fractionWms: whole(WMS_PER_WH - 1),
	totalWh: whole(),
	totalCreditedWh: whole(),
	loadW: whole(MAX_LOAD_W),
	powerLimitW: v.nullable(whole()),
	phaseUnbalanceLimitW: v.nullable(whole()),
	tampered: v.boolean(),
	countedMs: whole(),
});

const event = v.union([
	v.strictObject({ kind: v.literal('token'), atMs: whole(), result: tokenResult }),
	v.strictObject({
		kind: v.picklist([
			'manufactured',
			'power-up',
			'credit-low',
			'relay-opened',
			'relay-closed',
			'tamper-detected',
			'tamper-cleared',
			'key-changed',
		]),
		atMs: whole(),
	}),
]);

const virtualMeter = v.strictObject({
	version: v.literal(METER_VERSION),
	drn: v.pipe(
		v.string(),
		v.check((text) => {
			const parsed = parseDrn(text);
			return 'drn' in parsed && parsed.drn === text;
		}),
	),
	decoder,
	supply,
	lastResult: v.nullable(tokenResult),
	events: v.pipe(v.array(event), v.maxLength(EVENT_CAPACITY)),
	settings: v.strictObject({
		creditCapacityWh: whole(),
		lowCreditWh: whole(),
		highestPowerLimitW: whole(),
	}),
});

/**
 * A stored meter (what `JSON.parse` gave) as a meter.
 * @returns with `corrupt`, `place` is the dotted path of the first thing wrong; values are never told
 */
export function parseVirtualMeter(
	value: unknown,
): { meter: VirtualMeter } | { refusal: MeterJsonRefusal; place?: string } {
	if (typeof value !== 'object' || value === null || !('version' in value))
		return { refusal: 'not-a-meter' };
	if (value.version !== METER_VERSION) return { refusal: 'unknown-version' };
	const parsed = v.safeParse(virtualMeter, value, { abortEarly: true });
	if (parsed.success) return { meter: parsed.output };
	return { refusal: 'corrupt', place: v.getDotPath(parsed.issues[0]) ?? '' };
}
