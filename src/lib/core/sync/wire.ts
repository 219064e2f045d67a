/**
 * The shapes that travel between app and backend under `/api/v1`, as schemas that both sides validate
 * with. Money in minor units, energy in 0.1 kWh, instants in epoch milliseconds, ids UUIDv7.
 */
import * as v from 'valibot';
import { DEDUCTION_STEPS } from '#lib/core/vending/tariff.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const wholeFromZero = v.pipe(whole, v.minValue(0));
const instant = wholeFromZero;

/** A UUIDv7 in lower case: made by the device, ordered by time. */
export const Id = v.pipe(
	v.string(),
	v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'not a UUIDv7'),
);

/** A phone number as E.164. */
export const Phone = v.pipe(v.string(), v.regex(/^\+[1-9]\d{5,14}$/, 'not an E.164 number'));

export const CurrencyShape = v.object({
	code: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
	minorDigits: v.pipe(whole, v.minValue(0), v.maxValue(3)),
});

const BlocksShape = v.array(
	v.object({ upToDeciKwh: v.nullable(whole), pricePerKwhE4: wholeFromZero }),
);

export const TariffShape = v.object({
	id: v.string(),
	version: wholeFromZero,
	name: v.string(),
	serviceFee: v.object({ fixedMinor: wholeFromZero, basisPoints: wholeFromZero }),
	arrears: v.object({ maxBasisPoints: wholeFromZero }),
	vat: v.object({ basisPoints: wholeFromZero, inclusive: v.boolean() }),
	fixedCharge: v.object({ perMonthMinor: wholeFromZero }),
	blocks: BlocksShape,
	order: v.array(v.picklist(DEDUCTION_STEPS)),
	/** Other blocks at other hours of the utility's civil time: `tariffAt` chooses. Absent: none. */
	timeOfUse: v.optional(
		v.array(
			v.object({
				name: v.string(),
				windows: v.array(
					v.object({
						months: v.optional(v.array(whole)),
						weekdays: v.optional(v.array(whole)),
						fromMinute: wholeFromZero,
						toMinute: wholeFromZero,
					}),
				),
				blocks: BlocksShape,
			}),
		),
	),
});

/** What an account pays towards its arrears with each purchase. */
export const ArrearsPlanShape = v.variant('kind', [
	v.object({ kind: v.literal('percent'), basisPoints: wholeFromZero }),
	v.object({ kind: v.literal('fixed'), perVendMinor: wholeFromZero }),
	v.object({ kind: v.literal('monthly'), perMonthMinor: wholeFromZero }),
]);

export const AccountShape = v.object({
	month: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}$/)),
	boughtDeciKwh: wholeFromZero,
	fixedChargeDue: v.boolean(),
	arrearsMinor: wholeFromZero,
	/** Absent: the tariff's share; and in what a device stored before there were plans. */
	arrearsPlan: v.optional(ArrearsPlanShape),
	arrearsPaidMinor: v.optional(wholeFromZero),
	leftOverMinor: wholeFromZero,
});

export const WaterfallLineShape = v.variant('kind', [
	v.object({ kind: v.literal('service-fee'), amountMinor: whole }),
	v.object({ kind: v.literal('arrears'), amountMinor: whole, balanceAfterMinor: whole }),
	v.object({ kind: v.literal('vat'), amountMinor: whole, basisPoints: whole }),
	v.object({ kind: v.literal('fixed-charge'), amountMinor: whole }),
	v.object({ kind: v.literal('brought-forward'), amountMinor: whole }),
	v.object({
		kind: v.literal('energy-block'),
		amountMinor: whole,
		block: whole,
		energyDeciKwh: whole,
		pricePerKwhE4: whole,
	}),
	v.object({ kind: v.literal('left-over'), amountMinor: whole }),
]);

export const WaterfallShape = v.object({
	tenderedMinor: whole,
	lines: v.array(WaterfallLineShape),
	energyDeciKwh: wholeFromZero,
});

/** Who sells: what a receipt needs of the utility. */
export const UtilityShape = v.object({
	name: v.string(),
	address: v.string(),
	vatNumber: v.string(),
	helpLine: v.string(),
	currency: CurrencyShape,
	timeZone: v.string(),
});

/** `GET /api/v1/meters/{drn}`: confirm customer, the owner masked, with all that pricing needs. */
export const MeterConfirmation = v.object({
	drn: v.string(),
	/** Owner's name, masked: `A**** O*****`. */
	ownerMasked: v.string(),
	area: v.string(),
	state: v.picklist(['active', 'blocked']),
	/**
	 * Why no credit is sold to it, whatever the amount: a row of `core/vending/refusals.ts`. Absent: nothing
	 * stands in the way, or a backend that does not say.
	 */
	notSold: v.optional(v.string()),
	/** A virtual meter of the public-test estate. */
	virtual: v.boolean(),
	sgc: v.string(),
	krn: whole,
	ti: v.string(),
	ea: v.picklist([7, 11]),
	tct: v.string(),
	minTenderMinor: wholeFromZero,
	maxTenderMinor: wholeFromZero,
	utility: UtilityShape,
	/** The version in force, with all its hours, so that a device can price at a later one. */
	tariff: TariffShape,
	/** The version that follows it, where one is set already. */
	nextTariff: v.optional(v.object({ tariff: TariffShape, fromMs: instant })),
	account: AccountShape,
	/**
	 * Free basic electricity: what the asker may know of it. `to-owner`: nothing before they have shown that
	 * the account's phone is theirs. Absent: not given by app, or by a backend that does not say.
	 */
	fbe: v.optional(
		v.variant('shown', [
			v.object({ shown: v.literal('to-owner') }),
			v.object({
				shown: v.literal('yes'),
				/** A month; 0: not entitled. */
				entitledDeciKwh: wholeFromZero,
				/** Whether it was given in the account's month. */
				given: v.boolean(),
			}),
		]),
	),
	asOfMs: instant,
});

/** `POST /api/v1/trial-vends`: what a tender would buy now. Nothing is stored. */
export const TrialVendRequest = v.strictObject({
	drn: v.string(),
	amountMinor: v.number(),
	currency: v.string(),
});
export const TrialVendAnswer = v.object({
	drn: v.string(),
	currency: CurrencyShape,
	tariff: v.object({ id: v.string(), version: wholeFromZero }),
	waterfall: WaterfallShape,
	asOfMs: instant,
});

/**
 * `PUT /api/v1/vends/{id}`: the sale, immutable from the tap on. It names the payment that will cover it;
 * the sale waits (202) until that payment is final.
 */
export const VendRequest = v.strictObject({
	drn: v.string(),
	amountMinor: v.number(),
	currency: v.string(),
	paymentId: Id,
	/**
	 * What the person agreed to. The sale is refused with `price-changed` when it would now buy less;
	 * null (asked for offline, for a meter this device never saw): refused with `confirmation-needed`.
	 */
	agreed: v.nullable(
		v.strictObject({
			energyDeciKwh: wholeFromZero,
			tariff: v.strictObject({ id: v.string(), version: wholeFromZero }),
		}),
	),
	/** Where to tell of the token by message; E.164. */
	notifyPhone: v.optional(Phone),
	/** The device's own clock at the tap: recorded, never trusted. */
	requestedAtMs: instant,
});

/** What a meter card or a person says of a meter that the office does not know: blind vend. */
export const MeterDetailShape = v.variant('from', [
	v.strictObject({ from: v.literal('card'), track2: v.pipe(v.string(), v.maxLength(60)) }),
	v.strictObject({
		from: v.literal('detail'),
		sgc: v.pipe(v.string(), v.regex(/^\d{6}$/)),
		krn: v.pipe(whole, v.minValue(1), v.maxValue(9)),
		ti: v.pipe(v.string(), v.regex(/^\d{2}$/)),
		ea: v.picklist([7, 11]),
		tct: v.pipe(v.string(), v.regex(/^\d{2}$/)),
	}),
]);

export const TENDER_METHODS = ['cash', 'card', 'mobile-money'] as const;
export type TenderMethod = (typeof TENDER_METHODS)[number];

/** `PUT /api/v1/vends/{id}` by a till: a credit sold from the vendor's float. */
export const FloatVendRequest = v.strictObject({
	kind: v.literal('credit'),
	drn: v.string(),
	amountMinor: v.number(),
	currency: v.string(),
	/** As in `VendRequest`. */
	agreed: VendRequest.entries.agreed,
	/** The customer knew that the price was an estimate: sold at what it is when it is taken in. */
	estimated: v.optional(v.literal(true)),
	/** Who stood at the till. */
	operatorId: v.nullable(Id),
	tender: v.strictObject({
		method: v.picklist(TENDER_METHODS),
		/** What the customer handed over; the change is what is above the amount. */
		tenderedMinor: wholeFromZero,
	}),
	/** Blind vend: used only when the office does not know the meter. */
	meter: v.optional(MeterDetailShape),
	notifyPhone: v.optional(Phone),
	requestedAtMs: instant,
});

/** `PUT /api/v1/vends/{id}`: this month's free basic electricity. */
export const FbeRequest = v.strictObject({
	kind: v.literal('fbe'),
	drn: v.string(),
	notifyPhone: v.optional(Phone),
	requestedAtMs: instant,
});

/** `PUT /api/v1/vends/{id}`: key-change tokens that bring the meter to where it is to be. */
export const KeyChangeRequest = v.strictObject({
	kind: v.literal('key-change'),
	drn: v.string(),
	requestedAtMs: instant,
});

/** Everything that `PUT /api/v1/vends/{id}` takes. A request without a kind is a consumer's credit. */
export const AnyVendRequest = v.lazy((input) => {
	const kind: unknown =
		typeof input === 'object' && input !== null && 'kind' in input && input.kind;
	if (kind === 'credit') return FloatVendRequest;
	if (kind === 'fbe') return FbeRequest;
	return kind === 'key-change' ? KeyChangeRequest : VendRequest;
});

export const TOKEN_KINDS = ['credit', 'fbe', 'free-issue', 'key-change', 'engineering'] as const;

export const TokenShape = v.object({
	/** Twenty digits, ungrouped. */
	digits: v.pipe(v.string(), v.regex(/^\d{20}$/)),
	kind: v.picklist(TOKEN_KINDS),
	/** What the token really carries, 0.1 kWh; 0 where it carries no energy. */
	energyDeciKwh: wholeFromZero,
	/** 1-based place and number of tokens of this vend. */
	sequence: whole,
	of: whole,
	/** A token of a software security module: never of a real utility. */
	test: v.boolean(),
});

/** A meter's place in the key scheme. */
export const KeyPlaceShape = v.object({ sgc: v.string(), krn: whole, ti: v.string() });

export const ReceiptShape = v.object({
	receiptNumber: v.string(),
	issuedAtMs: instant,
	utility: UtilityShape,
	terminal: v.string(),
	customerMasked: v.string(),
	drn: v.string(),
	sgc: v.string(),
	krn: whole,
	ti: v.string(),
	ea: v.picklist([7, 11]),
	tct: v.string(),
	tariffName: v.string(),
	waterfall: WaterfallShape,
	/** What the token's field carries beyond what the money bought (it can only round up). */
	roundingGainDeciKwh: wholeFromZero,
	/** Absent: a credit. */
	kind: v.optional(v.picklist(TOKEN_KINDS)),
	/** The till's seller, where there is one. */
	vendor: v.optional(v.string()),
	operator: v.optional(v.string()),
	tender: v.optional(
		v.object({
			method: v.picklist(TENDER_METHODS),
			tenderedMinor: wholeFromZero,
			changeMinor: wholeFromZero,
		}),
	),
	/** When key-change tokens are among the tokens: from what the meter was on to what it is to be on. */
	keyChange: v.optional(
		v.object({ from: KeyPlaceShape, to: KeyPlaceShape, rollover: v.boolean() }),
	),
	/** What an engineering token does, in the core's words. */
	engineering: v.optional(v.string()),
	/** A copy of a receipt that was printed before. */
	reprint: v.optional(v.object({ copy: whole, atMs: instant })),
});

/** Where a sale is. The first two are answered with 202, the others with 200 and are final.
 * `paymentId` is null where no payment covers the vend */
export const VendAnswer = v.variant('state', [
	v.object({
		id: Id,
		state: v.literal('awaiting-payment'),
		paymentId: v.nullable(Id),
		waterfall: WaterfallShape,
	}),
	v.object({ id: Id, state: v.literal('issuing'), paymentId: v.nullable(Id) }),
	v.object({
		id: Id,
		state: v.literal('issued'),
		paymentId: v.nullable(Id),
		receipt: ReceiptShape,
		tokens: v.array(TokenShape),
	}),
	/** Taken back after the token was made and before anybody could have seen it. */
	v.object({
		id: Id,
		state: v.literal('reversed'),
		paymentId: v.nullable(Id),
		refundMinor: wholeFromZero,
		/** Why, where it was not by somebody's wish. */
		code: v.optional(v.string()),
	}),
	/** Taken back before a token existed; the code says why, `refundMinor` what is owed to the payer, by the till where no payment covers it. */
	v.object({
		id: Id,
		state: v.literal('refused'),
		paymentId: v.nullable(Id),
		code: v.string(),
		refundMinor: wholeFromZero,
	}),
]);

/** `PUT /api/v1/payments/{id}`: asks the provider for the money of one vend. */
export const PaymentRequest = v.strictObject({
	vendId: Id,
	amountMinor: v.number(),
	currency: v.string(),
	method: v.picklist(['sandbox']),
});

export const PAYMENT_STATES = [
	'created',
	'pending',
	'unknown',
	'paid',
	'failed',
	'expired',
] as const;

/** Where the money of a payment that has ended is, by the books: minor units, in the payment's currency. */
export const PaymentMoney = v.object({
	/** What came by it and the provider has not taken back. */
	paidMinor: whole,
	/** Taken back by the provider. */
	takenBackMinor: wholeFromZero,
	/** Owed to the payer now: it paid for nothing. */
	owedMinor: wholeFromZero,
	/** Paid back, or put to arrears, already. */
	returnedMinor: wholeFromZero,
	/** The last time that it was, and how; null: nothing was. */
	returned: v.nullable(
		v.object({ atMs: instant, way: v.picklist(['provider', 'bank', 'arrears']) }),
	),
	/** Money of another currency came as well. */
	foreign: v.boolean(),
});

export const PaymentAnswer = v.object({
	id: Id,
	vendId: Id,
	state: v.picklist(PAYMENT_STATES),
	amountMinor: whole,
	currency: v.string(),
	/** Where the payer approves, a path on this origin; null when nothing is left to approve. */
	payUrl: v.nullable(v.string()),
	expiresAtMs: instant,
	/** Only where a payment that has ended is asked after. */
	money: v.optional(PaymentMoney),
});

/** `GET /api/v1/virtual-meters` and `/api/v1/virtual-meters/{drn}`: the public-test estate. */
export const VirtualMeterSummary = v.object({
	drn: v.string(),
	label: v.string(),
	ea: v.picklist([7, 11]),
});
export const VirtualMeterList = v.object({ meters: v.array(VirtualMeterSummary) });
export const VirtualMeterProvision = v.object({
	drn: v.string(),
	label: v.string(),
	ea: v.picklist([7, 11]),
	tct: v.string(),
	sgc: v.string(),
	krn: whole,
	kt: whole,
	ti: v.string(),
	ken: whole,
	baseYear: v.picklist([1993, 2014, 2035]),
	/** The key of this public-test meter only, hex; no other decoder key ever leaves the backend. */
	decoderKeyHex: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{16}|[0-9a-f]{32})$/)),
	manufacturedAtMs: instant,
});

/** RFC 9457 problem document: every refusal of the API. `code` is a row of `core/vending/refusals.ts`. */
export const Problem = v.object({
	type: v.string(),
	title: v.string(),
	status: whole,
	code: v.string(),
	detail: v.string(),
	/** JSON pointers of fields that are wrong, with why, when the shape is. */
	errors: v.optional(v.array(v.object({ pointer: v.string(), detail: v.string() }))),
	/** The limits that were crossed, the new price: whatever the sentence needs. */
	facts: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
	/** With `price-changed` and `confirmation-needed`: what the money buys now. */
	waterfall: v.optional(WaterfallShape),
});

export type MeterConfirmation = v.InferOutput<typeof MeterConfirmation>;
export type TrialVendRequest = v.InferOutput<typeof TrialVendRequest>;
export type TrialVendAnswer = v.InferOutput<typeof TrialVendAnswer>;
export type VendRequest = v.InferOutput<typeof VendRequest>;
export type AnyVendRequest = v.InferOutput<typeof AnyVendRequest>;
export type FloatVendRequest = v.InferOutput<typeof FloatVendRequest>;
export type FbeRequest = v.InferOutput<typeof FbeRequest>;
export type KeyChangeRequest = v.InferOutput<typeof KeyChangeRequest>;
export type VendAnswer = v.InferOutput<typeof VendAnswer>;
export type Token = v.InferOutput<typeof TokenShape>;
export type Receipt = v.InferOutput<typeof ReceiptShape>;
export type PaymentRequest = v.InferOutput<typeof PaymentRequest>;
export type PaymentMoney = v.InferOutput<typeof PaymentMoney>;
export type PaymentAnswer = v.InferOutput<typeof PaymentAnswer>;
export type Utility = v.InferOutput<typeof UtilityShape>;
export type VirtualMeterSummary = v.InferOutput<typeof VirtualMeterSummary>;
export type VirtualMeterProvision = v.InferOutput<typeof VirtualMeterProvision>;
export type Problem = v.InferOutput<typeof Problem>;
