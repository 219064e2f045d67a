/**
 * What a decoder key depends on besides the vending key, and what both sides must agree on for a token
 * to be understood (IEC 62055-41 6.1 and 6.5.2, sts.md §10.2).
 */
import { isEa, type Ea } from './algorithms.ts';
import { isKeyType, type KeyType } from './key-type.ts';
import { isLuhnRight } from './luhn.ts';
import { COMMON_PAN } from './meter-pan.ts';
import { isBaseDate, type BaseDate } from './tid.ts';

/** The attributes of one decoder key. */
export interface KeyAttributes {
	/** Meter PAN, 18 digits. */
	readonly pan: string;
	readonly ea: Ea;
	/** Supply group code, 6 digits. */
	readonly sgc: string;
	/** Tariff index, 0 … 99. */
	readonly ti: number;
	/** Key revision number, 1 … 9. */
	readonly krn: number;
	readonly kt: KeyType;
	readonly baseDate: BaseDate;
}

/** Why a set of attributes is not one, in order of precedence. */
export type KeyAttributesRefusal =
	| 'unknown-ea'
	| 'pan-not-18-digits'
	| 'pan-check-digit'
	| 'sgc-not-6-digits'
	| 'ti-out-of-range'
	| 'krn-out-of-range'
	| 'unknown-key-type'
	| 'unknown-base-date';

function isWholeWithin(value: number, from: number, to: number): boolean {
	return Number.isInteger(value) && value >= from && value <= to;
}

/** Whether a number is a key revision number: 1 … 9. */
export function isKrn(value: number): boolean {
	return isWholeWithin(value, 1, 9);
}

/** Whether a number is a tariff index: 0 … 99. */
export function isTariffIndex(value: number): boolean {
	return isWholeWithin(value, 0, 99);
}

/** Whether a number is a key expiry number: 0 … 255. */
export function isKen(value: number): boolean {
	return isWholeWithin(value, 0, 255);
}

/** Whether a text is a supply group code: six digits. */
export function isSgc(text: string): boolean {
	return /^[0-9]{6}$/.test(text);
}

/** The first thing wrong with a set of attributes, or nothing. The PAN's issuer is not looked at. */
export function checkKeyAttributes(attributes: KeyAttributes): KeyAttributesRefusal | undefined {
	if (!isEa(attributes.ea)) return 'unknown-ea';
	if (!/^[0-9]{18}$/.test(attributes.pan)) return 'pan-not-18-digits';
	// The stand-in of common keys has no check digit.
	if (!isLuhnRight(attributes.pan) && attributes.pan !== COMMON_PAN) return 'pan-check-digit';
	if (!isSgc(attributes.sgc)) return 'sgc-not-6-digits';
	if (!isTariffIndex(attributes.ti)) return 'ti-out-of-range';
	if (!isKrn(attributes.krn)) return 'krn-out-of-range';
	if (!isKeyType(attributes.kt)) return 'unknown-key-type';
	if (!isBaseDate(attributes.baseDate)) return 'unknown-base-date';
	return undefined;
}

/** The key revision number after another: 9 is followed by 1 (sts.md §10.2). */
export function nextKrn(krn: number): number {
	return krn === 9 ? 1 : krn + 1;
}
