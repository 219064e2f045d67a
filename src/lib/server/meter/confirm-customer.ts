/** Confirm customer: whose meter a number is, without saying it to strangers, and all that pricing needs. */
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { checkMeter } from '../vend/check-sale.ts';
import type { KeyPlan } from '../vend/plan-keys.ts';
import { decideFbeAccess } from './fbe-access.ts';
import { findMeter, utilityShape, type MeterFacts } from './find-meter.ts';
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
		...notSold(checkMeter(facts, asOfMs)),
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
		...fbeFor(caller, facts),
		asOfMs,
	};
}

const notSold = (checked: KeyPlan | Refusal): Pick<MeterConfirmation, 'notSold'> =>
	isRefusal(checked) ? { notSold: checked.refusal } : {};

/** Nothing where it is not given by app; that there is something to ask for where only the owner may know more. */
function fbeFor(caller: Caller, facts: MeterFacts): Pick<MeterConfirmation, 'fbe'> {
	const denied = decideFbeAccess(caller, facts);
	if (denied?.refusal === 'fbe-not-by-app') return {};
	if (denied !== undefined) return { fbe: { shown: 'to-owner' } };
	const { accountRow, account } = facts;
	const given = accountRow.fbe_month !== null && accountRow.fbe_month >= account.month;
	return { fbe: { shown: 'yes', entitledDeciKwh: accountRow.fbe_deci_kwh, given } };
}
