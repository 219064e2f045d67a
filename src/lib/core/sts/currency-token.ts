/**
 * A credit token in currency, class 0 subclass 4 … 7 (IEC 62055-41 Ed.3): a positive amount is credit, a
 * negative one a debit. It has no RND, and a check of its own.
 */
import { encodeCurrency, type CurrencyRefusal } from './amount-currency.ts';
import type { Cipher } from './ciphers/cipher.ts';
import { encodeToken } from './encode.ts';
import type { Service } from './subclasses.ts';

/** Subclass of a currency credit, by what it is for. */
export const CURRENCY_SUBCLASS: Readonly<Record<Service, number>> = {
	electricity: 4,
	water: 5,
	gas: 6,
	time: 7,
};

/** A currency amount to be put on a token. */
export interface CurrencyWish {
	/** Electricity unless said otherwise. */
	readonly service?: Service;
	/** In 0.00001 of the currency. */
	readonly units: bigint;
	/** Token identifier from `decideTid`. */
	readonly tid: number;
}

/** A token and what it really carries: never less than was asked for. */
export interface CurrencyToken {
	readonly digits: string;
	/** In 0.00001 of the currency. */
	readonly units: bigint;
}

/**
 * A currency token under the meter's decoder key.
 * @throws {RangeError} slip: a TID out of its range
 */
export function encodeCurrencyToken(
	wish: CurrencyWish,
	cipher: Cipher,
): CurrencyToken | { refusal: CurrencyRefusal } {
	const encoded = encodeCurrency(wish.units);
	if ('refusal' in encoded) return encoded;
	const { signExponent, field, units } = encoded;
	const digits = encodeToken(
		{
			classNumber: 0,
			subclass: CURRENCY_SUBCLASS[wish.service ?? 'electricity'],
			fields: { signExponent, tid: wish.tid, amount: field },
		},
		cipher,
	);
	return { digits, units };
}
