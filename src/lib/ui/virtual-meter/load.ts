/** What hangs behind the meter: the steps of the load slider and the pulses of the metrology LED. */

import type { TimeLapse } from '#lib/browser/store/virtual-meter-row.ts';

/** Loads one can choose, in W: nothing, a lamp, a fridge, a kettle … an electric shower. */
export const LOAD_STEPS_W = [0, 10, 60, 150, 300, 600, 1000, 1500, 2000, 3000, 5000, 7000] as const;

/** Pulses of the LED for one kWh, as printed on the face plate. */
export const PULSES_PER_KWH = 1000;

/**
 * The quickest pulse that is shown, in ms: more than three flashes a second can harm people, so a
 * quicker LED is shown as steadily lit (WCAG 2.3.1).
 */
export const QUICKEST_PULSE_MS = 400;

/** How long one flash lasts, in ms. */
export const FLASH_MS = 110;

export type LedState =
	| { readonly kind: 'dark' }
	| { readonly kind: 'pulsing'; readonly periodMs: number }
	| { readonly kind: 'steady' };

/** What the LED does while `powerW` flows, with time running `lapse` times as fast. */
export function ledState(powerW: number, lapse: TimeLapse): LedState {
	if (powerW <= 0) return { kind: 'dark' };
	// One pulse is 3,600,000 J / pulses per kWh; at P watts it comes every energy / P seconds.
	const periodMs = 3_600_000_000 / PULSES_PER_KWH / powerW / lapse;
	return periodMs < QUICKEST_PULSE_MS
		? { kind: 'steady' }
		: { kind: 'pulsing', periodMs: Math.round(periodMs) };
}

/** The step of the slider nearest to a load. */
export function loadStepOf(loadW: number): number {
	let best = 0;
	LOAD_STEPS_W.forEach((step, at) => {
		if (Math.abs(step - loadW) < Math.abs((LOAD_STEPS_W[best] ?? 0) - loadW)) best = at;
	});
	return best;
}

/** What such a load might be, by the upper bound of each example in W. */
const EXAMPLES = [
	['none', 0],
	['small', 100],
	['middle', 700],
	['large', 2500],
	['huge', Infinity],
] as const;

/** Name of the example for a load. */
export function loadExample(loadW: number): (typeof EXAMPLES)[number][0] {
	return EXAMPLES.find(([, upToW]) => loadW <= upToW)?.[0] ?? 'huge';
}
