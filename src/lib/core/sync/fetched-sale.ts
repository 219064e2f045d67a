/**
 * A purchase that was fetched again, as a sale of this device: the row that the other device had, as far as it
 * can be known, and how far it has come. Pure. One that is under way goes on here; the backend knows it by its
 * id, so it stays one purchase.
 */
import type { FetchedPurchase } from './fetch.ts';
import { absorb, isFinal, OUTBOX_SCHEMA, startProgress } from './outbox.ts';
import type { OutboxRow, Progress } from './outbox.ts';
import type { FbeRequest, VendRequest } from './wire.ts';

/** Whom it was fetched by: what the request of a purchase at a till does not say here. */
export interface FetchedBy {
	readonly drn: string;
	/** E.164. */
	readonly phone: string;
}

/** Undefined: it is under way and not this device's to go on with, such as one of a till. */
export function fetchedSale(
	purchase: FetchedPurchase,
	by: FetchedBy,
	nowMs: number,
): { readonly row: OutboxRow; readonly progress: Progress } | undefined {
	const progress = fetchedProgress(purchase, nowMs);
	if (purchase.request === undefined && !isFinal(progress.state)) return undefined;
	const row: OutboxRow = {
		id: purchase.vend.id,
		schema: OUTBOX_SCHEMA,
		createdAtMs: purchase.acceptedAtMs,
		request: purchase.request ?? requestOf(purchase, by),
		seen: {
			currency: purchase.currency,
			ownerMasked: purchase.vend.state === 'issued' ? purchase.vend.receipt.customerMasked : null,
			...{ area: null, waterfall: null, offline: false },
		},
		supersedes: null,
	};
	return { row, progress };
}

function fetchedProgress({ vend, payment }: FetchedPurchase, nowMs: number): Progress {
	const sent = { ...startProgress(vend.id, nowMs), sent: true };
	const asked = payment ? absorb(sent, { kind: 'payment', answer: payment }, nowMs, 0) : sent;
	return absorb(asked, { kind: 'vend', answer: vend }, nowMs, 0);
}

/** Of one that has ended and is never sent: for the screens, and for what is known of free electricity here. */
function requestOf(
	{ vend, amountMinor, currency, acceptedAtMs }: FetchedPurchase,
	{ drn, phone }: FetchedBy,
): VendRequest | FbeRequest {
	const asked = { drn, notifyPhone: phone, requestedAtMs: acceptedAtMs };
	if (vend.state === 'issued' && vend.receipt.kind === 'fbe') return { kind: 'fbe', ...asked };
	const paymentId = vend.paymentId ?? vend.id;
	return { ...asked, amountMinor, currency: currency.code, paymentId, agreed: null };
}
