/** `PUT /payments/{id}`: asks the provider for the money of one vend. Idempotent like the vend itself. */
import type { PaymentAnswer, PaymentRequest } from '#lib/core/sync/wire.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { Caller } from '../access/caller.ts';
import { inScope } from '../access/scope.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import type { Write } from '../database/open.ts';
import type { PaymentRow, VendRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { lockVend } from '../vend/lock-vend.ts';
import { askProvider } from './ask-provider.ts';
import { isFinalPayment } from './decide-payment.ts';
import { readMoney } from './read-money.ts';
import type { PaymentProvider } from './port.ts';

/** How long a payer has to approve. */
export const PAYMENT_LIFE_MS = 10 * 60_000;

/** First of the background's own looks at a payment: most are paid by then, or told of. */
const FIRST_LOOK_MS = 2_000;

/**
 * Stored as `created` before the provider hears of it. A provider that does not answer leaves it `unknown`:
 * the background asks again, and so does whoever sends the same request again.
 * Order: what is stored already (its answer, or `id-reused`), `payment-mismatch`, the code of a vend that
 * was refused meanwhile.
 */
export async function requestPayment(
	backend: Backend,
	caller: Caller,
	id: string,
	request: PaymentRequest,
): Promise<PaymentAnswer | Refusal> {
	const row = await storePayment(backend, caller, id, request);
	if (isRefusal(row)) return row;
	const isToAsk = row.state === 'created' || row.state === 'unknown';
	return paymentAnswer(backend.provider, isToAsk ? await askProvider(backend, row) : row);
}

async function storePayment(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
	request: PaymentRequest,
): Promise<PaymentRow | Refusal> {
	const { hash } = contentHash(request);
	return await transact(database, async (write) => {
		const known = await findPayment(write, id);
		if (known !== undefined)
			return known.content_hash === hash ? inScope(caller, known) : { refusal: 'id-reused' };
		const vend = await findVend(write, caller, request.vendId);
		if (vend === undefined || !fits(vend, id, request)) return { refusal: 'payment-mismatch' };
		if (vend.state === 'refused') return { refusal: refusalOf(vend) };
		const nowMs = clock.nowMs();
		return await write
			.insertInto('payment')
			.values({
				id,
				utility_id: vend.utility_id,
				vend_id: vend.id,
				amount_minor: vend.amount_minor,
				currency: vend.currency,
				method: request.method,
				content_hash: hash,
				created_at_ms: nowMs,
				expires_at_ms: nowMs + PAYMENT_LIFE_MS,
				state: 'created',
				state_at_ms: nowMs,
				attempts: 0,
				next_look_at_ms: nowMs + FIRST_LOOK_MS,
			})
			.returningAll()
			.executeTakeFirstOrThrow();
	});
}

/** As it stays until the payment is stored: nobody gives it up or takes it back meanwhile. */
async function findVend(
	write: Write,
	{ utilityId }: Caller,
	id: string,
): Promise<VendRow | undefined> {
	const seen = await write
		.selectFrom('vend')
		.select('drn')
		.where('id', '=', id)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	return seen && (await lockVend(write, id, seen.drn));
}

function fits(vend: VendRow, paymentId: string, request: PaymentRequest): boolean {
	return (
		vend.payment_id === paymentId &&
		vend.amount_minor === request.amountMinor &&
		vend.currency === request.currency
	);
}

/** Why a vend was refused, from its final answer. */
function refusalOf(vend: VendRow): RefusalCode {
	const answer = JSON.parse(vend.answer ?? '{}') as { code?: RefusalCode };
	return answer.code ?? 'payment-mismatch';
}

async function findPayment(write: Write, id: string): Promise<PaymentRow | undefined> {
	return await write.selectFrom('payment').selectAll().where('id', '=', id).executeTakeFirst();
}

function paymentAnswer(provider: PaymentProvider, row: PaymentRow): PaymentAnswer {
	return {
		id: row.id,
		vendId: row.vend_id,
		state: row.state,
		amountMinor: row.amount_minor,
		currency: row.currency,
		payUrl: row.state === 'pending' ? provider.payUrl(row.id) : null,
		expiresAtMs: row.expires_at_ms,
	};
}

/** `GET /payments/{id}`. */
export async function readPayment(
	{ database, provider }: Backend,
	caller: Caller,
	id: string,
): Promise<PaymentAnswer | Refusal> {
	const row = await database
		.selectFrom('payment')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirst();
	const found = inScope(caller, row);
	if (isRefusal(found)) return found;
	const answer = paymentAnswer(provider, found);
	return isFinalPayment(found.state)
		? { ...answer, money: await readMoney(database, found) }
		: answer;
}
