/** What the meter wrote down, as profiles: load, tokens, debts, mains. */
import { parseHex } from '#lib/core/bytes/hex.ts';
import {
	doubleLong,
	doubleLongUnsigned,
	enumerated,
	octetString,
} from '#lib/core/dlms/axdr/build.ts';
import { EVENT_CAPACITY, type MeterEvent } from '../meter-events.ts';
import { hasPlant } from '../plants.ts';
import { clockAt } from './cosem-meter.ts';
import type { CosemObject, Question } from './cosem-object.ts';
import { clockData, creditOf } from './cosem-values.ts';
import {
	CAPTURE_PERIOD_MS,
	LOAD_PROFILE_CAPACITY,
	type LoadRow,
	plantedLoadRows,
} from './load-profile.ts';
import { DEBT_CHARGE, TOKEN_CREDIT } from './payment-names.ts';
import { hasCharge, isPrepaid } from './presence.ts';
import { column, type Profile, profileObject, rowsOf } from './profile.ts';
import { energyData } from './register-objects.ts';
import { DELIVERIES, TOKEN_ENTRY_CAPACITY, type TokenEntry } from './token-entry.ts';
import { TOKEN_GATEWAY_NAME } from './token-gateway.ts';
import { resultStatusData } from './token-status.ts';

const CLOCK = ['0.0.1.0.0', 2] as const;

/** The time of something noted, on the meter's clock. */
export const timeColumn = <Row extends { readonly atMs: number }>() =>
	column<Row>(8, ...CLOCK, ({ atMs }, { meter }) => clockData(clockAt(meter, atMs)));

const LOAD: Profile<LoadRow> = {
	name: '1.0.99.1.0',
	columns: [
		column(8, ...CLOCK, ({ clockMs }) => clockData(clockMs)),
		column(3, '1.0.1.8.0', 2, ({ totalWh }) => energyData(totalWh)),
		column(3, '1.0.1.7.0', 2, ({ powerW }) => doubleLongUnsigned(powerW)),
		column(112, TOKEN_CREDIT, 2, ({ creditWh }) => doubleLong(creditOf(creditWh)), isPrepaid),
	],
	rows: ({ meter }) =>
		hasPlant(meter.meter, 'million-row-profile')
			? plantedLoadRows(meter.loadProfile)
			: rowsOf(meter.loadProfile.rows),
	capacity: LOAD_PROFILE_CAPACITY,
	periodS: CAPTURE_PERIOD_MS / 1000,
};

const tokenColumn = column<TokenEntry>(115, TOKEN_GATEWAY_NAME, 2, ({ tokenHex }) =>
	octetString(parseHex(tokenHex)),
);

const CREDITS: Profile<TokenEntry> = {
	name: '0.0.99.15.0',
	columns: [
		timeColumn(),
		tokenColumn,
		column(112, TOKEN_CREDIT, 2, ({ creditWh }) => doubleLong(creditOf(creditWh))),
	],
	rows: ({ meter }) => rowsOf(meter.entries.filter(({ creditedWh }) => creditedWh > 0)),
	capacity: TOKEN_ENTRY_CAPACITY,
	periodS: 0,
	presentIn: isPrepaid,
};

const TRANSFERS: Profile<TokenEntry> = {
	name: '0.0.99.17.0',
	columns: [
		timeColumn(),
		tokenColumn,
		column(115, TOKEN_GATEWAY_NAME, 5, ({ delivery }) => enumerated(DELIVERIES[delivery])),
		column(115, TOKEN_GATEWAY_NAME, 6, ({ result }) => resultStatusData(result)),
	],
	rows: ({ meter }) => rowsOf(meter.entries),
	capacity: TOKEN_ENTRY_CAPACITY,
	periodS: 0,
};

type Collection = Extract<MeterEvent, { kind: 'charge-collected' }>;

const COLLECTIONS: Profile<Collection> = {
	name: '0.0.99.14.0',
	columns: [
		timeColumn(),
		column(113, DEBT_CHARGE, 11, ({ collectedWh }) => doubleLong(creditOf(collectedWh))),
		column(113, DEBT_CHARGE, 12, ({ remainingWh }) => doubleLong(creditOf(remainingWh))),
	],
	rows: ({ meter }) =>
		rowsOf(meter.meter.events.filter((event) => event.kind === 'charge-collected')),
	capacity: EVENT_CAPACITY,
	periodS: 0,
	presentIn: hasCharge,
};

/** The mains came back at `atMs`, after so long. */
interface Failure {
	readonly atMs: number;
	readonly lastedMs: number;
}

const failures = ({ meter }: Question): readonly Failure[] => {
	const { events } = meter.meter;
	return events.flatMap(({ kind, atMs }, at) => {
		const down = events.slice(0, at).findLast((event) => event.kind === 'power-down');
		return kind === 'power-up' && down ? [{ atMs, lastedMs: atMs - down.atMs }] : [];
	});
};

const FAILURES: Profile<Failure> = {
	name: '1.0.99.97.0',
	columns: [
		timeColumn(),
		column(3, '0.0.96.7.19', 2, ({ lastedMs }) =>
			doubleLongUnsigned(Math.floor(lastedMs / 1000) % 2 ** 32),
		),
	],
	rows: (question) => rowsOf(failures(question)),
	capacity: EVENT_CAPACITY,
	periodS: 0,
};

export const PROFILE_OBJECTS: readonly CosemObject[] = [
	profileObject(LOAD),
	profileObject(CREDITS),
	profileObject(TRANSFERS),
	profileObject(COLLECTIONS),
	profileObject(FAILURES),
];
