/** A changed tariff taken into its meter, and what is noted of it. */
import { noteEvent } from '../meter-events.ts';
import type { VirtualMeter } from '../virtual-meter.ts';
import { setByClock, type Tariff } from './tariff.ts';

/** The meter with another tariff, set by its clock at `atMs`; a switch of rates is noted. */
export function withTariff(meter: VirtualMeter, tariff: Tariff, atMs: number): VirtualMeter {
	const set = setByClock(tariff, atMs + meter.clockOffsetMs);
	let { events } = meter;
	if (meter.tariff && set.active !== meter.tariff.active)
		events = noteEvent(events, { kind: 'calendar-activated', atMs });
	if (set.rate !== meter.tariff?.rate)
		events = noteEvent(events, { kind: 'rate-switched', atMs, rate: set.rate });
	return { ...meter, tariff: set, events };
}
