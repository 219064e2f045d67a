/** What the meter wrote down: load, events, tokens. */
import { parseHex } from '#lib/core/bytes/hex.ts';
import {
	doubleLong,
	doubleLongUnsigned,
	enumerated,
	octetString,
	unsigned,
} from '#lib/core/dlms/axdr/build.ts';
import type { TokenResult } from '#lib/core/sts/decoder/token-result.ts';
import { EVENT_CAPACITY, type MeterEvent } from '../meter-events.ts';
import { clockAt, TOKEN_ENTRY_CAPACITY, type TokenEntry } from './cosem-meter.ts';
import { cosemObject, type CosemObject } from './cosem-object.ts';
import { clockData, creditOf } from './cosem-values.ts';
import { CAPTURE_PERIOD_MS, LOAD_PROFILE_CAPACITY, type LoadRow } from './load-profile.ts';
import { column, type Profile, profileObject } from './profile.ts';
import { energyData } from './supply-objects.ts';
import { tokenStatusCode, tokenStatusData } from './token-gateway.ts';

const CLOCK = ['0.0.1.0.0', 2] as const;

const LOAD: Profile<LoadRow> = {
	name: '1.0.99.1.0',
	columns: [
		column(8, ...CLOCK, ({ clockMs }) => clockData(clockMs)),
		column(3, '1.0.1.8.0', 2, ({ totalWh }) => energyData(totalWh)),
		column(3, '1.0.1.7.0', 2, ({ powerW }) => doubleLongUnsigned(powerW)),
		column(112, '0.0.19.10.0', 2, ({ creditWh }) => doubleLong(creditOf(creditWh))),
	],
	rows: ({ meter }) => meter.loadProfile.rows,
	capacity: LOAD_PROFILE_CAPACITY,
	periodS: CAPTURE_PERIOD_MS / 1000,
};

/** Codes of what happens; a token's are 100 and the status it was answered with. */
export const EVENT_CODES: Readonly<Record<Exclude<MeterEvent['kind'], 'token'>, number>> = {
	manufactured: 1,
	'power-up': 2,
	'credit-low': 10,
	'relay-opened': 11,
	'relay-closed': 12,
	'tamper-detected': 20,
	'tamper-cleared': 21,
	'key-changed': 30,
};

const TOKEN_EVENT = 100;

/** The code of an event in the log. */
export function eventCode(event: MeterEvent): number {
	return event.kind === 'token'
		? TOKEN_EVENT + tokenStatusCode(event.result)
		: EVENT_CODES[event.kind];
}

const EVENT_CODE = '0.0.96.11.0';

const EVENTS: Profile<MeterEvent> = {
	name: '0.0.99.98.0',
	columns: [
		column(8, ...CLOCK, ({ atMs }, { meter }) => clockData(clockAt(meter, atMs))),
		column(1, EVENT_CODE, 2, (event) => unsigned(eventCode(event))),
	],
	rows: ({ meter }) => meter.meter.events,
	capacity: EVENT_CAPACITY,
	periodS: 0,
};

const CREDITED: TokenResult = 'Accept';

const clockColumn = column<TokenEntry>(8, ...CLOCK, ({ atMs }, { meter }) =>
	clockData(clockAt(meter, atMs)),
);
const tokenColumn = column<TokenEntry>(115, '0.0.19.40.0', 2, ({ tokenHex }) =>
	octetString(parseHex(tokenHex)),
);

const CREDITS: Profile<TokenEntry> = {
	name: '0.0.99.15.0',
	columns: [
		clockColumn,
		tokenColumn,
		column(112, '0.0.19.10.0', 2, ({ creditWh }) => doubleLong(creditOf(creditWh))),
	],
	rows: ({ meter }) =>
		meter.entries.filter(({ result, creditedWh }) => result === CREDITED && creditedWh > 0),
	capacity: TOKEN_ENTRY_CAPACITY,
	periodS: 0,
};

const TRANSFERS: Profile<TokenEntry> = {
	name: '0.0.99.17.0',
	columns: [
		clockColumn,
		tokenColumn,
		column(115, '0.0.19.40.0', 5, () => enumerated(0)),
		column(115, '0.0.19.40.0', 6, tokenStatusData),
	],
	rows: ({ meter }) => meter.entries,
	capacity: TOKEN_ENTRY_CAPACITY,
	periodS: 0,
};

export const PROFILE_OBJECTS: readonly CosemObject[] = [
	profileObject(LOAD),
	cosemObject(1, EVENT_CODE, {
		2: ({ meter }) => unsigned(eventCode(meter.meter.events.at(-1) as MeterEvent)),
	}),
	profileObject(EVENTS),
	profileObject(CREDITS),
	profileObject(TRANSFERS),
];
