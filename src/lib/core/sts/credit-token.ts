/**
 * A credit token in units, class 0 subclass 0 … 3 (IEC 62055-41 6.2.2): what is asked for, and what the
 * token really carries.
 */
import { encodeUnits, type UnitsRefusal } from './amount-units.ts';
import type { Cipher } from './ciphers/cipher.ts';
import { encodeToken } from './encode.ts';
import type { Service } from './subclasses.ts';

/** Subclass of a units credit, by what it is for. */
export const CREDIT_SUBCLASS: Readonly<Record<Service, number>> = {
	electricity: 0,
	water: 1,
	gas: 2,
	time: 3,
};

/** A credit to be put on a token. */
export interface CreditWish {
	/** Electricity unless said otherwise. */
	readonly service?: Service;
	/** Whole units of 0.1 kWh, 0.1 m³ or 0.1 minute, 0 … 18,201,624. */
	readonly units: number;
	/** Token identifier from `decideTid`. */
	readonly tid: number;
	/** Four bits of chance, made where the key is. */
	readonly rnd: number;
}

/** A token and what it really carries: never less than was asked for. */
export interface CreditToken {
	readonly digits: string;
	readonly units: number;
}

/**
 * A credit token under the meter's decoder key.
 * @throws {RangeError} slip: a TID or RND out of its range
 */
export function encodeCreditToken(
	wish: CreditWish,
	cipher: Cipher,
): CreditToken | { refusal: UnitsRefusal } {
	const encoded = encodeUnits(wish.units);
	if ('refusal' in encoded) return encoded;
	const { rnd, tid } = wish;
	const digits = encodeToken(
		{
			classNumber: 0,
			subclass: CREDIT_SUBCLASS[wish.service ?? 'electricity'],
			fields: { rnd, tid, amount: encoded.field },
		},
		cipher,
	);
	return { digits, units: encoded.units };
}
