/**
 * Engineering tokens of class 2 that carry a TID (IEC 62055-41 6.2.4 ff., sts.md §2): limits, cleared
 * registers, cleared tamper, raw values. Limits in watts have the same exponent form as credits and are
 * rounded up; what is really set is given back.
 */
import { decodeUnits, encodeUnits, type UnitsRefusal } from './amount-units.ts';
import type { Cipher } from './ciphers/cipher.ts';
import type { CreditRegisterNumber } from './credit-register.ts';
import { encodeToken } from './encode.ts';

/** What a management token is to do. Raw values have 16 bits. */
export type ManagementOrder =
	| { readonly kind: 'set-power-limit'; readonly watts: number }
	| { readonly kind: 'set-phase-unbalance-limit'; readonly watts: number }
	| { readonly kind: 'clear-credit'; readonly register: CreditRegisterNumber }
	| { readonly kind: 'clear-tamper' }
	| { readonly kind: 'set-tariff-rate'; readonly value: number }
	| { readonly kind: 'set-water-factor'; readonly value: number }
	/** Value from `extendedValue` or `flagValue`. */
	| { readonly kind: 'extended-set'; readonly value: number };

/** Subclass of each order. */
export const MANAGEMENT_SUBCLASS: Readonly<Record<ManagementOrder['kind'], number>> = {
	'set-power-limit': 0,
	'clear-credit': 1,
	'set-tariff-rate': 2,
	'clear-tamper': 5,
	'set-phase-unbalance-limit': 6,
	'set-water-factor': 7,
	'extended-set': 10,
};

/** A token, and for a limit what it really sets. */
export interface ManagementToken {
	readonly digits: string;
	/** Only for limits: never below what was asked for. */
	readonly watts?: number;
}

/** The 16 bits that carry an order. @returns a refusal for watts that the field cannot carry */
export function managementValue(order: ManagementOrder): number | { refusal: UnitsRefusal } {
	if ('watts' in order) {
		const encoded = encodeUnits(order.watts);
		return 'refusal' in encoded ? encoded : encoded.field;
	}
	if (order.kind === 'clear-tamper') return 0;
	return 'register' in order ? order.register : order.value;
}

/**
 * A management token under the meter's decoder key.
 * @param stamp TID from `decideTid`, and four bits of chance
 * @throws {RangeError} slip: a TID, RND or raw value out of its range
 */
export function encodeManagementToken(
	order: ManagementOrder,
	stamp: { readonly tid: number; readonly rnd: number },
	cipher: Cipher,
): ManagementToken | { refusal: UnitsRefusal } {
	const value = managementValue(order);
	if (typeof value !== 'number') return value;
	const subclass = MANAGEMENT_SUBCLASS[order.kind];
	const fields = { rnd: stamp.rnd, tid: stamp.tid, value };
	const digits = encodeToken({ classNumber: 2, subclass, fields }, cipher);
	return 'watts' in order ? { digits, watts: decodeUnits(value) } : { digits };
}
