/**
 * A changed supply taken into its meter: what follows from the change (a limit passed, a relay that waits
 * for a hand), and what is noted of it, at the instant it happened.
 */
import type { Charge } from './charge.ts';
import { controlMode } from './control-modes.ts';
import { emergencyLeftWh } from './emergency-credit.ts';
import { type MeterEvent, noteEvent } from './meter-events.ts';
import { isLow, loadsOf, opensByItself, relayOf, type Supply } from './supply.ts';
import { NO_TRIPS, passedLimit, trip, type TripRule } from './trips.ts';
import type { VirtualMeter } from './virtual-meter.ts';

/** In modes without local reconnection, what the meter opened by itself waits for a hand. */
function latch(supply: Supply): Supply {
	const isLatched =
		supply.control === 'connected' &&
		!controlMode(supply.controlMode).closesByItself &&
		opensByItself(supply);
	return isLatched ? { ...supply, control: 'ready' } : supply;
}

/** The supply with what follows at once from how it stands. Nothing more follows a second time. */
function settle(supply: Supply, rule: TripRule, atMs: number): Supply {
	if (!controlMode(supply.controlMode).opens) return supply;
	const latched = latch(supply);
	// What does not flow passes no limit.
	if (relayOf(latched) !== 'closed') return latched;
	const cause = passedLimit(latched, loadsOf(latched));
	if (cause) return latch({ ...latched, trips: trip(latched.trips, cause, rule, atMs) });
	return latched.trips.count === 0 ? latched : { ...latched, trips: NO_TRIPS };
}

/** What is worth noting of a change, in its order. */
function happened(before: Supply, after: Supply, lowCreditWh: number, atMs: number): MeterEvent[] {
	const events: MeterEvent[] = [];
	if (!isLow(before.creditWh, lowCreditWh) && isLow(after.creditWh, lowCreditWh))
		events.push({ kind: 'credit-low', atMs });
	if (
		emergencyLeftWh(before.emergency) > 0 &&
		after.emergency?.usedWh === after.emergency?.presetWh
	)
		events.push({ kind: 'emergency-exhausted', atMs });
	if (before.emergency?.usedWh && after.emergency?.usedWh === 0)
		events.push({ kind: 'emergency-repaid', atMs });
	const [was, is] = [relayOf(before), relayOf(after)];
	if (was === 'closed' && is !== 'closed') events.push({ kind: 'relay-opened', atMs, reason: is });
	if (was !== 'closed' && is === 'closed') events.push({ kind: 'relay-closed', atMs });
	return events;
}

/** The meter with another supply, and with what the change made happen. */
export function withSupply(meter: VirtualMeter, supply: Supply, atMs: number): VirtualMeter {
	const { tripRule, lowCreditWh } = meter.settings;
	const settled = settle(supply, tripRule, atMs);
	const events = happened(meter.supply, settled, lowCreditWh, atMs);
	return { ...meter, supply: settled, events: events.reduce(noteEvent, meter.events) };
}

/** The meter with another charge, of which `collectedWh` have just been collected, and that noted. */
export function withCollection(
	meter: VirtualMeter,
	charge: Charge | null,
	collectedWh: number,
	atMs: number,
): VirtualMeter {
	if (!charge || collectedWh === 0) return { ...meter, charge };
	const { remainingWh } = charge;
	const event = { kind: 'charge-collected', atMs, collectedWh, remainingWh } as const;
	return { ...meter, charge, events: noteEvent(meter.events, event) };
}
