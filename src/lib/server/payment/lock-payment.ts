/** A payment that is ours for the rest of the transaction, with the meter of its vend. */
import { lockPaymentRow } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { PaymentRow } from '../database/schema.ts';
import { lockVend } from '../vend/lock-vend.ts';

/** Undefined: there is no such payment. */
export async function lockPayment(write: Write, id: string): Promise<PaymentRow | undefined> {
	const seen = await findPayment(write, id);
	if (seen === undefined) return undefined;
	await lockVend(write, seen.vend_id);
	await lockPaymentRow(write, id);
	// As those left it who had it before.
	return await findPayment(write, id);
}

async function findPayment(write: Write, id: string): Promise<PaymentRow | undefined> {
	return await write.selectFrom('payment').selectAll().where('id', '=', id).executeTakeFirst();
}
