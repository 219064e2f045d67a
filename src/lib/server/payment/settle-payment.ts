/**
 * Brings a payment to where the provider says it is. The provider is asked, whatever made us look: its
 * message is a reason to ask, never itself the truth. Once a payment is final nothing moves it; money that
 * still comes goes to the suspense account.
 */
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { PaymentRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { book } from '../ledger/book.ts';
import { transfer } from '../ledger/entries.ts';
import { refuseVend } from '../vend/refuse-vend.ts';
import { askProvider } from './request-payment.ts';
import type { ChargeStatus } from './port.ts';

/** The provider's message that made us look, if it was one. */
export interface PaymentEvent {
	readonly provider: string;
	readonly eventId: string;
}

/** Answers the id of the vend that this made paid for. @throws {Fault} `provider-unavailable` */
export async function settlePayment(
	backend: Backend,
	id: string,
	event?: PaymentEvent,
): Promise<string | undefined> {
	const { database, provider, clock } = backend;
	const status = await provider.status(id);
	if (status.state === 'pending' && event === undefined) return undefined;
	const nowMs = clock.nowMs();
	const settled = await transact(database, async (write) => {
		const row = await write
			.selectFrom('payment')
			.selectAll()
			.where('id', '=', id)
			.executeTakeFirst();
		if (row === undefined) return undefined;
		if (event !== undefined && !(await recordEvent(write, row, event, nowMs))) return undefined;
		return { row, state: await settleRow(write, row, status, nowMs) };
	});
	if (settled === undefined) return undefined;
	// Stored, but the process ended before the provider was asked.
	if (settled.state === 'pending' && status.state === 'unknown')
		await askProvider(backend, settled.row);
	return settled.state === 'paid' ? settled.row.vend_id : undefined;
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

/** Answers the state the payment came to, or undefined when it was final before. */
async function settleRow(
	write: Write,
	payment: PaymentRow,
	status: ChargeStatus,
	nowMs: number,
): Promise<PaymentRow['state'] | undefined> {
	if (isFinalPayment(payment.state)) {
		if (payment.state !== 'paid' && status.state === 'paid')
			await bookUnexpected(write, payment, status, nowMs);
		return undefined;
	}
	const state = decideState(payment, status, nowMs);
	if (!isFinalPayment(state)) return state;
	await write
		.updateTable('payment')
		.set({ state, state_at_ms: nowMs })
		.where('id', '=', payment.id)
		.execute();
	if (state === 'paid') await acceptMoney(write, payment, nowMs);
	else await endVend(write, payment, status, state, nowMs);
	return state;
}

const FINAL = ['paid', 'failed', 'expired'] as const;

function isFinalPayment(state: PaymentRow['state']): state is (typeof FINAL)[number] {
	return FINAL.some((final) => final === state);
}

/** What the provider's word makes of a pending payment. Money of another amount does not pay for the vend. */
function decideState(
	payment: PaymentRow,
	status: ChargeStatus,
	nowMs: number,
): PaymentRow['state'] {
	if (status.state === 'paid') return isExact(payment, status) ? 'paid' : 'failed';
	if (status.state === 'unknown') return nowMs < payment.expires_at_ms ? 'pending' : 'expired';
	return status.state;
}

function isExact(payment: PaymentRow, status: ChargeStatus): boolean {
	return status.amountMinor === payment.amount_minor && status.currency === payment.currency;
}

async function acceptMoney(write: Write, payment: PaymentRow, nowMs: number): Promise<void> {
	await book(write, {
		utilityId: payment.utility_id,
		kind: 'payment',
		subjectId: payment.id,
		atMs: nowMs,
		currency: payment.currency,
		entries: transfer(
			payment.amount_minor,
			{ debit: 'provider-clearing', credit: 'customer-held' },
			'paid',
		),
	});
	await write
		.updateTable('vend')
		.set({ state: 'paid', state_at_ms: nowMs })
		.where('id', '=', payment.vend_id)
		.where('state', '=', 'awaiting-payment')
		.execute();
}

async function endVend(
	write: Write,
	payment: PaymentRow,
	status: ChargeStatus,
	state: 'failed' | 'expired',
	nowMs: number,
): Promise<void> {
	if (status.state === 'paid') await bookUnexpected(write, payment, status, nowMs);
	const code: RefusalCode =
		status.state === 'paid'
			? 'payment-mismatch'
			: state === 'failed'
				? 'payment-failed'
				: 'payment-expired';
	const vend = await write
		.selectFrom('vend')
		.selectAll()
		.where('id', '=', payment.vend_id)
		.where('state', '=', 'awaiting-payment')
		.executeTakeFirst();
	if (vend !== undefined) await refuseVend(write, vend, code, nowMs);
}

/** Money that no vend waits for, booked once, however often the provider tells of it. */
async function bookUnexpected(
	write: Write,
	payment: PaymentRow,
	status: ChargeStatus,
	nowMs: number,
): Promise<void> {
	const known = await write
		.selectFrom('ledger_transaction')
		.select('id')
		.where('kind', '=', 'late-payment')
		.where('subject_id', '=', payment.id)
		.executeTakeFirst();
	if (known !== undefined) return;
	await book(write, {
		utilityId: payment.utility_id,
		kind: 'late-payment',
		subjectId: payment.id,
		atMs: nowMs,
		currency: status.currency,
		entries: transfer(
			status.amountMinor,
			{ debit: 'provider-clearing', credit: 'suspense' },
			'late-payment',
		),
	});
}
