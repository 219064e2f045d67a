/**
 * The meters of the demo utility as data: invented people, the same for the same date. Numbers begin with 37
 * (one maker) and 0137 (one with 13 digits); those of the public-test estate with 00.
 */
import { civilDateOf, formatMonth } from '#lib/core/units/instant.ts';
import { contentHash } from '../content-hash.ts';
import type { AccountRow, BlockDecisionRow } from '../database/schema.ts';
import {
	customerRow,
	DAY_MS,
	emptyAccount,
	meterRow,
	withCheckDigit,
	type SeededMeter,
} from './demo-meter.ts';
import { DEMO_MANAGER_ID } from './demo-people.ts';
import { tariffPlace } from './demo-tariffs.ts';
import { DEMO_UTILITY, HILLS_SGC, TOWN_SGC } from './demo-utility.ts';
import { virtualMeters } from './demo-virtual-meters.ts';

const GIVEN = [
	...['Achieng', 'Baraka', 'Chebet', 'Daudi', 'Esther', 'Farah', 'Grace', 'Hamisi', 'Imani'],
	...['Juma', 'Kendi', 'Lulu', 'Moraa', 'Naliaka', 'Omar', 'Pendo', 'Rehema', 'Subira', 'Zawadi'],
];
const FAMILY = [
	...['Otieno', 'Wanjiku', 'Mwangi', 'Kiptoo', 'Nafula', 'Hassan', 'Mutua', 'Barasa'],
	...['Cherono', 'Kamau', 'Njeri', 'Odhiambo', 'Wafula'],
];
const AREAS = ['Jetty Road', 'Market Ward', 'Hill View', 'Station Estate', 'Acacia Court'];

const FIRST_SERIAL = 20_410_000;
const REAL_METERS = 300;
/** The one with 13 digits, and the one that the office has blocked. */
const LONG = 37;
const BLOCKED = 23;

const TOWN_OLD_KRN = 1;
const TOWN_KRN = 2;
const HILLS_KRN = 3;

/** What a meter of the town does about its old key, which has no token number left. */
type Rollover = 'had it' | 'has it this year' | 'waits for it';

/** A place in the list decides everything, so that a meter stays who it is whatever else changes. */
interface Place {
	readonly at: number;
	readonly drn: string;
	/** Of the town's supply group; null: of the hills'. */
	readonly rollover: Rollover | null;
}

const PLACES: readonly Place[] = Array.from({ length: REAL_METERS }, (_, at) => {
	const drn = withCheckDigit(`${at === LONG ? '0137' : '37'}${FIRST_SERIAL + at * 173}`);
	return { at, drn, rollover: at % 3 === 0 && at !== LONG ? rolloverOf(at) : null };
});

function rolloverOf(at: number): Rollover {
	if (at % 9 === 0) return 'had it';
	return at % 9 === 6 && at % 2 === 0 ? 'has it this year' : 'waits for it';
}

/** The meters as they are when the demo begins. */
export function demoMeters(beginsMs: number): SeededMeter[] {
	const month = formatMonth(civilDateOf(beginsMs, DEMO_UTILITY.time_zone));
	return [
		...virtualMeters(month, beginsMs),
		...PLACES.map((place) => realMeter(place, month, beginsMs)),
	];
}

/** Numbers of the meters that are sold to in the year before the demo's day. */
export const YEARS_BUYERS: readonly string[] = PLACES.filter(
	({ at, rollover }) => rollover !== 'waits for it' && at !== BLOCKED,
).map(({ drn }) => drn);

/** Why the blocked one is: the manager's word, from the day on which the demo begins. */
export function demoBlock(beginsMs: number): BlockDecisionRow {
	const drn = PLACES[BLOCKED]?.drn ?? '';
	const note = 'The customer does not agree with the arrears of the old meter.';
	const request = { deed: 'block', reason: 'debt-dispute', note } as const;
	return {
		id: '00000000-0000-7000-8000-000000000023',
		...{ utility_id: DEMO_UTILITY.id, drn, sequence: 1, ...request },
		...{ made_by: DEMO_MANAGER_ID, agreed_by: null, at_ms: beginsMs },
		content_hash: contentHash({ ...request, drn, madeBy: DEMO_MANAGER_ID }).hash,
	};
}

function realMeter({ at, drn, rollover }: Place, month: string, beginsMs: number): SeededMeter {
	const name = `${GIVEN[at % GIVEN.length]} ${FAMILY[at % FAMILY.length]}`;
	const area = AREAS[at % AREAS.length] ?? '';
	const meter = meterRow({
		...{ drn, area, label: '', ...tariffPlace(tariffOf(at)) },
		...(rollover === null
			? { sgc: HILLS_SGC, krn: HILLS_KRN, ea: at % 4 !== 1 ? 11 : 7 }
			: { sgc: TOWN_SGC, krn: rollover === 'had it' ? TOWN_KRN : TOWN_OLD_KRN, ea: 7 }),
		manufactured_at_ms: beginsMs - (900 + at * 11) * DAY_MS,
	});
	return {
		isVirtual: false,
		customer: { ...customerRow(drn, name, `${1 + (at % 90)} ${area}`), phone: phoneOf(at) },
		meter: { ...meter, state: at === BLOCKED ? 'blocked' : 'active' },
		account: accountOf(at, emptyAccount(drn, month)),
	};
}

function tariffOf(at: number): string {
	if (at % 7 === 5) return 'small-business';
	if (at % 11 === 7) return 'workshop-hours';
	return at % 2 === 0 ? 'domestic-flat' : 'domestic-steps';
}

/** Every third has told the office a phone, of a range that nobody has. */
function phoneOf(at: number): string | null {
	return at % 3 === 1 ? `+2547000${String(at).padStart(5, '0')}` : null;
}

function accountOf(at: number, empty: AccountRow): AccountRow {
	return {
		...empty,
		bought_deci_kwh: at % 5 === 0 ? 0 : at * 13,
		fixed_charge_due: at % 5 === 0 ? 1 : 0,
		arrears_minor: at % 8 === 3 || at % 7 === 5 ? 45_000 + at * 1_250 : 0,
		arrears_plan: at % 16 === 11 ? JSON.stringify({ kind: 'fixed', perVendMinor: 2_500 }) : null,
		// Free basic electricity for some of the smallest households.
		fbe_deci_kwh: at % 10 === 8 ? 500 : 0,
	};
}
