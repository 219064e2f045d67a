/**
 * `PUT /vends/{id}`: takes a sale in. Same id and same contents: the same answer, however often. Same id
 * and other contents: refused. A sale that is refused here leaves nothing behind.
 */
import type { AnyVendRequest, VendRequest } from '#lib/core/sync/wire.ts';
import type { VendPrice } from '#lib/core/vending/price.ts';
import type { Caller } from '../access/caller.ts';
import { inScope } from '../access/scope.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import type { Write } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { findMeter, type MeterFacts } from '../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { answerOf, type WrittenAnswer } from './answer.ts';
import { checkSale } from './check-sale.ts';

/** The issuing point of everything sold over the web; a kiosk will be one of its own. */
const WEB = 'WEB';

/**
 * Order: what is stored already (its answer, or `id-reused`), the meter (`findMeter`), the sale
 * (`checkSale`), the agreement (`checkAgreement`), `payment-mismatch`.
 */
export async function requestVend(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
	request: AnyVendRequest,
): Promise<WrittenAnswer | Refusal> {
	// The other kinds come with the rest of the vend pipeline.
	if ('kind' in request) return { refusal: 'not-allowed' };
	const { canonical, hash } = contentHash(request);
	return await transact(database, async (write) => {
		const known = await write
			.selectFrom('vend')
			.selectAll()
			.where('id', '=', id)
			.executeTakeFirst();
		if (known !== undefined)
			return known.content_hash === hash ? answerOf(known) : { refusal: 'id-reused' };
		const nowMs = clock.nowMs();
		const facts = await findMeter(write, caller, request.drn, nowMs);
		if (isRefusal(facts)) return facts;
		const price = checkSale(facts, request, nowMs);
		if (isRefusal(price)) return price;
		const disagreement = checkAgreement(request, price);
		if (disagreement !== undefined) return disagreement;
		if (await isPaymentTaken(write, request.paymentId)) return { refusal: 'payment-mismatch' };
		return await store(write, { id, canonical, hash, request, facts, price, nowMs });
	});
}

/** Order: `confirmation-needed`, `price-changed`. Undefined: the person agreed to this, or to less. */
export function checkAgreement(request: VendRequest, price: VendPrice): Refusal | undefined {
	const { waterfall } = price;
	if (request.agreed === null) return { refusal: 'confirmation-needed', waterfall };
	if (waterfall.energyDeciKwh < request.agreed.energyDeciKwh)
		return { refusal: 'price-changed', waterfall };
	return undefined;
}

async function isPaymentTaken(write: Write, paymentId: string): Promise<boolean> {
	const other = await write
		.selectFrom('vend')
		.select('id')
		.where('payment_id', '=', paymentId)
		.executeTakeFirst();
	return other !== undefined;
}

async function store(
	write: Write,
	sale: {
		id: string;
		canonical: string;
		hash: string;
		request: VendRequest;
		facts: MeterFacts;
		price: VendPrice;
		nowMs: number;
	},
): Promise<WrittenAnswer> {
	const { request, facts, nowMs } = sale;
	const row = await write
		.insertInto('vend')
		.values({
			id: sale.id,
			utility_id: facts.utility.id,
			kind: 'credit',
			funding: 'payment',
			vendor_id: null,
			terminal_id: null,
			operator_id: null,
			shift_batch_id: null,
			approval_id: null,
			notify_phone: request.notifyPhone ?? null,
			released_at_ms: null,
			drn: facts.meter.drn,
			payment_id: request.paymentId,
			amount_minor: request.amountMinor,
			currency: request.currency,
			content_hash: sale.hash,
			request: sale.canonical,
			quoted_waterfall: JSON.stringify(sale.price.waterfall),
			accepted_at_ms: nowMs,
			issuing_point: WEB,
			state: 'awaiting-payment',
			state_at_ms: nowMs,
			issue_order: null,
			tid: null,
			base_year: null,
			receipt_number: null,
			answer: null,
		})
		.returningAll()
		.executeTakeFirstOrThrow();
	return answerOf(row);
}

/** `GET /vends/{id}`. */
export async function readVend(
	{ database }: Backend,
	caller: Caller,
	id: string,
): Promise<WrittenAnswer | Refusal> {
	const row = await database.selectFrom('vend').selectAll().where('id', '=', id).executeTakeFirst();
	const found = inScope(caller, row);
	return isRefusal(found) ? found : answerOf(found);
}
