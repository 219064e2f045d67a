/** A meter's clock beside ours: what it shows, and how far it is off as far as that can be known. */
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { type AssumedZone, type MeterTime, timeIn } from '../meter-time.ts';
import { type Reading, valueOf } from '../reading.ts';
import { truthIn, wholeIn, wholeWithin } from '../understand.ts';
import type { AskedBetween, GlanceReading } from './glance-reading.ts';
import { attributesOf, objectOf } from './known-facts.ts';

/** What a clock runs by (class 8, attribute 9). */
export const CLOCK_BASES = ['none', 'crystal', 'mains-50', 'mains-60', 'gps', 'radio'] as const;
export type ClockBase = (typeof CLOCK_BASES)[number];

/** What is known of our own time. */
export interface OurTime {
	/** How far our clock may be off; null where nobody knows. */
	readonly uncertaintyMs: number | null;
	/** The zone in which a meter is taken to be that does not say. */
	readonly zone: AssumedZone;
}

export interface ClockDrift {
	/** What the meter is ahead of us; negative where it is behind. */
	readonly driftMs: number;
	/** The drift is known to within this much; null where our own time is not known. */
	readonly uncertaintyMs: number | null;
	/** Whether the meter told its deviation from UTC, or it was assumed. */
	readonly zone: 'told' | 'assumed';
	/** Off by whole quarters of an hour: a wrong time zone or daylight saving rather than a bad clock. */
	readonly looksLikeZone: boolean;
}

export interface ClockGlance {
	readonly logicalName: Obis | undefined;
	readonly time: Reading<MeterTime>;
	/** Null while it cannot be said. */
	readonly drift: ClockDrift | null;
	/** Normal time from UTC in minutes, as the meter has it (attribute 3). */
	readonly timeZoneMin: Reading<number>;
	readonly daylightSavingMin: Reading<number>;
	readonly daylightSavingEnabled: Reading<boolean>;
	readonly base: Reading<ClockBase>;
}

export function clockGlance(reading: GlanceReading, ours: OurTime): ClockGlance {
	const object = objectOf(reading, 'clock');
	const attribute = attributesOf(reading, object);
	const time = attribute(2, (data) => timeIn(data, ours.zone));
	const shown = valueOf(time);
	return {
		logicalName: object?.logicalName,
		time,
		drift: shown && reading.clockRead ? driftOf(shown, reading.clockRead, ours) : null,
		timeZoneMin: attribute(3, wholeWithin(-840, 840)),
		daylightSavingMin: attribute(7, wholeWithin(-120, 120)),
		daylightSavingEnabled: attribute(8, truthIn),
		base: attribute(9, (data) => CLOCK_BASES[wholeIn(data) ?? -1]),
	};
}

const QUARTER_MS = 900_000;
/** Zones end here. */
const WIDEST_ZONE_MS = 14 * 3_600_000;
/** What a clock may be off beside its zone and still be taken for a good one. */
const ZONE_SLACK_MS = 60_000;

/**
 * The drift of a clock that was read between two of our instants; null where the meter's time is not
 * whole. It showed its time at some moment between the two.
 */
export function driftOf(
	time: MeterTime,
	{ askedMs, answeredMs }: AskedBetween,
	{ uncertaintyMs }: OurTime,
): ClockDrift | null {
	if (time.atMs === null) return null;
	const half = Math.max(0, answeredMs - askedMs) / 2;
	// A clock that shows whole seconds is, on average, half a one further than it says.
	const driftMs = Math.round(time.atMs + time.resolutionMs / 2 - (askedMs + half));
	const zoneMs = Math.round(driftMs / QUARTER_MS) * QUARTER_MS;
	return {
		driftMs,
		uncertaintyMs:
			uncertaintyMs === null ? null : Math.ceil(half + time.resolutionMs / 2 + uncertaintyMs),
		zone: time.deviation === null ? 'assumed' : 'told',
		looksLikeZone:
			zoneMs !== 0 &&
			Math.abs(zoneMs) <= WIDEST_ZONE_MS &&
			Math.abs(driftMs - zoneMs) <= ZONE_SLACK_MS,
	};
}
