/** Everything a sale needs to know of one meter, read at one moment. */
import { sql } from 'kysely';
import { civilMomentOf, formatMonth, type CivilMoment } from '#lib/core/units/instant.ts';
import { accountInMonth } from '#lib/core/vending/price.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import { tariffAt } from '#lib/core/vending/tariff-at.ts';
import type { AccountState, ArrearsPlan, PlainTariff, Tariff } from '#lib/core/vending/tariff.ts';
import type { Utility } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import type { Database } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import type { AccountRow, MeterRow, SupplyGroupKeyRow, UtilityRow } from '../database/schema.ts';
import { together } from '../database/together.ts';
import type { Refusal } from '../refusal.ts';
import type { TargetKey } from './target-key.ts';

/** A meter with its customer's name. */
export type KnownMeter = MeterRow & {
	readonly owner_name: string;
	readonly owner_phone: string | null;
};

export interface MeterFacts {
	readonly meter: KnownMeter;
	readonly utility: UtilityRow;
	/** Undefined: this service has no key for the meter's supply group. */
	readonly key: SupplyGroupKeyRow | undefined;
	/** Whether a vend of it is in the making. */
	readonly isBusy: boolean;
	/** Where the meter is to be: the newest key of its supply group, or of the one it is to move to. */
	readonly target: TargetKey;
	/** As it is at the moment, of the version in force. */
	readonly tariff: PlainTariff;
	/** That version with all its hours. */
	readonly wholeTariff: Tariff;
	/** As it stands in the moment's calendar month. */
	readonly account: AccountState;
	/** As it is stored. */
	readonly accountRow: AccountRow;
}

/**
 * The meter of a number as a person wrote it, in the caller's utility. Refusals: `decideMeterNumber`, then
 * `meter-unknown`.
 */
export async function findMeter(
	database: Database,
	{ utilityId }: Pick<Caller, 'utilityId'>,
	text: string,
	nowMs: number,
): Promise<MeterFacts | Refusal> {
	const number = decideMeterNumber(text);
	if ('refusal' in number) return number;
	const values = { drn: number.drn, utilityId, nowMs };
	const [[meter], [utility], keys] = await together(database, [
		meterOfNumber.with(database, values),
		utilityOfMeter.with(database, values),
		keysOfMeter.with(database, values),
	]);
	if (meter === undefined) return { refusal: 'meter-unknown' };
	if (utility === undefined) throw new TypeError('a meter has a utility');
	return factsOf(meter, utility, keys, nowMs);
}

interface Asked {
	readonly drn: string;
	readonly utilityId: string;
	readonly nowMs: number;
}

/** With its customer, its account, and the current key revision of the supply group it is to be in. */
const meterOfNumber = prepared<Asked>()((db, given) =>
	db
		.selectFrom('meter')
		.innerJoin('customer', 'customer.id', 'meter.customer_id')
		.innerJoin('account', 'account.drn', 'meter.drn')
		.leftJoin('supply_group as target', (join) =>
			join
				.on('target.sgc', '=', ({ fn }) => fn.coalesce('meter.next_sgc', 'meter.sgc'))
				.onRef('target.utility_id', '=', 'meter.utility_id'),
		)
		.selectAll(['meter', 'account'])
		.select(['customer.name as owner_name', 'customer.phone as owner_phone'])
		.select((build) => [
			'target.current_krn as target_krn',
			build
				.selectFrom('vend')
				.select('vend.id')
				.whereRef('vend.drn', '=', 'meter.drn')
				// Written out, so that the index of vends in the making is found to hold them.
				.where('vend.state', '=', sql.lit('issuing'))
				.as('issuing_id'),
		])
		.where('meter.drn', '=', given('drn'))
		.where('meter.utility_id', '=', given('utilityId')),
);

/** With the meter's tariff in the version in force. */
const utilityOfMeter = prepared<Asked>()((db, given) =>
	db
		.selectFrom('utility')
		.selectAll()
		.select((build) =>
			build
				.selectFrom('tariff')
				.innerJoin('meter', 'meter.tariff_id', 'tariff.id')
				.select('tariff.definition')
				.where('meter.drn', '=', given('drn'))
				.where('tariff.valid_from_ms', '<=', given('nowMs'))
				.orderBy('tariff.valid_from_ms', 'desc')
				.orderBy('tariff.version', 'desc')
				.limit(1)
				.as('tariff'),
		)
		.where('utility.id', '=', given('utilityId')),
);

/** The key that it is on and the one that it is to be on, where there are such keys. */
const keysOfMeter = prepared<Asked>()((db, given) =>
	db
		.selectFrom('meter')
		.leftJoin('supply_group as target', (join) =>
			join
				.on('target.sgc', '=', ({ fn }) => fn.coalesce('meter.next_sgc', 'meter.sgc'))
				.onRef('target.utility_id', '=', 'meter.utility_id'),
		)
		.innerJoin('supply_group_key as key', (join) =>
			join.on(({ and, or, eb, ref }) =>
				or([
					and([eb('key.sgc', '=', ref('meter.sgc')), eb('key.krn', '=', ref('meter.krn'))]),
					and([
						eb('key.sgc', '=', ref('target.sgc')),
						eb('key.krn', '=', ref('target.current_krn')),
					]),
				]),
			),
		)
		.selectAll('key')
		.where('meter.drn', '=', given('drn')),
);

type MeterFound = KnownMeter &
	AccountRow & { readonly target_krn: number | null; readonly issuing_id: string | null };

function factsOf(
	meter: MeterFound,
	utility: UtilityRow & { readonly tariff: string | null },
	keys: readonly SupplyGroupKeyRow[],
	nowMs: number,
): MeterFacts {
	if (utility.tariff === null) throw new TypeError('a meter has a tariff in force');
	const wholeTariff = JSON.parse(utility.tariff) as Tariff;
	const moment = civilMomentOf(nowMs, utility.time_zone);
	return {
		meter,
		utility,
		key: keys.find(({ sgc, krn }) => sgc === meter.sgc && krn === meter.krn),
		target: targetAmong(keys, meter),
		isBusy: meter.issuing_id !== null,
		tariff: tariffAt(wholeTariff, moment),
		wholeTariff,
		account: accountStateOf(meter, moment),
		accountRow: meter,
	};
}

/** A group of another utility is not known. */
function targetAmong(keys: readonly SupplyGroupKeyRow[], meter: MeterFound): TargetKey {
	const { target_krn: newest } = meter;
	const place = {
		sgc: meter.next_sgc ?? meter.sgc,
		krn: newest ?? meter.krn,
		ti: meter.next_ti ?? meter.ti,
	};
	const key =
		newest === null
			? undefined
			: keys.find(({ sgc, krn }) => sgc === place.sgc && krn === place.krn);
	return { ...place, key };
}

function accountStateOf(row: AccountRow, moment: CivilMoment): AccountState {
	const account: AccountState = {
		month: row.month,
		boughtDeciKwh: row.bought_deci_kwh,
		fixedChargeDue: row.fixed_charge_due === 1,
		arrearsMinor: row.arrears_minor,
		...(row.arrears_plan !== null && {
			arrearsPlan: JSON.parse(row.arrears_plan) as ArrearsPlan,
		}),
		arrearsPaidMinor: row.arrears_paid_minor,
		leftOverMinor: row.left_over_minor,
	};
	return accountInMonth(account, formatMonth(moment));
}

/** The utility as screens and receipts show it. */
export function utilityShape(utility: UtilityRow): Utility {
	return {
		name: utility.name,
		address: utility.address,
		vatNumber: utility.vat_number,
		helpLine: utility.help_line,
		currency: { code: utility.currency_code, minorDigits: utility.currency_minor_digits },
		timeZone: utility.time_zone,
	};
}
