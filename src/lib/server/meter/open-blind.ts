/**
 * Blind vend: a meter that the office does not know is sold to by what its card or a person says of it. The
 * meter is written down with a customer without a name, on the tariff that the office has set for such sales
 * in the supply group; from then on it is a meter like any other, and the audit says how it came.
 */
import { v7 as uuidV7 } from 'uuid';
import { civilDateOf, formatMonth } from '#lib/core/units/instant.ts';
import {
	readMeterDetail,
	type MeterDetail,
	type MeterDetailSource,
} from '#lib/core/vending/meter-detail.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import { lockMeter } from '../database/lock.ts';
import type { Database, Write } from '../database/open.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { findMeter, type MeterFacts } from './find-meter.ts';
import { keyAt } from './target-key.ts';

/**
 * What the request says of its meter. Looked at whether or not the office knows the meter: what is refused
 * here is never stored. Order: those of `readMeterDetail`. Undefined: it says nothing.
 */
export async function checkMeterDetail(
	database: Database,
	{ utilityId }: Caller,
	{ drn: text, meter }: { readonly drn: string; readonly meter?: MeterDetailSource | undefined },
	nowMs: number,
): Promise<MeterDetail | Refusal | undefined> {
	if (meter === undefined) return undefined;
	const number = decideMeterNumber(text);
	const { time_zone: timeZone } = await database
		.selectFrom('utility')
		.select('time_zone')
		.where('id', '=', utilityId)
		.executeTakeFirstOrThrow();
	const drn = 'drn' in number ? number.drn : '';
	return readMeterDetail(meter, drn, civilDateOf(nowMs, timeZone));
}

/**
 * Writes the meter down, in the vendor's sale. Order: `blind-vend-not-allowed` (the vendor may not, or the
 * office has set no tariff), `vending-key-unknown` (not this utility's group, or no such key), `meter-unknown`
 * (another utility has the number). Refused later on, the caller takes it back with the transaction.
 */
export async function openBlindMeter(
	write: Write,
	caller: Caller,
	sale: { readonly drn: string; readonly detail: MeterDetail; readonly from: string },
	nowMs: number,
): Promise<MeterFacts | Refusal> {
	const { drn, detail } = sale;
	if (!(await mayVendorSellBlind(write, caller))) return { refusal: 'blind-vend-not-allowed' };
	const tariffId = await tariffOf(write, caller, detail, nowMs);
	if (typeof tariffId !== 'string') return tariffId;
	await storeMeter(write, caller, { drn, detail, tariffId, nowMs });
	await lockMeter(write, drn);
	const facts = await findMeter(write, caller, drn, nowMs);
	if (isRefusal(facts)) return facts;
	await recordDeed(
		write,
		caller,
		{
			action: 'meter-opened-blind',
			subject: { kind: 'meter', id: drn },
			facts: { ...detail, from: sale.from },
		},
		nowMs,
	);
	return facts;
}

async function mayVendorSellBlind(write: Write, { vendorId, utilityId }: Caller): Promise<boolean> {
	if (vendorId === undefined) return false;
	const vendor = await write
		.selectFrom('vendor')
		.select('blind_vend')
		.where('id', '=', vendorId)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	return vendor?.blind_vend === 1;
}

/** The tariff that a meter of this place is sold to by. */
async function tariffOf(
	write: Write,
	{ utilityId }: Caller,
	{ sgc, krn }: MeterDetail,
	nowMs: number,
): Promise<string | Refusal> {
	const group = await write
		.selectFrom('supply_group')
		.select(['blind_tariff_id', 'current_krn'])
		.where('sgc', '=', sgc)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	// A revision that the office has not come to yet is none that a meter can be on.
	if (group === undefined || krn > group.current_krn) return { refusal: 'vending-key-unknown' };
	if ((await keyAt(write, { sgc, krn })) === undefined) return { refusal: 'vending-key-unknown' };
	if (group.blind_tariff_id === null) return { refusal: 'blind-vend-not-allowed' };
	const tariff = await write
		.selectFrom('tariff')
		.select('id')
		.where('id', '=', group.blind_tariff_id)
		.where('utility_id', '=', utilityId)
		.where('valid_from_ms', '<=', nowMs)
		.limit(1)
		.executeTakeFirst();
	return tariff?.id ?? { refusal: 'blind-vend-not-allowed' };
}

interface NewMeter {
	readonly drn: string;
	readonly detail: MeterDetail;
	readonly tariffId: string;
	readonly nowMs: number;
}

/** Nothing, when somebody else has written it down in this very moment. */
async function storeMeter(
	write: Write,
	{ utilityId }: Caller,
	{ drn, detail, tariffId, nowMs }: NewMeter,
): Promise<void> {
	const { time_zone: timeZone } = await write
		.selectFrom('utility')
		.select('time_zone')
		.where('id', '=', utilityId)
		.executeTakeFirstOrThrow();
	const customerId = uuidV7({ msecs: nowMs });
	await write
		.insertInto('customer')
		.values({
			...{ id: customerId, utility_id: utilityId, name: '', phone: null },
			...{ address: '', account_number: '' },
		})
		.execute();
	const stored = await write
		.insertInto('meter')
		.values({
			...{ drn, utility_id: utilityId, customer_id: customerId, tariff_id: tariffId },
			...{ area: '', label: '', state: 'active', ...detail },
			// What is not known of it: the careful answer.
			...{ takes_three_kct: 0, resource: 'electricity', phases: 1, manufactured_at_ms: nowMs },
		})
		.onConflict((conflict) => conflict.column('drn').doNothing())
		.executeTakeFirst();
	if (stored.numInsertedOrUpdatedRows === 0n) {
		await write.deleteFrom('customer').where('id', '=', customerId).execute();
		return;
	}
	await write
		.insertInto('account')
		.values({
			...{ drn, month: formatMonth(civilDateOf(nowMs, timeZone)), bought_deci_kwh: 0 },
			...{ fixed_charge_due: 1, arrears_minor: 0, left_over_minor: 0, arrears_paid_minor: 0 },
			fbe_deci_kwh: 0,
		})
		.execute();
}
