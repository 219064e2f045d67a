/**
 * The demo utility as data: invented people in an invented town, the same for the same date. Real meters'
 * numbers begin with 37 (one maker) and 0137 (one with 13 digits), those of the public-test estate with 00.
 */
import { luhnDigit } from '#lib/core/sts/luhn.ts';
import { formatMonth, civilDateOf } from '#lib/core/units/instant.ts';
import type { Tariff } from '#lib/core/vending/tariff.ts';
import type { AccountRow, CustomerRow, MeterRow, UtilityRow } from '../database/schema.ts';
import { DEMO_SLOTS, PUBLIC_TEST_SGC, ROLLOVER_TEST_SGC } from '../security-module/demo-slots.ts';

export const DEMO_UTILITY: UtilityRow = {
	id: 'lakeside',
	name: 'Lakeside Power & Light',
	address: 'Demo House, 1 Jetty Road, Mwanzele',
	vat_number: 'P000000000D',
	help_line: '0800 000 000',
	currency_code: 'KES',
	currency_minor_digits: 2,
	time_zone: 'Africa/Nairobi',
	min_tender_minor: 2_000,
	max_tender_minor: 5_000_000,
	host_name: null,
	key_change_policy: 'automatic',
	fbe_counts_in_blocks: 1,
};

const TOWN_SGC = '400171';
const HILLS_SGC = '400284';
const SUPPLY_GROUP_NAMES = {
	[TOWN_SGC]: 'Lakeside Town',
	[HILLS_SGC]: 'Lakeside Hills',
	[PUBLIC_TEST_SGC]: 'Public-test estate',
	[ROLLOVER_TEST_SGC]: 'Public-test estate before its rollover',
};

/** Each with the key revision its meters are to be on: the last that the security module has of it. */
export const DEMO_SUPPLY_GROUPS = Object.entries(SUPPLY_GROUP_NAMES).map(([sgc, name]) => ({
	...{ sgc, name },
	currentKrn: Math.max(...DEMO_SLOTS.filter((slot) => slot.sgc === sgc).map(({ krn }) => krn)),
}));

const COMMON = {
	version: 1,
	serviceFee: { fixedMinor: 0, basisPoints: 0 },
	arrears: { maxBasisPoints: 3_000 },
	vat: { basisPoints: 1_600, inclusive: false },
	fixedCharge: { perMonthMinor: 0 },
	order: ['service-fee', 'arrears', 'vat', 'fixed-charge'],
} as const;

export const DEMO_TARIFFS: readonly Tariff[] = [
	{
		...COMMON,
		id: 'domestic-flat',
		name: 'Domestic',
		vat: { basisPoints: 1_600, inclusive: true },
		blocks: [{ upToDeciKwh: null, pricePerKwhE4: 25_000_000 }],
	},
	{
		...COMMON,
		id: 'domestic-steps',
		name: 'Domestic, in steps',
		fixedCharge: { perMonthMinor: 6_000 },
		blocks: [
			{ upToDeciKwh: 300, pricePerKwhE4: 12_230_000 },
			{ upToDeciKwh: 1_000, pricePerKwhE4: 16_300_000 },
			{ upToDeciKwh: null, pricePerKwhE4: 19_080_000 },
		],
	},
	{
		...COMMON,
		id: 'small-business',
		name: 'Small business',
		serviceFee: { fixedMinor: 1_000, basisPoints: 50 },
		arrears: { maxBasisPoints: 5_000 },
		blocks: [{ upToDeciKwh: null, pricePerKwhE4: 21_440_000 }],
	},
];

/** In force long before any sale of the demo. */
export const TARIFFS_VALID_FROM_MS = Date.UTC(2025, 0, 1);

const GIVEN = [
	'Achieng',
	'Baraka',
	'Chebet',
	'Daudi',
	'Esther',
	'Farah',
	'Grace',
	'Hamisi',
	'Imani',
	'Juma',
	'Kendi',
];
const FAMILY = ['Otieno', 'Wanjiku', 'Mwangi', 'Kiptoo', 'Nafula', 'Hassan', 'Mutua'];
const AREAS = ['Jetty Road', 'Market Ward', 'Hill View', 'Station Estate', 'Acacia Court'];

const SERIALS_OF_REAL_METERS = 20_410_000;
const REAL_METERS = 60;
const TOWN_METERS_KRN = 2;
const DAY_MS = 86_400_000;

/** A meter and its account as they stand on the day of the seed. */
export interface SeededMeter {
	readonly customer: CustomerRow;
	readonly meter: MeterRow;
	readonly account: AccountRow;
	/** Of the public-test estate. */
	readonly isVirtual: boolean;
}

export function demoMeters(asOfMs: number): SeededMeter[] {
	const month = formatMonth(civilDateOf(asOfMs, DEMO_UTILITY.time_zone));
	const real = Array.from({ length: REAL_METERS }, (_, at) => realMeter(at, month, asOfMs));
	return [...VIRTUAL_METERS.map((row) => virtualMeter(row, month, asOfMs)), ...real];
}

function realMeter(at: number, month: string, asOfMs: number): SeededMeter {
	const long = at === 37;
	const inTown = at % 3 === 0 && !long;
	const tariff = DEMO_TARIFFS[at % 7 === 5 ? 2 : at % 2] as Tariff;
	const drn = withCheckDigit(`${long ? '0137' : '37'}${SERIALS_OF_REAL_METERS + at * 173}`);
	return {
		isVirtual: false,
		customer: {
			id: `customer-${drn}`,
			utility_id: DEMO_UTILITY.id,
			name: `${GIVEN[at % GIVEN.length]} ${FAMILY[at % FAMILY.length]}`,
			phone: null,
			address: AREAS[at % AREAS.length] as string,
			account_number: `A${drn}`,
		},
		meter: {
			drn,
			utility_id: DEMO_UTILITY.id,
			customer_id: `customer-${drn}`,
			area: AREAS[at % AREAS.length] as string,
			label: '',
			state: at === 23 ? 'blocked' : 'active',
			tariff_id: tariff.id,
			sgc: inTown ? TOWN_SGC : HILLS_SGC,
			krn: inTown ? TOWN_METERS_KRN : 3,
			ti: String(DEMO_TARIFFS.indexOf(tariff) + 1).padStart(2, '0'),
			ea: !inTown && at % 4 !== 1 ? 11 : 7,
			tct: '02',
			next_sgc: null,
			next_ti: null,
			takes_three_kct: 1,
			resource: 'electricity',
			phases: 1,
			dlms_profile: null,
			manufactured_at_ms: asOfMs - (900 + at * 11) * DAY_MS,
		},
		account: {
			drn,
			month,
			bought_deci_kwh: at % 5 === 0 ? 0 : at * 13,
			fixed_charge_due: at % 5 === 0 ? 1 : 0,
			arrears_minor: at % 8 === 3 || tariff.id === 'small-business' ? 45_000 + at * 1_250 : 0,
			left_over_minor: 0,
			arrears_plan: null,
			arrears_paid_minor: 0,
			fbe_deci_kwh: 0,
			fbe_month: null,
			last_vend_id: null,
		},
	};
}

/** `sinceMs`: made then; else a month before the seed. All are made with key revision 1. */
const VIRTUAL_METERS: readonly {
	serial: string;
	label: string;
	ea: 7 | 11;
	tariff: number;
	sgc: string;
	sinceMs?: number;
}[] = [
	...[
		{ serial: '00000001', label: 'Kitchen meter, EA07', ea: 7 as const, tariff: 0 },
		{ serial: '00000002', label: 'Workshop meter, EA11', ea: 11 as const, tariff: 0 },
		{ serial: '00000003', label: 'House with step tariff, EA07', ea: 7 as const, tariff: 1 },
		{ serial: '00000004', label: 'House with step tariff, EA11', ea: 11 as const, tariff: 1 },
	].map((row) => ({ ...row, sgc: PUBLIC_TEST_SGC })),
	// Its key counts from 1993 and has no token number left: the next sale brings it the new one.
	{
		serial: '00000005',
		label: 'Cottage on its old key, EA07',
		ea: 7,
		tariff: 0,
		sgc: ROLLOVER_TEST_SGC,
		sinceMs: Date.UTC(2019, 4, 6),
	},
];

function virtualMeter(
	{ serial, label, ea, tariff, sgc, sinceMs }: (typeof VIRTUAL_METERS)[number],
	month: string,
	asOfMs: number,
): SeededMeter {
	const drn = withCheckDigit(`00${serial}`);
	return {
		isVirtual: true,
		customer: {
			id: `customer-${drn}`,
			utility_id: DEMO_UTILITY.id,
			name: 'Test Estate',
			phone: null,
			address: 'Public-test estate',
			account_number: `A${drn}`,
		},
		meter: {
			drn,
			utility_id: DEMO_UTILITY.id,
			customer_id: `customer-${drn}`,
			area: 'Public-test estate',
			label,
			state: 'active',
			tariff_id: (DEMO_TARIFFS[tariff] as Tariff).id,
			sgc,
			krn: 1,
			ti: String(tariff + 1).padStart(2, '0'),
			ea,
			tct: '02',
			next_sgc: null,
			next_ti: null,
			takes_three_kct: 1,
			resource: 'electricity',
			phases: 1,
			dlms_profile: null,
			manufactured_at_ms: sinceMs ?? asOfMs - 30 * DAY_MS,
		},
		account: {
			drn,
			month,
			bought_deci_kwh: 0,
			fixed_charge_due: 1,
			arrears_minor: 0,
			left_over_minor: 0,
			arrears_plan: null,
			arrears_paid_minor: 0,
			fbe_deci_kwh: 0,
			fbe_month: null,
			last_vend_id: null,
		},
	};
}

function withCheckDigit(digits: string): string {
	return `${digits}${luhnDigit(digits)}`;
}
