/**
 * Provisional receipts redeemed, as they travel. By itself, so that a customer's page loads nothing else of a
 * till's journal.
 */
import * as v from 'valibot';
import { CurrencyShape, VendAnswer } from './wire.ts';

/** Crockford characters of a claim code with its check character (`spoken-code.ts`). */
export const CLAIM_CODE_LENGTH = 9;

/** `POST /api/v1/claims`: what has become of a provisional receipt. By the customer, or any agent. */
export const ClaimRequest = v.strictObject({
	drn: v.string(),
	code: v.pipe(v.string(), v.maxLength(20)),
});
/** A wrong code and one that has not arrived are one answer. */
export const ClaimAnswer = v.variant('state', [
	v.object({ state: v.literal('not-arrived') }),
	v.object({ state: v.literal('waiting') }),
	v.object({ state: v.literal('issued'), vend: VendAnswer }),
	/** Nothing was bought: the money is at the till that took it. */
	v.object({
		state: v.literal('refused'),
		code: v.string(),
		amountMinor: v.pipe(v.number(), v.safeInteger()),
		currency: CurrencyShape,
		/** When the till wrote down that it was given back; null: it has not. */
		refundedAtMs: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
	}),
]);

export type ClaimRequest = v.InferOutput<typeof ClaimRequest>;
export type ClaimAnswer = v.InferOutput<typeof ClaimAnswer>;
