/**
 * A meter of layout 1 as one of layout 2: a single-phase prepayment meter without debt, tariff or faults.
 * Pure, and of any value: what is wrong in the old row is still wrong in the new one, and refused there.
 */
import { createDemand } from '../demand.ts';
import { createMains } from '../mains.ts';
import { USUAL_METER } from '../make-settings.ts';
import { presetOf, USUAL_PRESET } from '../presets.ts';
import { createSupply } from '../supply.ts';
import { UNTOUCHED } from '../tampers.ts';
import { NO_TRIPS, passedLimit, trip, type Trips } from '../trips.ts';
import { METER_SOFTWARE } from '../virtual-meter.ts';

/** What JSON gave, of which nothing is known but that it has fields. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null;

const numberOr = (value: unknown, otherwise: number): number =>
	typeof value === 'number' ? value : otherwise;

/** In layout 1 the relay followed the load; a limit that was passed is now a trip of that moment. */
function tripsOf({ loadW, powerLimitW, tampered, creditWh }: Fields, atMs: number): Trips {
	if (tampered === true || creditWh === 0) return NO_TRIPS;
	const limits = {
		powerLimitW: typeof powerLimitW === 'number' ? powerLimitW : null,
		phaseUnbalanceLimitW: null,
	};
	const cause = passedLimit(limits, [numberOr(loadW, 0)]);
	return cause ? trip(NO_TRIPS, cause, USUAL_METER.tripRule, atMs) : NO_TRIPS;
}

/** Layout 1 as layout 2. */
export function migrateMeter1(old: Fields): unknown {
	const { supply, settings } = old;
	if (!isFields(supply) || !isFields(settings)) return { ...old, version: 2 };
	const countedMs = numberOr(supply['countedMs'], 0);
	const preset = presetOf(USUAL_PRESET);
	const { tripRule, openingTampers } = USUAL_METER;
	// Layout 1 knew one tamper, that of the cover.
	const isTampered = supply['tampered'] === true;
	return {
		...old,
		version: 2,
		preset: USUAL_PRESET,
		software: METER_SOFTWARE,
		supply: {
			...createSupply(preset, { creditWh: 0, emergency: null }, 0),
			...supply,
			trips: tripsOf(supply, countedMs),
		},
		charge: null,
		tariff: null,
		demand: createDemand(countedMs),
		mains: createMains(preset.phases),
		tampers: isTampered
			? {
					present: ['meter-cover'],
					noted: ['meter-cover'],
					counts: { ...UNTOUCHED.counts, 'meter-cover': 1 },
				}
			: UNTOUCHED,
		clockOffsetMs: 0,
		settings: { ...settings, tripRule, openingTampers },
		plants: [],
	};
}
