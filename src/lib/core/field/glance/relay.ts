/**
 * The load relay of a meter (class 70): where it stands, what may move it, and why it is open as far as
 * the meter lets that be known. Nothing is guessed: an empty list of reasons means that it does not say.
 */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { EventName } from '#lib/core/dlms/profile/event-names.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { type Reading, valueOf } from '../reading.ts';
import { truthIn, wholeIn, wholeWithin } from '../understand.ts';
import type { GlanceReading } from './glance-reading.ts';
import { attributesOf, objectsOf } from './known-facts.ts';
import type { PaymentGlance } from './payment.ts';

/** By code of control_state. */
export const CONTROL_STATES = ['disconnected', 'connected', 'ready-for-reconnection'] as const;
export type ControlState = (typeof CONTROL_STATES)[number] | 'other';

/** `armed`: open, and the consumer may close it by hand. */
export type RelayStanding = 'closed' | 'open' | 'armed' | 'contradictory' | 'unknown';

/** Why a relay is open, in the order in which they are told. */
export const OPEN_REASONS = [
	/** The log says: tampered with, and not cleared since. */
	'tamper',
	/** All credit is used up. */
	'no-credit',
	/** The log says: the load was above the limit. */
	'over-limit',
	/** The log says: opened from afar. */
	'remotely',
	/** The log says: opened by hand. */
	'by-hand',
	/** It would close, and waits for a hand at the meter. */
	'waits-for-hand',
] as const;
export type OpenReason = (typeof OPEN_REASONS)[number];

export interface RelayGlance {
	readonly logicalName: Obis;
	readonly standing: RelayStanding;
	/** The contacts themselves: true closed. */
	readonly output: Reading<boolean>;
	readonly state: Reading<ControlState>;
	/** 0 … 7 of the standard; makers have others. */
	readonly mode: Reading<number>;
	/** Empty where it is not open, or the meter does not say why. */
	readonly openBecause: readonly OpenReason[];
}

export function relayGlances(
	reading: GlanceReading,
	payment: PaymentGlance,
	events: readonly EventName[],
): RelayGlance[] {
	return objectsOf(reading, 'relay').map((object) => {
		const attribute = attributesOf(reading, object);
		const output = attribute(2, truthIn);
		const state = attribute(3, controlStateIn);
		const standing = standingOf(valueOf(output), valueOf(state));
		const open = standing === 'open' || standing === 'armed';
		return {
			logicalName: object.logicalName,
			standing,
			output,
			state,
			mode: attribute(4, wholeWithin(0, 255)),
			openBecause: open ? openReasons(standing, isOutOfCredit(payment), events) : [],
		};
	});
}

/** The control_state of a relay. */
export function controlStateIn(data: Data): ControlState | undefined {
	const code = wholeIn(data);
	return code === undefined ? undefined : (CONTROL_STATES[code] ?? 'other');
}

/** Where a relay stands by its contacts and its state; either may be missing. */
export function standingOf(
	output: boolean | undefined,
	state: ControlState | undefined,
): RelayStanding {
	if (state === 'ready-for-reconnection') return output === true ? 'contradictory' : 'armed';
	const stated = state === 'connected' ? true : state === 'disconnected' ? false : undefined;
	if (output !== undefined && stated !== undefined && output !== stated) return 'contradictory';
	const closed = output ?? stated;
	if (closed === undefined) return 'unknown';
	return closed ? 'closed' : 'open';
}

/** Whether the meter says that no credit is left; undefined where it does not say. */
export function isOutOfCredit({ account, credits }: PaymentGlance): boolean | undefined {
	const flags = valueOf(account.flags);
	if (flags) return flags.includes('out-of-credit');
	const states = credits.map(({ status }) => valueOf(status));
	if (states.length === 0 || states.includes(undefined)) return undefined;
	return states.every((state) => state === 'exhausted');
}

/** What each event says of an open relay; the newest that speaks of it counts. */
const SAID_BY: Partial<Readonly<Record<EventName, OpenReason | 'settled'>>> = {
	'relay-opened-remotely': 'remotely',
	'relay-opened-by-hand': 'by-hand',
	'relay-opened-for-credit': 'no-credit',
	'relay-opened-for-tamper': 'tamper',
	'relay-opened-for-load': 'over-limit',
	'relay-opened-for-unbalance': 'over-limit',
	'relay-ready': 'waits-for-hand',
	'relay-closed': 'settled',
	'relay-closed-by-hand': 'settled',
	'relay-closed-remotely': 'settled',
};

/**
 * Why an open relay is open.
 * @param events of the meter's logs, newest first
 */
export function openReasons(
	standing: 'open' | 'armed',
	outOfCredit: boolean | undefined,
	events: readonly EventName[],
): OpenReason[] {
	const said = events.map((name) => SAID_BY[name]).find((each) => each !== undefined);
	const because = new Set<OpenReason>();
	if (isTampered(events)) because.add('tamper');
	if (outOfCredit) because.add('no-credit');
	if (said && said !== 'settled') because.add(said);
	if (standing === 'armed') because.add('waits-for-hand');
	return OPEN_REASONS.filter((reason) => because.has(reason));
}

/** Conditions that begin with one event and are over with another. */
const OVER_WITH: Partial<Readonly<Record<EventName, EventName>>> = {
	'meter-cover-opened': 'meter-cover-closed',
	'terminal-cover-opened': 'terminal-cover-closed',
	'magnet-noticed': 'magnet-gone',
	'current-reversed': 'current-normal',
	'current-bypassed': 'current-normal',
};

/**
 * Whether the logs say that the meter is tampered with: noticed and not cleared since, or going on now.
 * @param events newest first
 */
export function isTampered(events: readonly EventName[]): boolean {
	const later = new Set<EventName>();
	for (const name of events) {
		if (name === 'tamper-cleared') return false;
		if (name === 'tamper-detected') return true;
		if (name === 'relay-opened-for-tamper' && !later.has('relay-closed')) return true;
		const over = OVER_WITH[name];
		if (over && !later.has(over)) return true;
		later.add(name);
	}
	return false;
}
