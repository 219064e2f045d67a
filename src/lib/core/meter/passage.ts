/**
 * How time passes for a meter: from one moment at which something happens to the next, each counted and
 * noted exactly when it is. So it makes no difference into how many steps an interval is cut.
 *
 * Always holds: a moment lies after what has been counted, so that time moves on; between two moments
 * power and rate stand still.
 */
import { collect, dueOnDay, nextCollectionMs, skipCollections } from './charge.ts';
import { countDemand, restartDemand } from './demand.ts';
import { countEnergy, nextCreditMomentMs } from './energy.ts';
import { endDisturbances, nextDisturbanceEndMs } from './mains.ts';
import { noteEvent } from './meter-events.ts';
import { activePowerW, relayOf } from './supply.ts';
import { countRate, nextTariffMs } from './tariff/tariff.ts';
import { withTariff } from './tariff/with-tariff.ts';
import type { VirtualMeter } from './virtual-meter.ts';
import { withCollection, withSupply } from './with-supply.ts';

/** A sort of moment: when the next one is, and what it does to a meter that has been counted up to it. */
interface MomentRow {
	readonly nextMs: (meter: VirtualMeter) => number;
	readonly pass: (meter: VirtualMeter, atMs: number) => VirtualMeter;
}

/** Credit that runs low or out shows in the count itself. */
const CREDIT: MomentRow = {
	nextMs: ({ supply, settings }) => nextCreditMomentMs(supply, settings.lowCreditWh),
	pass: (meter) => meter,
};

/** The relay closes again after a trip, and opens if the limit is still passed. */
const RECLOSING: MomentRow = {
	nextMs: ({ supply }) => supply.trips.open?.untilMs ?? Infinity,
	pass: (meter, atMs) => {
		const { open, count } = meter.supply.trips;
		if (!open || open.untilMs > atMs) return meter;
		const supply = { ...meter.supply, trips: { count, open: null } };
		const closes = relayOf(supply) === 'closed' && relayOf(meter.supply) !== 'closed';
		const events = closes ? noteEvent(meter.events, { kind: 'relay-closed', atMs }) : meter.events;
		return withSupply({ ...meter, supply, events }, supply, atMs);
	},
};

/** A debt is paid from the credit, once a day. */
const COLLECTION: MomentRow = {
	nextMs: ({ charge }) => nextCollectionMs(charge),
	pass: (meter, atMs) => {
		const { charge, supply } = meter;
		if (!charge?.nextMs || charge.nextMs > atMs) return meter;
		const collectedWh = dueOnDay(charge, supply.creditWh);
		const collected = collect(charge, collectedWh, atMs);
		const creditWh = supply.creditWh - collectedWh;
		const noted = withCollection(meter, skipCollections(collected, atMs), collectedWh, atMs);
		return withSupply(noted, { ...supply, creditWh }, atMs);
	},
};

/** The clock reaches a switch of rates. */
const RATES: MomentRow = {
	nextMs: ({ tariff, supply, clockOffsetMs }) =>
		tariff ? nextTariffMs(tariff, supply.countedMs + clockOffsetMs) - clockOffsetMs : Infinity,
	pass: (meter, atMs) => (meter.tariff ? withTariff(meter, meter.tariff, atMs) : meter),
};

/** A sag or a swell is over. */
const DISTURBANCES: MomentRow = {
	nextMs: ({ mains }) => nextDisturbanceEndMs(mains),
	pass: (meter, atMs) => {
		const { mains, phases } = endDisturbances(meter.mains, atMs);
		const events = phases.reduce(
			(noted, phase) => noteEvent(noted, { kind: 'voltage-normal', atMs, phase }),
			meter.events,
		);
		return { ...meter, mains, events };
	},
};

const MOMENTS: readonly MomentRow[] = [CREDIT, RECLOSING, COLLECTION, RATES, DISTURBANCES];

/** Counts a stretch at the end of which nothing happens but what the count itself brings about. */
function countTo(meter: VirtualMeter, instantMs: number): VirtualMeter {
	const { supply, tariff, demand } = meter;
	const counted = countEnergy(supply, instantMs);
	const powerW = activePowerW(supply);
	const changed = {
		...meter,
		tariff: tariff && countRate(tariff, counted.totalWh - supply.totalWh),
		demand: countDemand(demand, powerW, supply.countedMs, instantMs),
	};
	return withSupply(changed, counted, instantMs);
}

/** Lets time pass up to an instant. A clock set back lets none pass, and goes on from there. */
export function passTo(meter: VirtualMeter, instantMs: number): VirtualMeter {
	if (instantMs < meter.supply.countedMs) {
		const supply = { ...meter.supply, countedMs: instantMs };
		return { ...meter, supply, demand: restartDemand(meter.demand, instantMs) };
	}
	let current = meter;
	for (;;) {
		const { countedMs } = current.supply;
		const soonestMs = Math.min(...MOMENTS.map(({ nextMs }) => nextMs(current)));
		if (soonestMs > instantMs) return countTo(current, instantMs);
		// What should have been before now, as after a clock set back, is now.
		const atMs = Math.max(soonestMs, countedMs);
		current = MOMENTS.reduce((passed, { pass }) => pass(passed, atMs), countTo(current, atMs));
	}
}
