/** What the office settles and reconciles, as it travels: refunds and daily closes. Money in minor units. */
import * as v from 'valibot';
import { MAX_AMOUNT_MINOR } from '#lib/core/units/money.ts';
import { CLOSE_DIFFERENCES, MODULE_EXPLANATIONS } from '#lib/core/vending/close-differences.ts';
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

/** `PUT, GET /api/v1/closes/{date}`: a civil day of the utility, reconciled. Written once, and it stands. */
export const CloseReport = v.object({
	date: v.string(),
	/** The day: from its first instant to the next one's. */
	fromMs: instant,
	toMs: instant,
	asOfMs: instant,
	/** Nothing is amiss. */
	clean: v.boolean(),
	tokens: v.object({ count: wholeFromZero, vends: wholeFromZero, energyDeciKwh: wholeFromZero }),
	bookings: v.object({ vends: wholeFromZero, energyDeciKwh: whole, tenderedMinor: whole }),
	module: v.object({
		/** Which requests it carried out, or only how many, or nothing: then it is held against nothing. */
		tells: v.picklist(['requests', 'count', 'nothing']),
		/** Requests of this utility that were looked at in this close for the first time; of a counting module all. */
		examined: wholeFromZero,
		explained: v.array(v.object({ why: v.picklist(MODULE_EXPLANATIONS), count: whole })),
	}),
	/** Numbers given out in the day, by issuing point and series. */
	receipts: v.array(
		v.object({ issuingPoint: v.string(), first: whole, last: whole, count: wholeFromZero }),
	),
	/** By kind of account. Debit positive. */
	trialBalance: v.array(
		v.object({
			kind: v.string(),
			currency: v.string(),
			openingMinor: whole,
			movementMinor: whole,
			closingMinor: whole,
		}),
	),
	/** How many floats and meters' accounts were held against the books. */
	compared: v.object({ vendors: wholeFromZero, accounts: wholeFromZero }),
	differences: v.array(
		v.object({
			kind: v.picklist(CLOSE_DIFFERENCES),
			/** As many as were found; looked for no further than `atLeast` says. */
			count: wholeFromZero,
			atLeast: v.boolean(),
			/** The first of them: what it is about, what was expected and what was found. */
			examples: v.array(
				v.object({ subject: v.string(), expected: v.optional(whole), found: v.optional(whole) }),
			),
		}),
	),
});

export const CloseQuery = v.strictObject({
	/** Days before this one; absent: the latest. */
	before: v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'a date'))),
});
/** `GET /api/v1/closes`: a page of days, the latest first. */
export const CloseList = v.object({
	closes: v.array(
		v.object({ date: v.string(), closedAtMs: instant, clean: v.boolean(), differences: whole }),
	),
	next: v.nullable(v.string()),
});

export type RefundQuery = v.InferOutput<typeof RefundQuery>;
export type RefundRequest = v.InferOutput<typeof RefundRequest>;
export type RefundAnswer = v.InferOutput<typeof RefundAnswer>;
export type OwedMoney = v.InferOutput<typeof OwedMoney>;
export type RefundList = v.InferOutput<typeof RefundList>;
export type CloseReport = v.InferOutput<typeof CloseReport>;
export type CloseQuery = v.InferOutput<typeof CloseQuery>;
export type CloseList = v.InferOutput<typeof CloseList>;
