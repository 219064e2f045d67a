/** A meter is sold to by another tariff from its next sale on. */
import type { MeterTariffRequest } from '#lib/core/sync/wire-approvals.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type * as v from 'valibot';
import type { Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import { lockMeter } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import { isTariffInForce } from '../meter/known-tariff.ts';
import type { Refusal } from '../refusal.ts';
import type { Agreed } from './kinds.ts';

type Wish = v.InferOutput<typeof MeterTariffRequest>;

/** Order: those of the meter's number, `meter-unknown`, `not-found` (a tariff of the utility, in force). */
export async function checkMeterTariff(
	write: Write,
	{ utilityId }: Caller,
	{ drn: text, tariffId }: Wish,
	nowMs: number,
): Promise<Refusal | undefined> {
	const number = decideMeterNumber(text);
	if ('refusal' in number) return number;
	const meter = await write
		.selectFrom('meter')
		.select('drn')
		.where('drn', '=', number.drn)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	if (meter === undefined) return { refusal: 'meter-unknown' };
	return (await isTariffInForce(write, utilityId, tariffId, nowMs))
		? undefined
		: { refusal: 'not-found' };
}

/** Refusals: `checkMeterTariff`. */
export async function carryOutMeterTariff(
	write: Write,
	{ wish, caller }: Agreed<Wish>,
	nowMs: number,
): Promise<Refusal | undefined> {
	const number = decideMeterNumber(wish.drn);
	if ('refusal' in number) return number;
	await lockMeter(write, number.drn);
	const refused = await checkMeterTariff(write, caller, wish, nowMs);
	if (refused !== undefined) return refused;
	await write
		.updateTable('meter')
		.set({ tariff_id: wish.tariffId })
		.where('drn', '=', number.drn)
		.execute();
	const subject = { kind: 'meter', id: number.drn };
	const deed = { action: 'meter-tariff-changed', subject, facts: { tariff: wish.tariffId } };
	await recordDeed(write, caller, deed, nowMs);
	return undefined;
}
