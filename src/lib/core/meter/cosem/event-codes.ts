/**
 * The numbers that stand for events in the logs and in the objects 0.0.96.11.e: a closed table, the same
 * for every make. README of the command `meter` prints it for clients.
 */
import { type EventKind, LOG_OF, type LogName, type MeterEvent } from '../meter-events.ts';
import type { OpenReason } from '../supply.ts';
import type { TamperKind } from '../tampers.ts';
import { RATES } from '../tariff/calendar.ts';
import { tokenStatusCode } from './token-status.ts';

/** Events with a number of their own; the others follow from a fact of theirs. */
const CODES = {
	manufactured: 1,
	'power-up': 2,
	'power-down': 3,
	'clock-set': 4,
	'parameters-changed': 5,
	'keys-transferred': 6,
	'calendar-activated': 7,
	'firmware-ready': 8,
	'firmware-refused': 9,
	'credit-low': 10,
	/** Of a relay that opened before meters noted why. */
	'relay-opened': 11,
	'relay-closed': 12,
	'firmware-activated': 13,
	'relay-armed': 14,
	'limit-changed': 15,
	/** Of a tamper from before meters noted which. */
	'tamper-detected': 20,
	'tamper-cleared': 21,
	/** As with its beginning. */
	'tamper-ended': 19,
	'key-changed': 30,
	'credit-cleared': 31,
	'charge-collected': 32,
	'emergency-invoked': 33,
	'emergency-exhausted': 34,
	'emergency-repaid': 35,
} as const;

const OPENED: Readonly<Record<OpenReason, number>> = {
	'open-remote': 41,
	'open-no-credit': 42,
	'open-tamper': 43,
	'open-overload': 44,
	'open-unbalance': 45,
	'open-ready': 46,
};

const TAMPER_BEGAN: Readonly<Record<TamperKind, number>> = {
	'meter-cover': 22,
	'terminal-cover': 23,
	'magnetic-field': 24,
	'reversed-current': 25,
};

const TAMPER_ENDED: Readonly<Record<TamperKind, number>> = {
	'meter-cover': 26,
	'terminal-cover': 27,
	'magnetic-field': 28,
	'reversed-current': 29,
};

/** With the phase, 1 … 3, added. */
const VOLTAGE = { 'voltage-sag': 50, 'voltage-swell': 53, 'voltage-normal': 56 } as const;
/** With the rate, 1 … 8, added. */
const RATE = 80;
/** With the code of `token_status`, 0 … 8, added. */
const TOKEN = 100;

/** The number of an event, 1 … 255. */
export function eventCode(event: MeterEvent): number {
	switch (event.kind) {
		case 'token':
			return TOKEN + tokenStatusCode(event.result);
		case 'relay-opened':
			return event.reason ? OPENED[event.reason] : CODES[event.kind];
		case 'tamper-detected':
			return event.tamper ? TAMPER_BEGAN[event.tamper] : CODES[event.kind];
		case 'tamper-ended':
			return event.tamper ? TAMPER_ENDED[event.tamper] : CODES[event.kind];
		case 'voltage-sag':
		case 'voltage-swell':
		case 'voltage-normal':
			return VOLTAGE[event.kind] + event.phase;
		case 'rate-switched':
			return RATE + event.rate;
		default:
			return CODES[event.kind];
	}
}

/** One line of the table: a number, what it stands for, which log it is in. */
export interface EventCodeRow {
	readonly code: number;
	readonly kind: EventKind;
	/** The fact that the number tells besides: a reason, a tamper, a phase, a rate, a status code. */
	readonly fact?: string;
	readonly log: LogName;
}

const row = (code: number, kind: EventKind, fact?: string): EventCodeRow => ({
	code,
	kind,
	...(fact !== undefined && { fact }),
	log: LOG_OF[kind],
});

const rowsOf = (kind: EventKind, codes: Readonly<Record<string, number>>): EventCodeRow[] =>
	Object.entries(codes).map(([fact, code]) => row(code, kind, fact));

const PHASES = [1, 2, 3];
/** Final codes of `token_status`: what an entry can have. */
const STATUSES = [3, 4, 5, 6, 7];

/** The whole table, by number. */
export const EVENT_CODES: readonly EventCodeRow[] = [
	...(Object.keys(CODES) as (keyof typeof CODES)[]).map((kind) => row(CODES[kind], kind)),
	...rowsOf('relay-opened', OPENED),
	...rowsOf('tamper-detected', TAMPER_BEGAN),
	...rowsOf('tamper-ended', TAMPER_ENDED),
	...(Object.keys(VOLTAGE) as (keyof typeof VOLTAGE)[]).flatMap((kind) =>
		PHASES.map((phase) => row(VOLTAGE[kind] + phase, kind, `L${phase}`)),
	),
	...Array.from({ length: RATES }, (_, at) => row(RATE + at + 1, 'rate-switched', `${at + 1}`)),
	...STATUSES.map((status) => row(TOKEN + status, 'token', `${status}`)),
].toSorted((a, b) => a.code - b.code);
