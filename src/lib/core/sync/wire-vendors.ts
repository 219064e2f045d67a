/** Vendors, their floats, deposits, commission and batches as they travel. Money in minor units. */
import * as v from 'valibot';
import { MAX_AMOUNT_MINOR } from '#lib/core/units/money.ts';
import { CurrencyShape, Id, TENDER_METHODS } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const wholeFromZero = v.pipe(whole, v.minValue(0));
const amount = v.pipe(whole, v.minValue(1), v.maxValue(MAX_AMOUNT_MINOR));
const limit = v.pipe(whole, v.minValue(0), v.maxValue(MAX_AMOUNT_MINOR));
const instant = wholeFromZero;
const currency = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'three letters'));
/** What the bank or the office calls a movement. */
const reference = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));

/** What a vendor is called in the books: `harbour-kiosk`. */
export const VendorId = v.pipe(
	v.string(),
	v.regex(/^[a-z0-9][a-z0-9-]{1,39}$/, 'small letters, digits, hyphens'),
);

/** `PUT /api/v1/vendors/{vendor}`. The float is moved by deposits and sales only. */
export const VendorRequest = v.strictObject({
	name,
	/** A suspended vendor sells nothing. */
	state: v.picklist(['active', 'suspended']),
	/** How far below nothing the float may go. */
	creditLimitMinor: limit,
	/** Of what is tendered. */
	commissionBasisPoints: v.pipe(wholeFromZero, v.maxValue(10_000)),
	/** Whether meters may be sold to from card data alone. */
	blindVend: v.boolean(),
});

export const VendorAnswer = v.object({
	id: v.string(),
	name: v.string(),
	state: v.picklist(['active', 'suspended']),
	currency: CurrencyShape,
	/** Paid in and not sold from yet; below nothing for one that sells on credit. */
	floatMinor: whole,
	creditLimitMinor: wholeFromZero,
	/** What may still be sold: float and limit together, never below nothing. */
	availableMinor: wholeFromZero,
	commissionBasisPoints: wholeFromZero,
	blindVend: v.boolean(),
});

export const VendorQuery = v.strictObject({
	after: v.optional(v.pipe(v.string(), v.maxLength(40))),
});
/** A page by id; `next` is the `after` of the next one. */
export const VendorList = v.object({
	vendors: v.array(VendorAnswer),
	next: v.nullable(v.string()),
});

/** `GET /api/v1/vendors/current`: XMLVend's `clientStatus`, of the till or person that asks. */
export const VendorStatus = v.object({
	vendor: VendorAnswer,
	/** Taken out of the float for vends that have no token yet. */
	heldMinor: wholeFromZero,
	/** Vends in the making. */
	queued: wholeFromZero,
	/** Earned and not paid out yet; apart from the float. */
	commissionMinor: whole,
	/** The till's open shift; null: none, or no till asks. */
	shiftBatchId: v.nullable(Id),
	asOfMs: instant,
});

/** `PUT /api/v1/deposits/{id}`: money that a vendor paid in at the bank. */
export const DepositRequest = v.strictObject({
	vendorId: VendorId,
	amountMinor: amount,
	currency,
	/** Of the bank's slip: once per utility. */
	bankingReference: reference,
	/** The banking batch that it banks. */
	batchId: v.optional(Id),
});
export const DepositAnswer = v.object({
	id: Id,
	vendorId: v.string(),
	amountMinor: whole,
	currency: v.string(),
	bankingReference: v.string(),
	batchId: v.nullable(Id),
	atMs: instant,
});

/** `PUT /api/v1/commission-settlements/{id}`: commission that is paid to a vendor. */
export const CommissionSettlementRequest = v.strictObject({
	vendorId: VendorId,
	amountMinor: amount,
	currency,
	/** Into the float, to sell from, or at the bank. */
	paidTo: v.picklist(['float', 'bank']),
	reference,
});
export const CommissionSettlementAnswer = v.object({
	id: Id,
	vendorId: v.string(),
	amountMinor: whole,
	currency: v.string(),
	paidTo: v.picklist(['float', 'bank']),
	reference: v.string(),
	atMs: instant,
});

const date = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-20'));

/** `GET /api/v1/vendors/{vendor}/statements`. */
export const StatementQuery = v.strictObject({
	/** First civil day of the utility; absent: from the beginning. */
	from: v.optional(date),
	/** `next` of the page before. */
	after: v.optional(v.pipe(v.string(), v.maxLength(120))),
});
/** Movements of a float in the order of time, each with the balance after it, all from the books. */
export const Statement = v.object({
	vendorId: v.string(),
	currency: CurrencyShape,
	/** Before the first movement of the page. */
	openingMinor: whole,
	movements: v.array(
		v.object({
			atMs: instant,
			/** What moved it: `deposit`, `hold`, `refund`, `reversal`, `commission` … */
			kind: v.string(),
			/** The vend, deposit … */
			subjectId: v.string(),
			/** Into the float positive, out of it negative. */
			amountMinor: whole,
			balanceMinor: whole,
		}),
	),
	next: v.nullable(v.string()),
});

export const BATCH_KINDS = ['shift', 'sales', 'banking'] as const;

/** `PUT /api/v1/batches/{id}`: opens one. */
export const BatchRequest = v.strictObject({
	kind: v.picklist(BATCH_KINDS),
	/** The sales batch of a shift, the banking batch of a sales batch. */
	parentId: v.nullable(Id),
	/** Shift: who stands at the till. */
	operatorId: v.nullable(Id),
});

/** How many and how much. */
const tally = { count: wholeFromZero, amountMinor: whole };
const energyTally = { ...tally, energyDeciKwh: wholeFromZero };

/** X totals while a batch is open, Z totals once it is closed. Sold: issued, or in the making. */
export const BatchTotals = v.object({
	sold: v.object(energyTally),
	byPayType: v.array(v.object({ payType: v.picklist(TENDER_METHODS), ...tally })),
	byOperator: v.array(v.object({ operatorId: v.nullable(Id), ...energyTally })),
	/** NRS 009-3: 000 sale, 005 free issue, 010 FBE; empty for what has no type there. */
	byTransactionType: v.array(
		v.object({ kind: v.string(), transactionType: v.string(), ...energyTally }),
	),
	byResource: v.array(v.object({ resource: v.string(), ...energyTally })),
	/** Of those sold, the ones that had no token yet. */
	unfinished: v.object(tally),
	/** Taken in and then refused or taken back: the money is the customer's, wherever it lies. */
	refused: v.object(tally),
	reversed: v.object(tally),
});

const MAX_DENOMINATIONS = 40;
/** `POST /api/v1/batches/{id}/closings`: what was found in the drawer. */
export const BatchClosingRequest = v.strictObject({
	cash: v.pipe(
		v.array(
			v.strictObject({
				denominationMinor: amount,
				count: v.pipe(wholeFromZero, v.maxValue(1_000_000)),
			}),
		),
		v.maxLength(MAX_DENOMINATIONS),
	),
	/** Slips of cards and the like, by pay type. */
	others: v.pipe(
		v.array(v.strictObject({ payType: v.picklist(['card', 'mobile-money']), amountMinor: limit })),
		v.maxLength(2),
	),
	/** Banking reference, bag number; null: none. */
	reference: v.nullable(reference),
});

export const BatchAnswer = v.object({
	id: Id,
	kind: v.picklist(BATCH_KINDS),
	state: v.picklist(['open', 'closed']),
	vendorId: v.string(),
	terminalId: v.nullable(v.string()),
	operatorId: v.nullable(Id),
	parentId: v.nullable(Id),
	openedAtMs: instant,
	closedAtMs: v.nullable(instant),
	totals: BatchTotals,
	/** What was counted against what should be there; null while it is open. */
	counted: v.nullable(
		v.object({
			cash: v.array(v.object({ denominationMinor: whole, count: whole })),
			reference: v.nullable(v.string()),
			differences: v.array(
				v.object({
					payType: v.picklist(TENDER_METHODS),
					expectedMinor: whole,
					countedMinor: whole,
					/** Counted less expected. */
					differenceMinor: whole,
					verdict: v.picklist(['exact', 'over', 'short']),
				}),
			),
		}),
	),
});

export type VendorRequest = v.InferOutput<typeof VendorRequest>;
export type VendorAnswer = v.InferOutput<typeof VendorAnswer>;
export type VendorList = v.InferOutput<typeof VendorList>;
export type VendorStatus = v.InferOutput<typeof VendorStatus>;
export type DepositRequest = v.InferOutput<typeof DepositRequest>;
export type DepositAnswer = v.InferOutput<typeof DepositAnswer>;
export type CommissionSettlementRequest = v.InferOutput<typeof CommissionSettlementRequest>;
export type CommissionSettlementAnswer = v.InferOutput<typeof CommissionSettlementAnswer>;
export type StatementQuery = v.InferOutput<typeof StatementQuery>;
export type Statement = v.InferOutput<typeof Statement>;
export type BatchRequest = v.InferOutput<typeof BatchRequest>;
export type BatchTotals = v.InferOutput<typeof BatchTotals>;
export type BatchClosingRequest = v.InferOutput<typeof BatchClosingRequest>;
export type BatchAnswer = v.InferOutput<typeof BatchAnswer>;
