/** Everything a sale needs to know of one meter, read at one moment. */
import { civilDateOf, formatMonth } from '#lib/core/units/instant.ts';
import { accountInMonth } from '#lib/core/vending/price.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { AccountState, Tariff } from '#lib/core/vending/tariff.ts';
import type { Utility } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import type { Database } from '../database/open.ts';
import type { MeterRow, SupplyGroupKeyRow, UtilityRow } from '../database/schema.ts';
import type { Refusal } from '../refusal.ts';

/** A meter with its customer's name. */
export type KnownMeter = MeterRow & { readonly owner_name: string };

export interface MeterFacts {
	readonly meter: KnownMeter;
	readonly utility: UtilityRow;
	/** Undefined: this service has no key for the meter's supply group. */
	readonly key: SupplyGroupKeyRow | undefined;
	/** The version in force at the moment. */
	readonly tariff: Tariff;
	/** As it stands in the moment's calendar month. */
	readonly account: AccountState;
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
		.select('customer.name as owner_name')
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
	const key = await database
		.selectFrom('supply_group_key')
		.selectAll()
		.where('sgc', '=', meter.sgc)
		.where('krn', '=', meter.krn)
		.executeTakeFirst();
	return {
		meter,
		utility,
		key,
		tariff: await tariffInForce(database, meter.tariff_id, nowMs),
		account: await accountNow(database, meter.drn, utility.time_zone, nowMs),
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

async function accountNow(
	database: Database,
	drn: string,
	timeZone: string,
	nowMs: number,
): Promise<AccountState> {
	const row = await database
		.selectFrom('account')
		.selectAll()
		.where('drn', '=', drn)
		.executeTakeFirstOrThrow();
	const account: AccountState = {
		month: row.month,
		boughtDeciKwh: row.bought_deci_kwh,
		fixedChargeDue: row.fixed_charge_due === 1,
		arrearsMinor: row.arrears_minor,
		leftOverMinor: row.left_over_minor,
	};
	return accountInMonth(account, formatMonth(civilDateOf(nowMs, timeZone)));
}

/** Writes an account back. */
export async function storeAccount(
	database: Database,
	drn: string,
	account: AccountState,
): Promise<void> {
	await database
		.updateTable('account')
		.set({
			month: account.month,
			bought_deci_kwh: account.boughtDeciKwh,
			fixed_charge_due: account.fixedChargeDue ? 1 : 0,
			arrears_minor: account.arrearsMinor,
			left_over_minor: account.leftOverMinor,
		})
		.where('drn', '=', drn)
		.execute();
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
