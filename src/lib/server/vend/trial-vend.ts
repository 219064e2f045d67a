/** Trial vend: what a tender would buy now. Nothing is stored. */
import type { TrialVendAnswer, TrialVendRequest } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { findMeter } from '../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { checkSale } from './check-sale.ts';
import { waterfallShape } from './answer.ts';

/** Refusals: those of the meter (`findMeter`), then those of the sale (`checkSale`). */
export async function trialVend(
	{ database, clock }: Backend,
	caller: Caller,
	request: TrialVendRequest,
): Promise<TrialVendAnswer | Refusal> {
	const asOfMs = clock.nowMs();
	const facts = await findMeter(database, caller, request.drn, asOfMs);
	if (isRefusal(facts)) return facts;
	const checked = checkSale(facts, request, asOfMs);
	if (isRefusal(checked)) return checked;
	return {
		drn: facts.meter.drn,
		currency: {
			code: facts.utility.currency_code,
			minorDigits: facts.utility.currency_minor_digits,
		},
		tariff: { id: facts.tariff.id, version: facts.tariff.version },
		waterfall: waterfallShape(checked.price.waterfall),
		asOfMs,
	};
}
