/** What a till itself says no to, before anything is asked or written: closed lists with words in `core/words`. */

/** Why a device is not enrolled, in order of precedence. */
export const ENROL_REFUSALS = [
	/** Its check character is wrong, or it is of another length. */
	'code-mistyped',
	/** It is a till already, and not everything of it is handed in. */
	'rows-wait',
] as const;
export type EnrolRefusal = (typeof ENROL_REFUSALS)[number];

/** Why somebody who signed in may not stand at this till. */
export const OPERATOR_REFUSALS = [
	/** This device is no till, or no longer. */
	'not-enrolled',
	/** They sell for nobody. */
	'not-an-agent',
	'other-utility',
	/** They sell for somebody else. */
	'other-vendor',
] as const;
export type OperatorRefusal = (typeof OPERATOR_REFUSALS)[number];

/** Why a tariff pack that came is not taken, in order of precedence. */
export const TARIFF_PACK_REFUSALS = ['other-utility', 'other-terminal', 'expired'] as const;
export type TariffPackRefusal = (typeof TARIFF_PACK_REFUSALS)[number];

/**
 * Whether a pack is this till's. Order: that of `TARIFF_PACK_REFUSALS`; undefined: it is.
 * @param nowMs by the server's clock, as well as it is known
 */
export function decidePack(
	pack: {
		readonly utilityId: string;
		readonly terminalId: string;
		readonly utility: { readonly currency: { readonly code: string } };
		readonly validUntilMs: number;
	},
	till: {
		readonly utilityId: string;
		readonly terminalId: string;
		readonly utility: { readonly currency: { readonly code: string } };
	},
	nowMs: number,
): TariffPackRefusal | undefined {
	const isOther = pack.utility.currency.code !== till.utility.currency.code;
	if (pack.utilityId !== till.utilityId || isOther) return 'other-utility';
	if (pack.terminalId !== till.terminalId) return 'other-terminal';
	return pack.validUntilMs <= nowMs ? 'expired' : undefined;
}

/** Why nothing more of a till's journal is handed in. */
export const TILL_STOPS = [
	/** The office has revoked this till. */
	'revoked',
	/** The journal contradicts what the backend has: enrol anew. */
	'suspended',
	/** The backend knows no such till. */
	'unknown',
	/** The till's keys are gone: the browser threw them away. */
	'keys-missing',
] as const;
export type TillStop = (typeof TILL_STOPS)[number];
