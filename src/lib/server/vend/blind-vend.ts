/** The meter of a sale at a till: one that the office knows, or one that is written down with this sale. */
import type { FloatVendRequest } from '#lib/core/sync/wire.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Caller } from '../access/caller.ts';
import type { Write } from '../database/open.ts';
import { findMeter, type MeterFacts } from '../meter/find-meter.ts';
import { checkMeterDetail, openBlindMeter } from '../meter/open-blind.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { TakenBack } from './taken-back.ts';

export interface SoldMeter {
	readonly facts: MeterFacts;
	/** Written down just now, in this transaction. */
	readonly isNew: boolean;
}

/**
 * Order: those of the meter's card or details (`checkMeterDetail`), of the meter (`findMeter`); for one that
 * is not known and is described, those of `openBlindMeter`. @throws {TakenBack} something was written
 */
export async function findSoldMeter(
	write: Write,
	caller: Caller,
	request: FloatVendRequest,
	nowMs: number,
): Promise<SoldMeter | Refusal> {
	const detail = await checkMeterDetail(write, caller, request, nowMs);
	if (detail !== undefined && isRefusal(detail)) return detail;
	const known = await findMeter(write, caller, request.drn, nowMs);
	if (!isRefusal(known)) return { facts: known, isNew: false };
	const number = decideMeterNumber(request.drn);
	if (known.refusal !== 'meter-unknown' || detail === undefined || 'refusal' in number)
		return known;
	const from = request.meter?.from ?? '';
	const facts = await openBlindMeter(write, caller, { drn: number.drn, detail, from }, nowMs);
	if (isRefusal(facts)) throw new TakenBack(facts);
	return { facts, isNew: true };
}
