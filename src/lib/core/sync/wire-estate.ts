/**
 * The estate as the office keeps it, as it travels: meters with their customers and accounts, what is set
 * right of arrears, tariffs and supply groups. Money in minor units, energy in 0.1 kWh.
 */
import * as v from 'valibot';
import { MAX_UNITS } from '#lib/core/sts/amount-units.ts';
import { MAX_AMOUNT_MINOR } from '#lib/core/units/money.ts';
import { KEY_WARNINGS } from '#lib/core/vending/key-warning.ts';
import { ArrearsPlanShape, CurrencyShape, Id, Phone, TariffShape } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const wholeFromZero = v.pipe(whole, v.minValue(0));
const wholeUpTo = (most: number) => v.pipe(wholeFromZero, v.maxValue(most));
const instant = wholeFromZero;
const words = (least: number, most: number) =>
	v.pipe(v.string(), v.trim(), v.minLength(least), v.maxLength(most));
const sgc = v.pipe(v.string(), v.regex(/^\d{6}$/, 'six digits'));
const twoDigits = v.pipe(v.string(), v.regex(/^\d{2}$/, 'two digits'));
const krn = v.pipe(whole, v.minValue(1), v.maxValue(9));
const amount = wholeUpTo(MAX_AMOUNT_MINOR);

const ArrearsPlanRequest = v.variant('kind', [
	v.strictObject({ kind: v.literal('percent'), basisPoints: wholeUpTo(10_000) }),
	v.strictObject({ kind: v.literal('fixed'), perVendMinor: amount }),
	v.strictObject({ kind: v.literal('monthly'), perMonthMinor: amount }),
]);

/** Of a meter, whoever its customer is. */
const meterEntries = {
	/** Of a meter that is known already it changes by block decisions only (`wire-blocks.ts`). */
	state: v.picklist(['active', 'blocked']),
	/** Where its key is, as the key-change tokens that it was given last have put it. */
	...{ sgc, krn, ti: twoDigits },
	/** What its tokens are encrypted with: 7 or 11. */
	ea: v.picklist([7, 11]),
	/** Token carrier: `02` is digits that are keyed in. */
	tct: twoDigits,
	/** Whether its 64-bit key-change set may be of three tokens. */
	takesThreeKct: v.boolean(),
	phases: v.picklist([1, 2, 3]),
	/** Where it is moved to with its next sale; null: it stays in its group, or on its index. */
	nextSgc: v.nullable(sgc),
	nextTi: v.nullable(twoDigits),
};

/** `PUT /api/v1/meters/{drn}/registration`: all that the office says of a meter, each time. */
export const MeterRegistrationRequest = v.strictObject({
	customer: v.strictObject({
		name: words(1, 120),
		phone: v.nullable(Phone),
		address: words(0, 200),
		accountNumber: words(0, 40),
	}),
	area: words(0, 80),
	...meterEntries,
	tariffId: words(1, 40),
	dlmsProfile: v.nullable(words(1, 40)),
	account: v.strictObject({
		/** Null: the tariff's own rule. */
		arrearsPlan: v.nullable(ArrearsPlanRequest),
		/** Free basic electricity per calendar month; 0: none. */
		fbeDeciKwh: wholeUpTo(MAX_UNITS),
	}),
});

export const MeterRegistration = v.object({
	drn: v.string(),
	customer: v.object({
		/** Empty for a meter that was first sold to from its card. */
		name: v.string(),
		phone: v.nullable(v.string()),
		address: v.string(),
		accountNumber: v.string(),
	}),
	area: v.string(),
	...meterEntries,
	tariffId: v.string(),
	dlmsProfile: v.nullable(v.string()),
	account: v.object({
		arrearsPlan: v.nullable(ArrearsPlanShape),
		fbeDeciKwh: wholeFromZero,
		/** Moved by sales, refunds and arrears adjustments only. */
		arrearsMinor: wholeFromZero,
	}),
});

/** `PUT /api/v1/meters/{drn}/arrears-adjustments/{id}`: what a customer owes is set right. */
export const ArrearsAdjustmentRequest = v.strictObject({
	/** Owed from now on besides; below nothing: no longer owed. */
	amountMinor: v.pipe(
		whole,
		v.minValue(0 - MAX_AMOUNT_MINOR),
		v.maxValue(MAX_AMOUNT_MINOR),
		v.check((value) => value !== 0, 'not nothing'),
	),
	/** For whoever checks the books. */
	reason: words(3, 500),
});
export const ArrearsAdjustmentAnswer = v.object({
	id: Id,
	drn: v.string(),
	amountMinor: whole,
	currency: v.string(),
	reason: v.string(),
	atMs: instant,
});

/** `GET /api/v1/tariffs`. */
export const TariffQuery = v.strictObject({
	/** `next` of the page before. */
	after: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}@\d{1,9}$/, 'id@version'))),
});
/** Every version of every tariff, by id and version. */
export const TariffList = v.object({
	tariffs: v.array(v.object({ tariff: TariffShape, validFromMs: instant })),
	currency: CurrencyShape,
	next: v.nullable(v.string()),
});

/** What is known of vending keys beside their bytes, which no answer ever holds. */
export const SupplyGroupList = v.object({
	supplyGroups: v.array(
		v.object({
			sgc: v.string(),
			name: v.string(),
			/** The revision that its meters are brought to with their next sale. */
			currentKrn: krn,
			/** Of meters that are first sold to from their card; null: none are. */
			blindTariffId: v.nullable(v.string()),
			keys: v.array(
				v.object({
					krn,
					baseYear: whole,
					ken: whole,
					dkga: whole,
					kt: whole,
					/** Everybody may know the keys made from it: it is for tests. */
					publicTest: v.boolean(),
					activeFromMs: instant,
					issueUntilMs: v.nullable(instant),
					unitLimitDeciKwh: v.nullable(wholeFromZero),
					/** Whole days until no token is made under it any more, 0 on the last; null: no end. */
					daysLeft: v.nullable(wholeFromZero),
					warning: v.nullable(v.picklist(KEY_WARNINGS)),
				}),
			),
		}),
	),
});

export type MeterRegistrationRequest = v.InferOutput<typeof MeterRegistrationRequest>;
export type MeterRegistration = v.InferOutput<typeof MeterRegistration>;
export type ArrearsAdjustmentRequest = v.InferOutput<typeof ArrearsAdjustmentRequest>;
export type ArrearsAdjustmentAnswer = v.InferOutput<typeof ArrearsAdjustmentAnswer>;
export type TariffQuery = v.InferOutput<typeof TariffQuery>;
export type TariffList = v.InferOutput<typeof TariffList>;
export type SupplyGroupList = v.InferOutput<typeof SupplyGroupList>;
