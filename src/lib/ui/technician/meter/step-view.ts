/** How far connecting is, in words. */
import { drnOf } from '#lib/core/field/identity/told-number.ts';
import type { ConnectStep, PublicIdentity } from '#lib/link/connect-order.ts';
import { numberText } from '#lib/ui/technician/glance/reading-text.ts';
import { words } from '#lib/ui/technician/words.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';

export interface StepView {
	/** What is being done. */
	readonly now: string;
	/** Rate and who the meter says it is, as far as known. */
	readonly aside: string;
	/** 0 … 1, never falls on the way of one association. */
	readonly done: number;
}

const PLACES: Record<ConnectStep['step'], number> = {
	'opening-port': 0.05,
	'signing-on': 0.15,
	'signed-on': 0.3,
	associating: 0.4,
	'reading-identity': 0.5,
	identified: 0.6,
	releasing: 0.7,
};
/** Our own association is the last step. */
const OWN = 0.85;

export function stepView(
	step: ConnectStep | undefined,
	identity: PublicIdentity | undefined,
): StepView {
	const { steps } = words.connecting;
	const { baud, meter } = words.technicianMeter.progress;
	if (!step) return { now: steps['opening-port'], aside: '', done: 0 };
	const isOwn = step.step === 'associating' && step.stage === 'own';
	const rate =
		step.step === 'opening-port' ? step.settings.baud : step.step === 'associating' ? step.baud : 0;
	const drn = identity && drnOf(identity);
	const name = drn ? groupMeterNumber(drn) : (identity?.deviceName ?? '');
	const asides = [name === '' ? '' : meter(name), rate === 0 ? '' : baud(numberText(rate))];
	return {
		now: steps[step.step],
		aside: asides.filter((each) => each !== '').join(' · '),
		done: isOwn
			? OWN
			: identity
				? Math.max(PLACES.identified, PLACES[step.step])
				: PLACES[step.step],
	};
}
