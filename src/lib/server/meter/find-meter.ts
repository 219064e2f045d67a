/** Everything a sale needs to know of one meter, read at one moment. */
import { civilMomentOf, formatMonth, type CivilMoment } from '#lib/core/units/instant.ts';
import { accountInMonth } from '#lib/core/vending/price.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import { tariffAt } from '#lib/core/vending/tariff-at.ts';
import type { AccountState, ArrearsPlan, PlainTariff, Tariff } from '#lib/core/vending/tariff.ts';
import type { Utility } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import type { Database } from '../database/open.ts';
import type { AccountRow, MeterRow, SupplyGroupKeyRow, UtilityRow } from '../database/schema.ts';
import { together } from '../database/together.ts';
import type { Refusal } from '../refusal.ts';
import { keysOfMeter, meterOfNumber, utilityOfMeter } from './meter-queries.ts';
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
