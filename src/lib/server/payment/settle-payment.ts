/**
 * Brings a payment to where the provider says it is. The provider is asked, whatever made us look: its
 * message is a reason to ask, never itself the truth. Once a payment is final nothing moves its state; money
 * that still comes or goes is booked by itself (`payment-movements.ts`), and it is looked at a while longer.
 */
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { PaymentRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { Fault } from '../fault.ts';
import { describeError } from '../log.ts';
import { book } from '../ledger/book.ts';
import { transfer } from '../ledger/entries.ts';
import { refuseVend } from '../vend/refuse-vend.ts';
import { askProvider } from './ask-provider.ts';
import { decidePayment, isFinalPayment, refusalOfPayment } from './decide-payment.ts';
import { lockPayment } from './lock-payment.ts';
import { bookMovements } from './payment-movements.ts';
import { watchPayment } from './payment-watch.ts';
import type { ChargeStatus } from './port.ts';

/** The provider's message that made us look, if it was one. */
export interface PaymentEvent {
	readonly provider: string;
	readonly eventId: string;
}

/**
 * Answers the id of the vend that this made paid for.
 * @throws {Fault} `provider-unavailable`: it was told of an event and cannot be asked; the event is not
 * taken, so that the provider sends it again
 */
export async function settlePayment(
	backend: Backend,
	id: string,
	event?: PaymentEvent,
): Promise<string | undefined> {
	const askedAtMs = backend.clock.nowMs();
	const status = await askStatus(backend, id, event);
	const nowMs = backend.clock.nowMs();
	const settled = await transact(backend.database, async (write) => {
		const row = await lockPayment(write, id);
		if (row === undefined) return undefined;
		if (event !== undefined && !(await recordEvent(write, row, event, nowMs))) return undefined;
		const state = await settleRow(write, row, status, nowMs);
		if (status !== 'silent' && isFinalPayment(state))
			await bookMovements(write, row, { status, askedAtMs }, nowMs);
		return { row, state };
	});
	if (settled === undefined) return undefined;
	const { row, state } = settled;
	// Stored, but the provider never heard of it: the process ended before, or the question was lost.
	if (status !== 'silent' && status.state === 'unknown' && !isFinalPayment(state))
		await askProvider(backend, row);
	return state === 'paid' && row.state !== 'paid' ? row.vend_id : undefined;
}

async function askStatus(
	{ provider, log }: Backend,
	id: string,
	event: PaymentEvent | undefined,
): Promise<ChargeStatus | 'silent'> {
	try {
		return await provider.status(id);
	} catch (error) {
		if (!(error instanceof Fault) || event !== undefined) throw error;
		log('warn', 'payment-unanswered', { payment: id, ...describeError(error) });
		return 'silent';
	}
}

/** Whether the message is new; one that came before changes nothing. */
async function recordEvent(
	write: Write,
	payment: PaymentRow,
	{ provider, eventId }: PaymentEvent,
	nowMs: number,
): Promise<boolean> {
	const known = await write
		.selectFrom('payment_event')
		.select('event_id')
		.where('provider', '=', provider)
		.where('event_id', '=', eventId)
		.executeTakeFirst();
	if (known !== undefined) return false;
	await write
		.insertInto('payment_event')
		.values({ provider, event_id: eventId, payment_id: payment.id, received_at_ms: nowMs })
		.execute();
	return true;
}

/** Answers the state in which the payment is from now on. */
async function settleRow(
	write: Write,
	payment: PaymentRow,
	status: ChargeStatus | 'silent',
	nowMs: number,
): Promise<PaymentRow['state']> {
	const state = decidePayment(payment, status, nowMs);
	if (state === payment.state) return state;
	await write
		.updateTable('payment')
		.set({ state, state_at_ms: nowMs })
		.where('id', '=', payment.id)
		.execute();
	if (status === 'silent' || !isFinalPayment(state)) return state;
	await watchPayment(write, payment.id, nowMs);
	if (state === 'paid') await acceptMoney(write, payment, nowMs);
	else await endVend(write, payment, refusalOfPayment(state, status), nowMs);
	return state;
}

/** The vend goes on; where it ended meanwhile, the money is nobody's yet. */
async function acceptMoney(write: Write, payment: PaymentRow, nowMs: number): Promise<void> {
	const vend = await write
		.updateTable('vend')
		.set({ state: 'paid', state_at_ms: nowMs })
		.where('id', '=', payment.vend_id)
		.where('state', '=', 'awaiting-payment')
		.executeTakeFirst();
	const isAwaited = vend.numUpdatedRows > 0n;
	await book(write, {
		utilityId: payment.utility_id,
		kind: 'payment',
		subjectId: payment.id,
		atMs: nowMs,
		currency: payment.currency,
		entries: transfer(
			payment.amount_minor,
			{ debit: 'provider-clearing', credit: isAwaited ? 'customer-held' : 'suspense' },
			'paid',
		),
	});
}

async function endVend(
	write: Write,
	payment: PaymentRow,
	code: RefusalCode,
	nowMs: number,
): Promise<void> {
	const vend = await write
		.selectFrom('vend')
		.selectAll()
		.where('id', '=', payment.vend_id)
		.where('state', '=', 'awaiting-payment')
		.executeTakeFirst();
	if (vend !== undefined) await refuseVend(write, vend, code, nowMs);
}
