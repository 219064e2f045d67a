/** The makes of virtual meter: how many phases, how it is paid, how many rates it counts by. */

/** Prepayment: nothing flows without credit. Credit: it flows first and is paid for later. */
export type PaymentMode = 'prepayment' | 'credit';

/** One make. Which algorithm it speaks comes with its papers, not with its make. */
export interface Preset {
	readonly phases: 1 | 3;
	readonly mode: PaymentMode;
	/** 1: one register for all energy; 8: a calendar chooses among eight. */
	readonly rates: 1 | 8;
	/** Power factor of what hangs behind it, in thousandths; lower means more reactive power. */
	readonly powerFactor: number;
}

export const PRESETS = {
	'single-phase': { phases: 1, mode: 'prepayment', rates: 1, powerFactor: 1000 },
	'single-phase-tou': { phases: 1, mode: 'prepayment', rates: 8, powerFactor: 1000 },
	'single-phase-postpaid': { phases: 1, mode: 'credit', rates: 1, powerFactor: 1000 },
	'single-phase-postpaid-tou': { phases: 1, mode: 'credit', rates: 8, powerFactor: 1000 },
	'three-phase': { phases: 3, mode: 'prepayment', rates: 1, powerFactor: 950 },
	'three-phase-tou': { phases: 3, mode: 'prepayment', rates: 8, powerFactor: 950 },
	'three-phase-postpaid': { phases: 3, mode: 'credit', rates: 1, powerFactor: 950 },
	'three-phase-postpaid-tou': { phases: 3, mode: 'credit', rates: 8, powerFactor: 950 },
} as const satisfies Record<string, Preset>;

/** Name of a make. */
export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];

/** What a meter is unless it is said: as it hangs in most kitchens. */
export const USUAL_PRESET: PresetName = 'single-phase';

/** The make of a name, as plainly as a table has it. */
export function presetOf(name: PresetName): Preset {
	return PRESETS[name];
}
