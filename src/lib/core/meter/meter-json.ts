/**
 * A virtual meter read back from storage. What was stored may be of an older layout, which is brought to
 * this one; of an unknown one, cut short or meddled with, which is refused by name and place, never mended.
 */
import * as v from 'valibot';
import { parseDrn } from '../sts/drn.ts';
import { PLANT_NAMES } from './plants.ts';
import { PRESET_NAMES, presetOf } from './presets.ts';
import { whole } from './stored/atoms.ts';
import { storedDecoder } from './stored/decoder.ts';
import { storedEvents, tokenResult } from './stored/events.ts';
import { migrateMeter1 } from './stored/migrate-1.ts';
import { storedCharge, storedSupply, storedTripRule } from './stored/supply.ts';
import { storedDemand, storedMains, storedTampers, tamperKinds } from './stored/surroundings.ts';
import { storedTariff } from './stored/tariff.ts';
import { METER_VERSION, type VirtualMeter } from './virtual-meter.ts';

/** Why stored data is not a meter, in order of precedence. */
export type MeterJsonRefusal = 'not-a-meter' | 'unknown-version' | 'corrupt';

/** Longest name of a firmware. */
export const MAX_SOFTWARE_CHARACTERS = 64;

const settings = v.strictObject({
	creditCapacityWh: whole(),
	lowCreditWh: whole(),
	highestPowerLimitW: whole(),
	tripRule: storedTripRule,
	openingTampers: tamperKinds,
});

/** Each fault once, in the order of their table. */
const plants = v.pipe(
	v.array(v.picklist(PLANT_NAMES)),
	v.check((names) => names.join() === PLANT_NAMES.filter((name) => names.includes(name)).join()),
);

const meter = v.strictObject({
	version: v.literal(METER_VERSION),
	drn: v.pipe(
		v.string(),
		v.check((text) => {
			const parsed = parseDrn(text);
			return 'drn' in parsed && parsed.drn === text;
		}),
	),
	preset: v.picklist(PRESET_NAMES),
	software: v.pipe(v.string(), v.regex(/^[ -~]*$/), v.maxLength(MAX_SOFTWARE_CHARACTERS)),
	decoder: storedDecoder,
	supply: storedSupply,
	charge: v.nullable(storedCharge),
	tariff: v.nullable(storedTariff),
	demand: storedDemand,
	mains: storedMains,
	tampers: storedTampers,
	clockOffsetMs: v.pipe(v.number(), v.safeInteger()),
	lastResult: v.nullable(tokenResult),
	events: storedEvents,
	settings,
	plants,
});

/** Whether the parts are those of the make. */
function isOfItsMake({ preset, supply, tariff, mains }: v.InferOutput<typeof meter>): boolean {
	const { phases, mode, rates } = presetOf(preset);
	return (
		supply.otherLoadsW.length === phases - 1 &&
		supply.prepaid === (mode === 'prepayment') &&
		(tariff !== null) === rates > 1 &&
		mains.sags.length === phases &&
		mains.swells.length === phases
	);
}

const virtualMeter = v.pipe(meter, v.check(isOfItsMake));

/**
 * A stored meter (what `JSON.parse` gave) as a meter.
 * @returns with `corrupt`, `place` is the dotted path of the first thing wrong; values are never told
 */
export function parseVirtualMeter(
	value: unknown,
): { meter: VirtualMeter } | { refusal: MeterJsonRefusal; place?: string } {
	if (typeof value !== 'object' || value === null || !('version' in value))
		return { refusal: 'not-a-meter' };
	if (value.version !== 1 && value.version !== METER_VERSION) return { refusal: 'unknown-version' };
	const current = value.version === 1 ? migrateMeter1({ ...value }) : value;
	const parsed = v.safeParse(virtualMeter, current, { abortEarly: true });
	if (parsed.success) return { meter: parsed.output };
	return { refusal: 'corrupt', place: v.getDotPath(parsed.issues[0]) ?? '' };
}
