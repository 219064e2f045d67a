/** What the office settles and reconciles, as it travels: refunds and daily closes. Money in minor units. */
import * as v from 'valibot';
import { MAX_AMOUNT_MINOR } from '#lib/core/units/money.ts';
import { Id } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const wholeFromZero = v.pipe(whole, v.minValue(0));
const amount = v.pipe(whole, v.minValue(1), v.maxValue(MAX_AMOUNT_MINOR));
const instant = wholeFromZero;

/** Where money stands that is nobody's revenue: owed for a vend without a token, or come too late for one. */
export const OWED_AS = ['refund-due', 'suspense'] as const;
/** How it is settled: back the way it came, at the bank, or towards what a meter's customer owes. */
export const REFUND_WAYS = ['provider', 'bank', 'arrears'] as const;

export const RefundQuery = v.strictObject({
	/** Absent: open. */
	state: v.optional(v.picklist(['open', 'settled'])),
	/** `next` of the page before. */
	after: v.optional(Id),
});

/** `PUT /api/v1/refunds/{id}`. The amount is all that is owed, as the person saw it. */
export const RefundRequest = v.strictObject({
	owedAs: v.picklist(OWED_AS),
	/** The vend that it is owed for, or the payment that came too late. */
	subjectId: Id,
	amountMinor: amount,
	currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'three letters')),
	way: v.picklist(REFUND_WAYS),
	/** Way `arrears`: whose. */
	drn: v.optional(v.string()),
	/** Of the provider, the bank or the office. */
	reference: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
});

export const RefundAnswer = v.object({
	id: Id,
	owedAs: v.picklist(OWED_AS),
	subjectId: Id,
	amountMinor: whole,
	currency: v.string(),
	way: v.picklist(REFUND_WAYS),
	drn: v.nullable(v.string()),
	reference: v.string(),
	atMs: instant,
});

/** Money that waits to be settled. */
export const OwedMoney = v.object({
	owedAs: v.picklist(OWED_AS),
	subjectId: Id,
	vendId: v.nullable(Id),
	drn: v.nullable(v.string()),
	amountMinor: whole,
	currency: v.string(),
	sinceMs: instant,
	/** The books' word for why: the refusal's code, `reversal`, `late-payment` … */
	why: v.string(),
});

/** `GET /api/v1/refunds`. */
export const RefundList = v.object({
	open: v.array(OwedMoney),
	settled: v.array(RefundAnswer),
	next: v.nullable(Id),
});

export type RefundQuery = v.InferOutput<typeof RefundQuery>;
export type RefundRequest = v.InferOutput<typeof RefundRequest>;
export type RefundAnswer = v.InferOutput<typeof RefundAnswer>;
export type OwedMoney = v.InferOutput<typeof OwedMoney>;
export type RefundList = v.InferOutput<typeof RefundList>;
