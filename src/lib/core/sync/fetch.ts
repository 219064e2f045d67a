/**
 * Purchases fetched again by phone and meter, as they travel. By itself, so that only the page that asks
 * loads it.
 */
import * as v from 'valibot';
import { CurrencyShape, PaymentAnswer, Phone, VendAnswer, VendRequest } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());

/** Digits of a code. */
export const FETCH_CODE_LENGTH = 6;

/** `POST /api/v1/fetch-codes`: a code to the phone, if purchases of the meter were made with it. */
export const FetchCodeRequest = v.strictObject({
	drn: v.string(),
	phone: Phone,
	/** Of the message with the code; absent: English. */
	language: v.optional(v.picklist(['en', 'fr', 'pt', 'sw', 'ar'])),
});
/** The same for every phone and meter, known or not. */
export const FetchCodeAnswer = v.object({ expiresAtMs: whole });

/** `POST /api/v1/fetches`: the purchases, for whoever has the code. */
export const FetchRequest = v.strictObject({
	drn: v.string(),
	phone: Phone,
	code: v.pipe(v.string(), v.regex(/^\d{6}$/, 'not six digits')),
});

export const FetchedPurchase = v.object({
	acceptedAtMs: whole,
	amountMinor: whole,
	currency: CurrencyShape,
	/** As in the answer of a vend, with the tokens where there are any. */
	vend: VendAnswer,
	/** Bought over the web: as it was asked for, so that another device can go on with it. */
	request: v.optional(VendRequest),
	/** Of one that waits for its payment, once that was asked for. */
	payment: v.optional(PaymentAnswer),
});

export const FetchAnswer = v.object({
	/** The newest first. */
	purchases: v.array(FetchedPurchase),
	/** How far back it was looked. */
	days: whole,
});

export type FetchCodeRequest = v.InferOutput<typeof FetchCodeRequest>;
export type FetchCodeAnswer = v.InferOutput<typeof FetchCodeAnswer>;
export type FetchRequest = v.InferOutput<typeof FetchRequest>;
export type FetchedPurchase = v.InferOutput<typeof FetchedPurchase>;
export type FetchAnswer = v.InferOutput<typeof FetchAnswer>;
