/** What makes of meter differ in, besides phases and mode: sizes of registers, limits, what opens the relay. */
import type { TamperKind } from './tampers.ts';
import { type TripRule, USUAL_TRIP_RULE } from './trips.ts';

/** Choices of a make of meter, besides those of its decoder. */
export interface MeterSettings {
	/** The most credit the register holds; a token that would pass it is refused and stays good. */
	readonly creditCapacityWh: number;
	/** Below this the meter warns. */
	readonly lowCreditWh: number;
	/** The highest power limit a token may set. */
	readonly highestPowerLimitW: number;
	/** How the relay closes again after a limit was passed. */
	readonly tripRule: TripRule;
	/** The tampers that open the relay until a token clears them; the others are only noted. */
	readonly openingTampers: readonly TamperKind[];
}

/** A register of seven digits before the point, a warning at 10 kWh, limits up to 100 kW; covers and magnets open. */
export const USUAL_METER: MeterSettings = {
	creditCapacityWh: 9_999_999_900,
	lowCreditWh: 10_000,
	highestPowerLimitW: 100_000,
	tripRule: USUAL_TRIP_RULE,
	openingTampers: ['meter-cover', 'terminal-cover', 'magnetic-field'],
};
