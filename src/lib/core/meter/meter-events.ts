/**
 * What a meter notes in its memory. One list, newest last; each event belongs to one log, and each log
 * keeps its last hundred, the oldest giving way.
 */
import type { TokenResult } from '../sts/decoder/token-result.ts';
import type { OpenReason } from './supply.ts';
import type { TamperKind } from './tampers.ts';

/** The logs, in the order of their objects 0.0.99.98.0 … .4. */
export const LOGS = ['standard', 'fraud', 'disconnector', 'power-quality', 'payment'] as const;
export type LogName = (typeof LOGS)[number];

/** Which log a kind of event belongs to. */
export const LOG_OF = {
	manufactured: 'standard',
	'power-down': 'standard',
	'power-up': 'standard',
	'clock-set': 'standard',
	'parameters-changed': 'standard',
	'keys-transferred': 'standard',
	'rate-switched': 'standard',
	'calendar-activated': 'standard',
	'firmware-ready': 'standard',
	'firmware-refused': 'standard',
	'firmware-activated': 'standard',
	'tamper-detected': 'fraud',
	'tamper-ended': 'fraud',
	'tamper-cleared': 'fraud',
	'relay-opened': 'disconnector',
	'relay-closed': 'disconnector',
	'relay-armed': 'disconnector',
	'limit-changed': 'disconnector',
	'voltage-sag': 'power-quality',
	'voltage-swell': 'power-quality',
	'voltage-normal': 'power-quality',
	'credit-low': 'payment',
	'emergency-invoked': 'payment',
	'emergency-exhausted': 'payment',
	'emergency-repaid': 'payment',
	'charge-collected': 'payment',
	'credit-cleared': 'payment',
	'key-changed': 'payment',
	token: 'payment',
} as const satisfies Record<string, LogName>;

/** What an event can be. */
export type EventKind = keyof typeof LOG_OF;

/** Facts that some kinds carry. Meters stored before these were noted lack those marked so. */
type Facts =
	| { readonly kind: 'token'; readonly result: TokenResult }
	/** `reason`: lacking in events of older meters. */
	| { readonly kind: 'relay-opened'; readonly reason?: OpenReason }
	/** `tamper`: lacking in events of older meters. */
	| { readonly kind: 'tamper-detected' | 'tamper-ended'; readonly tamper?: TamperKind }
	| { readonly kind: 'rate-switched'; readonly rate: number }
	| {
			readonly kind: 'charge-collected';
			readonly collectedWh: number;
			readonly remainingWh: number;
	  }
	| {
			readonly kind: 'voltage-sag' | 'voltage-swell' | 'voltage-normal';
			readonly phase: number;
	  };

/** Something that happened to a meter, and exactly when. */
export type MeterEvent = { readonly atMs: number } & (
	Facts | { readonly kind: Exclude<EventKind, Facts['kind']> }
);

/** How many events a log keeps. */
export const EVENT_CAPACITY = 100;

/** The list with one more event. */
export function noteEvent(events: readonly MeterEvent[], event: MeterEvent): readonly MeterEvent[] {
	const log = LOG_OF[event.kind];
	const grown = [...events, event];
	if (eventsOf(grown, log).length <= EVENT_CAPACITY) return grown;
	return grown.toSpliced(
		grown.findIndex(({ kind }) => LOG_OF[kind] === log),
		1,
	);
}

/** The events of one log, oldest first. */
export function eventsOf(events: readonly MeterEvent[], log: LogName): readonly MeterEvent[] {
	return events.filter(({ kind }) => LOG_OF[kind] === log);
}
