/**
 * Asks the provider for the money of a payment that is stored already. Outside any transaction, and harmless
 * to repeat: the provider knows the reference. `pending` when it took it, `unknown` when it did not answer.
 */
import type { Backend } from '../backend.ts';
import type { Charge } from './port.ts';
import type { PaymentRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { Fault } from '../fault.ts';
import { describeError } from '../log.ts';

/** Answers the payment as it then is: another process may meanwhile have brought it further. */
export async function askProvider(backend: Backend, payment: PaymentRow): Promise<PaymentRow> {
	try {
		await backend.provider.ask(await chargeOf(backend, payment));
		return await move(backend, payment.id, 'pending');
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
		backend.log('warn', 'payment-unanswered', { payment: payment.id, ...describeError(error) });
		return await move(backend, payment.id, 'unknown');
	}
}

async function chargeOf({ database }: Backend, payment: PaymentRow): Promise<Charge> {
	const facts = await database
		.selectFrom('vend')
		.innerJoin('utility', 'utility.id', 'vend.utility_id')
		.select(['vend.drn', 'utility.name', 'utility.currency_minor_digits'])
		.where('vend.id', '=', payment.vend_id)
		.executeTakeFirstOrThrow();
	return {
		reference: payment.id,
		payee: facts.name,
		description: facts.drn,
		amountMinor: payment.amount_minor,
		currency: payment.currency,
		currencyMinorDigits: facts.currency_minor_digits,
		returnPath: `/purchases/${payment.vend_id}?from=payment`,
		expiresAtMs: payment.expires_at_ms,
	};
}

/** A question that went unanswered does not undo an answer that another one was given. */
const COMES_FROM = { pending: ['created', 'unknown'], unknown: ['created'] } as const;

async function move(
	{ database, clock }: Backend,
	id: string,
	state: 'pending' | 'unknown',
): Promise<PaymentRow> {
	return await transact(database, async (write) => {
		await write
			.updateTable('payment')
			.set({ state, state_at_ms: clock.nowMs() })
			.where('id', '=', id)
			.where('state', 'in', COMES_FROM[state])
			.execute();
		return await write
			.selectFrom('payment')
			.selectAll()
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
	});
}
