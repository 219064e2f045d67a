/** What a hand may do to the relay as the meter stands, and the two modes a person may choose between. */
import { controlMode, USUAL_CONTROL_MODE } from '#lib/core/meter/control-modes.ts';
import { opensByItself, relayOf, type RelayState } from '#lib/core/meter/supply.ts';
import { advanceTo, type VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { withSupply } from '#lib/core/meter/with-supply.ts';

/** As tokens need it, or with a button that works; a technician may set six more. */
export const BUTTON_MODES = { remote: USUAL_CONTROL_MODE, hand: 5 } as const;
export type ButtonMode = keyof typeof BUTTON_MODES;

export interface RelayButton {
	readonly relay: RelayState;
	readonly mayOpen: boolean;
	readonly mayClose: boolean;
	/** Null: another mode than the two. */
	readonly mode: ButtonMode | null;
}

export function relayButton({ supply }: VirtualMeter): RelayButton {
	const { control, controlMode: mode } = supply;
	const names = Object.keys(BUTTON_MODES) as ButtonMode[];
	return {
		relay: relayOf(supply),
		mayOpen: controlMode(mode).opensByHand && control === 'connected',
		mayClose: control === 'ready' && !opensByItself(supply),
		mode: names.find((name) => BUTTON_MODES[name] === mode) ?? null,
	};
}

/** The meter with its button in another mode. What the button opened is closed where it no longer counts. */
export function withButtonMode(
	meter: VirtualMeter,
	instantMs: number,
	mode: ButtonMode,
): VirtualMeter {
	const counted = advanceTo(meter, instantMs);
	const { supply } = counted;
	const control = mode === 'remote' && supply.control === 'ready' ? 'connected' : supply.control;
	const changed = { ...supply, control, controlMode: BUTTON_MODES[mode] };
	return withSupply(counted, changed, instantMs);
}
