/** What scanning can end with instead of a meter: closed lists with words in `core/words`. */

/** Why a text that was scanned is not taken, in order of precedence. */
export const SCAN_REFUSALS = [
	'scan-empty',
	'scan-too-long',
	'bank-card-refused',
	/** Twenty digits: that is what the meter takes, not what it is called. */
	'scan-a-token',
	/** A code that a payment app takes: it says whom to pay, not for which meter. */
	'scan-payment',
	'meter-card-unreadable',
	/** A number as long as a meter card's, of an issuer that makes no prepaid meters. */
	'scan-other-issuer',
	'meter-check-digit',
	/** Two meters are named: nobody can know which is meant. */
	'scan-two-meters',
	'scan-not-a-meter',
] as const;
export type ScanRefusal = (typeof SCAN_REFUSALS)[number];

/** Why a camera shows nothing. Typing goes on in every case. */
export const SCAN_FAULTS = [
	/** The page is not on a secure connection, or the browser knows no cameras. */
	'no-support',
	'no-camera',
	/** The person, or whoever set the device up, does not let the page see. */
	'not-allowed',
	/** Another app has it. */
	'busy',
	/** What reads codes was never fetched on this device, and cannot be now. */
	'not-loaded',
	'failed',
] as const;
export type ScanFaultKind = (typeof SCAN_FAULTS)[number];
