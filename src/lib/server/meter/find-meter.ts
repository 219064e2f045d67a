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
import type { Refusal } from '../refusal.ts';
import { keyAt, targetOf, type TargetKey } from './target-key.ts';

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
	const meter = await database
		.selectFrom('meter')
		.innerJoin('customer', 'customer.id', 'meter.customer_id')
		.selectAll('meter')
		.select(['customer.name as owner_name', 'customer.phone as owner_phone'])
		.where('meter.drn', '=', number.drn)
		.where('meter.utility_id', '=', utilityId)
		.executeTakeFirst();
	return meter === undefined
		? { refusal: 'meter-unknown' }
		: await factsOfMeter(database, meter, nowMs);
}

async function factsOfMeter(
	database: Database,
	meter: KnownMeter,
	nowMs: number,
): Promise<MeterFacts> {
	const utility = await database
		.selectFrom('utility')
		.selectAll()
		.where('id', '=', meter.utility_id)
		.executeTakeFirstOrThrow();
	const key = await keyAt(database, meter);
	const accountRow = await accountOf(database, meter.drn);
	const wholeTariff = await tariffInForce(database, meter.tariff_id, nowMs);
	const moment = civilMomentOf(nowMs, utility.time_zone);
	return {
		meter,
		utility,
		key,
		target: await targetOf(
			database,
			meter,
			{ sgc: meter.next_sgc ?? meter.sgc, ti: meter.next_ti ?? meter.ti },
			key,
		),
		tariff: tariffAt(wholeTariff, moment),
		wholeTariff,
		account: accountStateOf(accountRow, moment),
		accountRow,
	};
}

async function tariffInForce(database: Database, id: string, nowMs: number): Promise<Tariff> {
	const { definition } = await database
		.selectFrom('tariff')
		.select('definition')
		.where('id', '=', id)
		.where('valid_from_ms', '<=', nowMs)
		.orderBy('valid_from_ms', 'desc')
		.orderBy('version', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
	return JSON.parse(definition) as Tariff;
}

async function accountOf(database: Database, drn: string): Promise<AccountRow> {
	return await database
		.selectFrom('account')
		.selectAll()
		.where('drn', '=', drn)
		.executeTakeFirstOrThrow();
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
