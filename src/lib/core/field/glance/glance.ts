/**
 * A meter at a glance: everything a reading knows so far, understood. Made anew from the facts after each
 * answer; parts that were not asked yet are `waiting`, those the meter does not have `not-in-this-meter`.
 */
import type { EventCodes, EventName } from '#lib/core/dlms/profile/event-names.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { ASSUME_UTC } from '../meter-time.ts';
import { type ClockGlance, clockGlance, type OurTime } from './clock.ts';
import {
	type CounterGlance,
	counterGlances,
	type LastEventGlance,
	lastEventGlances,
} from './counters.ts';
import { glanceProgress, type GlanceReading, nextGlanceStep } from './glance-reading.ts';
import { type IdentityGlance, identityGlance } from './identity.ts';
import { objectOf } from './known-facts.ts';
import { type LimiterGlance, limiterGlances } from './limiter.ts';
import { type LogGlance, logGlances } from './logs.ts';
import { type PaymentGlance, paymentGlance } from './payment.ts';
import { type RegisterGlance, registerGlances } from './registers.ts';
import { type RelayGlance, relayGlances } from './relay.ts';
import { type StsGlance, stsGlance } from './sts-attributes.ts';

/** What the reader of a glance brings to it. */
export interface GlanceContext {
	readonly ours: OurTime;
	/** What the codes of this meter's logs mean. */
	readonly eventCodes: EventCodes;
	/** Events of the logs, newest first, where they were read. */
	readonly events: readonly EventName[];
}

/** Nothing is known but the standard. */
export const BARE_CONTEXT: GlanceContext = {
	ours: { uncertaintyMs: null, zone: ASSUME_UTC },
	eventCodes: {},
	events: [],
};

export interface MeterGlance {
	readonly progress: { readonly done: number; readonly of: number; readonly complete: boolean };
	/** What the object list was like; `source` is `assumed` where the meter gave none. */
	readonly objects: {
		readonly source: 'none' | 'meter' | 'assumed';
		readonly count: number;
		readonly duplicates: number;
		readonly rubbish: number;
		readonly cut: boolean;
	};
	readonly identity: IdentityGlance;
	readonly clock: ClockGlance;
	readonly sts: StsGlance;
	readonly payment: PaymentGlance;
	/** The main relay first. */
	readonly relays: readonly RelayGlance[];
	readonly limiters: readonly LimiterGlance[];
	readonly energy: readonly RegisterGlance[];
	readonly powerQuality: readonly RegisterGlance[];
	readonly counters: readonly CounterGlance[];
	readonly lastEvents: readonly LastEventGlance[];
	readonly logs: readonly LogGlance[];
	/** The token gateway, where the meter lists one. */
	readonly gateway: Obis | undefined;
}

export function glanceOf(
	reading: GlanceReading,
	context: GlanceContext = BARE_CONTEXT,
): MeterGlance {
	const payment = paymentGlance(reading);
	const lastEvents = lastEventGlances(reading, context.eventCodes);
	const { source, entries, duplicates, rubbish, cut } = reading.objects;
	return {
		progress: { ...glanceProgress(reading), complete: nextGlanceStep(reading).do === 'done' },
		objects: { source, count: entries.length, duplicates, rubbish, cut },
		identity: identityGlance(reading),
		clock: clockGlance(reading, context.ours),
		sts: stsGlance(reading),
		payment,
		relays: relayGlances(reading, payment, eventsKnown(context.events, lastEvents)),
		limiters: limiterGlances(reading),
		energy: registerGlances(reading, 'energy'),
		powerQuality: registerGlances(reading, 'power-quality'),
		counters: counterGlances(reading),
		lastEvents,
		logs: logGlances(reading),
		gateway: source === 'meter' ? objectOf(reading, 'gateway')?.logicalName : undefined,
	};
}

/** The logs' own events, or the last one of each log where they were not read. */
export function eventsKnown(
	events: readonly EventName[],
	lastEvents: readonly LastEventGlance[],
): readonly EventName[] {
	return events.length > 0 ? events : lastEvents.flatMap(({ name }) => name ?? []);
}
