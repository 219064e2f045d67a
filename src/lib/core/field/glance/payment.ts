/** Account, credits and charges of a prepayment meter (classes 111, 112, 113; dlms.md §7.1). */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { decimalIn, type Quantity } from '../quantity.ts';
import { mapReading, type Reading, valueOf } from '../reading.ts';
import { bitsIn, elementsIn, textIn, wholeIn, wholeWithin } from '../understand.ts';
import type { GlanceReading } from './glance-reading.ts';
import { attributesOf, objectOf, objectsOf } from './known-facts.ts';

/** By code; `other` stands for one the standard has no meaning for. */
export const ACCOUNT_MODES = ['other', 'credit', 'prepayment'] as const;
export type AccountMode = (typeof ACCOUNT_MODES)[number];
export const ACCOUNT_STATES = ['other', 'new', 'active', 'closed'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];
export const CREDIT_TYPES = ['token', 'reserved', 'emergency', 'time', 'consumption'] as const;
export type CreditType = (typeof CREDIT_TYPES)[number] | 'other';
export const CREDIT_STATES = ['enabled', 'selectable', 'selected', 'in-use', 'exhausted'] as const;
export type CreditState = (typeof CREDIT_STATES)[number] | 'other';
export const CHARGE_TYPES = ['consumption', 'time', 'payment'] as const;
export type ChargeType = (typeof CHARGE_TYPES)[number] | 'other';
/** What a currency counts (attribute 15). */
export const CURRENCY_KINDS = ['time', 'consumption', 'money'] as const;
export type CurrencyKind = (typeof CURRENCY_KINDS)[number];

/** Bits of current_credit_status, the first one first. */
export const CREDIT_FLAGS = [
	'in-credit',
	'low-credit',
	'next-credit-enabled',
	'next-credit-selectable',
	'next-credit-selected',
	'selectable-credit-in-use',
	'out-of-credit',
] as const;
export type CreditFlag = (typeof CREDIT_FLAGS)[number];

/** Bits of credit_configuration, the first one first. */
export const CREDIT_RULES = [
	'shown',
	'confirmed',
	'paid-back',
	'resettable',
	'takes-tokens',
] as const;
export type CreditRule = (typeof CREDIT_RULES)[number];

export interface MeterCurrency {
	/** "KES", "kWh", as the meter calls it. */
	readonly name: string;
	readonly scaler: number;
	readonly kind: CurrencyKind;
}

export interface AccountGlance {
	readonly logicalName: Obis | undefined;
	readonly mode: Reading<AccountMode>;
	readonly status: Reading<AccountState>;
	/** Index from 1 into the account's credits; 0 none. */
	readonly creditInUse: Reading<number>;
	readonly flags: Reading<readonly CreditFlag[]>;
	readonly available: Reading<Quantity>;
	readonly toClear: Reading<Quantity>;
	readonly debt: Reading<Quantity>;
	readonly currency: Reading<MeterCurrency>;
	readonly lowCredit: Reading<Quantity>;
	/** `none` where the meter has no next credit. */
	readonly nextCreditAt: Reading<Quantity | 'none'>;
}

export interface CreditGlance {
	readonly logicalName: Obis;
	readonly amount: Reading<Quantity>;
	readonly type: Reading<CreditType>;
	readonly priority: Reading<number>;
	readonly warning: Reading<Quantity>;
	readonly limit: Reading<Quantity>;
	readonly rules: Reading<readonly CreditRule[]>;
	readonly status: Reading<CreditState>;
	readonly preset: Reading<Quantity>;
	readonly availableAt: Reading<Quantity>;
}

export interface ChargeGlance {
	readonly logicalName: Obis;
	readonly paid: Reading<Quantity>;
	readonly type: Reading<ChargeType>;
	readonly priority: Reading<number>;
	/** Seconds between two collections; 0 none. */
	readonly periodS: Reading<number>;
	readonly lastAmount: Reading<Quantity>;
	/** What is still to be collected: a debt where it is not 0. */
	readonly remaining: Reading<Quantity>;
	/** Ten-thousandths of a payment that go to it. */
	readonly proportion: Reading<number>;
}

export interface PaymentGlance {
	readonly account: AccountGlance;
	readonly credits: readonly CreditGlance[];
	readonly charges: readonly ChargeGlance[];
}

/** Stands in thresholds for "there is none". */
const NO_NEXT_CREDIT = -(2n ** 31n);

/** Reads an amount of an object. */
type AmountAt = (attribute: number) => Reading<Quantity>;
type AttributeAt = ReturnType<typeof attributesOf>;

export function paymentGlance(reading: GlanceReading): PaymentGlance {
	const object = objectOf(reading, 'account');
	const account = attributesOf(reading, object);
	const currency = account(15, currencyIn);
	const amount = amountIn(valueOf(currency));
	/** An amount is told once its currency is: a figure of another magnitude is worse than none. */
	const amountsOf =
		(attribute: AttributeAt): AmountAt =>
		(index) =>
			currency.state === 'waiting' || currency.state === 'not-understood'
				? currency
				: attribute(index, amount);
	return {
		account: accountGlance(object?.logicalName, account, amountsOf(account), currency),
		credits: objectsOf(reading, 'credit').map((credit) => {
			const attribute = attributesOf(reading, credit);
			return creditGlance(credit.logicalName, attribute, amountsOf(attribute));
		}),
		charges: objectsOf(reading, 'charge').map((charge) => {
			const attribute = attributesOf(reading, charge);
			return chargeGlance(charge.logicalName, attribute, amountsOf(attribute));
		}),
	};
}

function accountGlance(
	logicalName: Obis | undefined,
	attribute: AttributeAt,
	amountAt: AmountAt,
	currency: Reading<MeterCurrency>,
): AccountGlance {
	return {
		logicalName,
		mode: attribute(2, (data) => ACCOUNT_MODES[codeAt(data, 0, ACCOUNT_MODES.length)]),
		status: attribute(2, (data) => ACCOUNT_STATES[codeAt(data, 1, ACCOUNT_STATES.length)]),
		creditInUse: attribute(3, wholeWithin(0, 255)),
		flags: attribute(4, flagsIn(CREDIT_FLAGS)),
		available: amountAt(5),
		toClear: amountAt(6),
		debt: amountAt(8),
		currency,
		lowCredit: amountAt(16),
		nextCreditAt: mapReading(amountAt(17), (value) =>
			value.raw === NO_NEXT_CREDIT ? 'none' : value,
		),
	};
}

function creditGlance(logicalName: Obis, attribute: AttributeAt, amountAt: AmountAt): CreditGlance {
	return {
		logicalName,
		amount: amountAt(2),
		type: attribute(3, named(CREDIT_TYPES)),
		priority: attribute(4, wholeWithin(0, 255)),
		warning: amountAt(5),
		limit: amountAt(6),
		rules: attribute(7, flagsIn(CREDIT_RULES)),
		status: attribute(8, named(CREDIT_STATES)),
		preset: amountAt(9),
		availableAt: amountAt(10),
	};
}

function chargeGlance(logicalName: Obis, attribute: AttributeAt, amountAt: AmountAt): ChargeGlance {
	return {
		logicalName,
		paid: amountAt(2),
		type: attribute(3, named(CHARGE_TYPES)),
		priority: attribute(4, wholeWithin(0, 255)),
		periodS: attribute(8, wholeWithin(0, 2 ** 32 - 1)),
		lastAmount: amountAt(11),
		remaining: amountAt(12),
		proportion: attribute(13, wholeWithin(0, 65_535)),
	};
}

/** An element of a structure as an index below `count`; 0, which is `other`, for every other code. */
function codeAt(data: Data, index: number, count: number): number {
	const code = wholeIn(elementsIn(data)?.[index]);
	if (code === undefined) return -1;
	return code >= 0 && code < count ? code : 0;
}

const named =
	<Name extends string>(names: readonly Name[]) =>
	(data: Data): Name | 'other' | undefined => {
		const code = wholeIn(data);
		return code === undefined ? undefined : (names[code] ?? 'other');
	};

const flagsIn =
	<Name extends string>(names: readonly Name[]) =>
	(data: Data): readonly Name[] | undefined => {
		const bits = bitsIn(data);
		return bits && names.filter((_, bit) => bits[bit]);
	};

/** Attribute 15 of an account; undefined of rubbish. */
export function currencyIn(data: Data): MeterCurrency | undefined {
	const [name, scale, unit] = elementsIn(data) ?? [];
	const [text, scaler] = [textIn(name), wholeWithin(-128, 127)(scale)];
	const kind = CURRENCY_KINDS[wholeIn(unit) ?? -1];
	return text === undefined || scaler === undefined || !kind
		? undefined
		: { name: text, scaler, kind };
}

/** Amounts in the account's currency; raw, and without a unit, where the meter names none. */
const amountIn =
	(currency: MeterCurrency | undefined) =>
	(data: Data): Quantity | undefined => {
		const decimal = decimalIn(data);
		if (!decimal) return undefined;
		const { scaler, name } = currency ?? { scaler: 0, name: '' };
		return { raw: decimal.raw, scaler: decimal.scaler + scaler, unit: name };
	};
