/**
 * The meter's primary account number, 18 digits: issuer (IIN), DRN, check digit (IEC 62055-41 6.1.2,
 * sts.md §10.1). The issuer follows from the DRN: 600727 before eleven digits, 0000 before thirteen.
 */
import { parseDrn } from './drn.ts';
import { isLuhnRight, luhnDigit } from './luhn.ts';

/** Issuer before a DRN of 11 digits. */
export const IIN_OF_11 = '600727';

/** Issuer before a DRN of 13 digits. */
export const IIN_OF_13 = '0000';

/** The PAN that stands in for all meters of a group in common (KT 3) keys (sts.md §11.6). */
export const COMMON_PAN = '600727000000000000';

/** Why a text is not a meter PAN, in order of precedence. */
export type MeterPanRefusal =
	'empty' | 'not-digits' | 'wrong-length' | 'unknown-issuer' | 'check-digit' | 'drn-check-digit';

/** A meter PAN in its parts. */
export interface MeterPan {
	/** All 18 digits. */
	readonly pan: string;
	readonly iin: string;
	readonly drn: string;
}

/**
 * The PAN of a meter number.
 * @throws {RangeError} slip: a DRN that `parseDrn` refuses
 */
export function meterPanOf(drn: string): string {
	const parsed = parseDrn(drn);
	if (!('drn' in parsed)) throw new RangeError(`not a DRN: ${parsed.refusal}`);
	const digits = (parsed.drn.length === 11 ? IIN_OF_11 : IIN_OF_13) + parsed.drn;
	return digits + String(luhnDigit(digits));
}

/** Eighteen digits as issuer and DRN, with both check digits checked. */
export function parseMeterPan(text: string): MeterPan | { refusal: MeterPanRefusal } {
	const pan = text.replace(/[\s-]+/g, '');
	if (pan === '') return { refusal: 'empty' };
	if (!/^[0-9]+$/.test(pan)) return { refusal: 'not-digits' };
	if (pan.length !== 18) return { refusal: 'wrong-length' };
	const iin = [IIN_OF_11, IIN_OF_13].find((issuer) => pan.startsWith(issuer));
	if (iin === undefined) return { refusal: 'unknown-issuer' };
	if (!isLuhnRight(pan)) return { refusal: 'check-digit' };
	const drn = pan.slice(iin.length, -1);
	return isLuhnRight(drn) ? { pan, iin, drn } : { refusal: 'drn-check-digit' };
}
