/** A consumer's credit: taken in, it waits for the payment that it names. */
import type { VendRequest } from '#lib/core/sync/wire.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import type { MeterFacts } from '../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Accepted } from './accept-now.ts';
import { WEB_ASKER } from './asker.ts';
import { newVend, type VendDraft } from './new-vend.ts';
import { planIssue } from './plan-issue.ts';

/** Order: those of the sale and the agreement (`planIssue`), `payment-mismatch`. */
export async function acceptCredit(
	write: Write,
	id: string,
	request: VendRequest,
	facts: MeterFacts,
	nowMs: number,
): Promise<Accepted | Refusal> {
	const plan = planIssue(request, facts, nowMs);
	if (isRefusal(plan)) return plan;
	if (await isPaymentTaken(write, request.paymentId)) return { refusal: 'payment-mismatch' };
	const draft: VendDraft = {
		id,
		kind: 'credit',
		funding: 'payment',
		state: 'awaiting-payment',
		...WEB_ASKER,
		payment_id: request.paymentId,
		amount_minor: request.amountMinor,
		notify_phone: request.notifyPhone ?? null,
	};
	const row: VendRow = {
		...newVend(draft, request, facts, nowMs),
		quoted_waterfall: JSON.stringify(plan.waterfall),
	};
	await write.insertInto('vend').values(row).execute();
	return { row, order: null };
}

async function isPaymentTaken(write: Write, paymentId: string): Promise<boolean> {
	const other = await write
		.selectFrom('vend')
		.select('id')
		.where('payment_id', '=', paymentId)
		.executeTakeFirst();
	return other !== undefined;
}
