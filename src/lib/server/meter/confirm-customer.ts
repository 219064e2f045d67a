/** Confirm customer: whose meter a number is, without saying it to strangers, and all that pricing needs. */
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { findMeter, utilityShape } from './find-meter.ts';
import { maskName } from './mask-name.ts';
import { nextTariffOf } from './next-tariff.ts';
import { tariffShape } from './tariff-shape.ts';

/** Refusals: those of the number, `meter-unknown`. A blocked meter is shown as what it is. */
export async function confirmCustomer(
	{ database, clock }: Backend,
	caller: Caller,
	text: string,
): Promise<MeterConfirmation | Refusal> {
	const asOfMs = clock.nowMs();
	const facts = await findMeter(database, caller, text, asOfMs);
	if (isRefusal(facts)) return facts;
	const { meter, utility, key, wholeTariff, account } = facts;
	const next = await nextTariffOf(database, meter.tariff_id, asOfMs);
	return {
		drn: meter.drn,
		ownerMasked: maskName(meter.owner_name),
		area: meter.area,
		state: meter.state,
		virtual: key?.public_test === 1,
		sgc: meter.sgc,
		krn: meter.krn,
		ti: meter.ti,
		ea: meter.ea === 11 ? 11 : 7,
		tct: meter.tct,
		minTenderMinor: utility.min_tender_minor,
		maxTenderMinor: utility.max_tender_minor,
		utility: utilityShape(utility),
		tariff: tariffShape(wholeTariff),
		...(next && { nextTariff: next }),
		account,
		asOfMs,
	};
}
