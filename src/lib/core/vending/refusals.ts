/**
 * Every way the vending backend says no, as a closed table: one row per code, in no order of its own
 * (each decision documents its order of precedence). The code is stable and public: it is the last part
 * of a problem document's `type` (RFC 9457). `xmlVend` names the XMLVend 2.1 fault a person may know.
 * `again` answers the one question a caller has: can the same request succeed later, unchanged?
 */

interface RefusalRow {
	/** HTTP status of the problem document. */
	readonly status: number;
	/** `later`: the same request may be sent again; `never`: it will not succeed as it is. */
	readonly again: 'later' | 'never';
	readonly xmlVend?: string;
}

export const REFUSALS = {
	// The request itself
	'body-not-json': { status: 400, again: 'never', xmlVend: 'XMLVendSchemaEx' },
	'body-too-large': { status: 413, again: 'never', xmlVend: 'XMLVendSchemaEx' },
	'body-shape': { status: 422, again: 'never', xmlVend: 'XMLVendSchemaEx' },
	'id-not-uuid': { status: 400, again: 'never', xmlVend: 'XMLVendSchemaEx' },
	'id-reused': { status: 409, again: 'never' },
	'not-found': { status: 404, again: 'never' },
	'method-not-allowed': { status: 405, again: 'never', xmlVend: 'UseCaseSupportEx' },
	'too-many-requests': { status: 429, again: 'later' },
	// The meter
	'meter-card-unreadable': { status: 422, again: 'never', xmlVend: 'STSDataEx' },
	'meter-card-other-meter': { status: 422, again: 'never', xmlVend: 'STSDataEx' },
	'meter-card-expired': { status: 422, again: 'never', xmlVend: 'STSDataEx' },
	'bank-card-refused': { status: 422, again: 'never', xmlVend: 'STSDataEx' },
	'blind-vend-not-allowed': { status: 403, again: 'never', xmlVend: 'UnknownMeterEx' },
	'key-change-needed': { status: 409, again: 'never', xmlVend: 'LatestKRNEx' },
	'key-change-same': { status: 409, again: 'never', xmlVend: 'UpdateMtrKeySameEx' },
	'key-revision-earlier': { status: 409, again: 'never' },
	'key-change-not-allowed': { status: 409, again: 'never', xmlVend: 'STSDataEx' },
	'meter-number-empty': { status: 422, again: 'never', xmlVend: 'InsufficientMeterDataEx' },
	'meter-number-not-digits': { status: 422, again: 'never', xmlVend: 'InsufficientMeterDataEx' },
	'meter-number-length': { status: 422, again: 'never', xmlVend: 'InsufficientMeterDataEx' },
	'meter-check-digit': { status: 422, again: 'never', xmlVend: 'MSNOCheckDigitEx' },
	'meter-unknown': { status: 404, again: 'never', xmlVend: 'UnknownMeterEx' },
	'meter-blocked': { status: 409, again: 'never', xmlVend: 'BlockedMeterEx' },
	'meter-already-blocked': { status: 409, again: 'never' },
	'meter-not-blocked': { status: 409, again: 'never' },
	'block-decision-needed': { status: 409, again: 'never' },
	'reason-needed': { status: 422, again: 'never' },
	'decoder-key-withheld': { status: 403, again: 'never', xmlVend: 'SGCAuthorisationEx' },
	// The money
	'amount-not-whole': { status: 422, again: 'never' },
	'amount-not-positive': { status: 422, again: 'never' },
	'amount-below-minimum': { status: 422, again: 'never' },
	'amount-above-maximum': { status: 422, again: 'never' },
	'amount-buys-nothing': { status: 422, again: 'never', xmlVend: 'DebtEx' },
	'currency-unknown': { status: 422, again: 'never' },
	'confirmation-needed': { status: 409, again: 'never' },
	'price-changed': { status: 409, again: 'never' },
	'payment-mismatch': { status: 409, again: 'never' },
	'payment-failed': { status: 409, again: 'never' },
	'payment-no-funds': { status: 409, again: 'never' },
	'payment-expired': { status: 409, again: 'never' },
	'payment-taken-back': { status: 409, again: 'never' },
	'webhook-signature': { status: 401, again: 'never' },
	// The token
	'vending-key-not-active': { status: 409, again: 'later', xmlVend: 'SGCAuthorisationEx' },
	'vending-key-issue-ended': { status: 409, again: 'never', xmlVend: 'SGCAuthorisationEx' },
	'vending-key-limit': { status: 409, again: 'later', xmlVend: 'SGCAuthorisationEx' },
	'vending-key-type': { status: 409, again: 'never', xmlVend: 'STSDataEx' },
	'security-module-refused': { status: 409, again: 'never', xmlVend: 'STSDataEx' },
	'token-unreadable': { status: 422, again: 'never', xmlVend: 'VerifyTokenEx' },
	'engineering-value': { status: 422, again: 'never', xmlVend: 'STSDataEx' },
	'token-released': { status: 409, again: 'never', xmlVend: 'ReversalEx' },
	'reversal-superseded': { status: 409, again: 'never', xmlVend: 'ReversalEx' },
	'vend-reversed': { status: 409, again: 'never', xmlVend: 'CancelEx' },
	'vend-not-issued': { status: 409, again: 'never', xmlVend: 'ReprintEx' },
	'fbe-not-entitled': { status: 409, again: 'never', xmlVend: 'FBEEx' },
	'fbe-claimed': { status: 409, again: 'never', xmlVend: 'FBEEx' },
	'fbe-not-by-app': { status: 403, again: 'never', xmlVend: 'FBEEx' },
	'fbe-phone-needed': { status: 403, again: 'never', xmlVend: 'FBEEx' },
	'no-last-response': { status: 404, again: 'never', xmlVend: 'LastResponseEx' },
	'vending-key-expired': { status: 409, again: 'never', xmlVend: 'LatestKRNEx' },
	'vending-key-unknown': { status: 409, again: 'never', xmlVend: 'SGCAuthorisationEx' },
	'tid-exhausted': { status: 409, again: 'never', xmlVend: 'STSDataEx' },
	// Who asks
	'sign-in-needed': { status: 401, again: 'never', xmlVend: 'RequestAuthorisationEx' },
	'sign-in-failed': { status: 401, again: 'never', xmlVend: 'RequestAuthorisationEx' },
	'locked-out': { status: 429, again: 'later', xmlVend: 'RequestAuthorisationEx' },
	'session-ended': { status: 401, again: 'never', xmlVend: 'RequestAuthorisationEx' },
	'passkey-wrong': { status: 401, again: 'never', xmlVend: 'RequestAuthorisationEx' },
	'code-wrong': { status: 401, again: 'never', xmlVend: 'RequestAuthorisationEx' },
	'cross-site': { status: 403, again: 'never', xmlVend: 'RequestAuthorisationEx' },
	'password-weak': { status: 422, again: 'never' },
	'login-taken': { status: 409, again: 'never' },
	'own-roles': { status: 403, again: 'never', xmlVend: 'RequestAuthorisationEx' },
	'roles-conflict': { status: 422, again: 'never', xmlVend: 'RequestAuthorisationEx' },
	'not-allowed': { status: 403, again: 'never', xmlVend: 'RequestAuthorisationEx' },
	'other-utility': { status: 403, again: 'never', xmlVend: 'SGCAuthorisationEx' },
	'terminal-unknown': { status: 401, again: 'never', xmlVend: 'ClientIDAuthorisationEx' },
	'terminal-revoked': { status: 403, again: 'never', xmlVend: 'ClientIDAuthorisationEx' },
	'enrolment-code': { status: 403, again: 'never', xmlVend: 'ClientIDAuthorisationEx' },
	'signature-missing': { status: 401, again: 'never', xmlVend: 'ClientIDSSLEx' },
	'signature-wrong': { status: 401, again: 'never', xmlVend: 'ClientIDSSLEx' },
	'signature-old': { status: 401, again: 'never', xmlVend: 'ClientIDSSLEx' },
	'signature-repeated': { status: 409, again: 'never', xmlVend: 'ClientIDSSLEx' },
	'approval-needed': { status: 403, again: 'never', xmlVend: 'RequestAuthorisationEx' },
	'own-approval': { status: 403, again: 'never', xmlVend: 'RequestAuthorisationEx' },
	'approval-decided': { status: 409, again: 'never' },
	// The vendor
	'float-exhausted': { status: 409, again: 'later', xmlVend: 'VendorCreditEx' },
	'vendor-suspended': { status: 403, again: 'never', xmlVend: 'ClientIDAuthorisationEx' },
	'shift-needed': { status: 409, again: 'never', xmlVend: 'StartBatchEx' },
	'batch-open': { status: 409, again: 'never', xmlVend: 'StartBatchEx' },
	'batch-closed': { status: 409, again: 'never', xmlVend: 'EndBatchEx' },
	'commission-exceeded': { status: 409, again: 'never' },
	'banking-reference-used': { status: 409, again: 'never' },
	// The office
	'day-not-over': { status: 409, again: 'later' },
	'day-closed': { status: 409, again: 'never' },
	'refund-settled': { status: 409, again: 'never' },
	'meter-busy': { status: 409, again: 'later' },
	'arrears-exceeded': { status: 409, again: 'never' },
	'tariff-invalid': { status: 422, again: 'never' },
	'tariff-in-the-past': { status: 422, again: 'never' },
	'phone-number': { status: 422, again: 'never' },
	'push-endpoint': { status: 422, again: 'never' },
	'reminders-exceeded': { status: 409, again: 'later' },
	// The field
	'field-device-unknown': { status: 404, again: 'never' },
	'field-device-suspended': { status: 403, again: 'never' },
	'field-device-revoked': { status: 403, again: 'never' },
	'field-devices-exceeded': { status: 409, again: 'later' },
	'job-closed': { status: 409, again: 'never' },
	'pack-too-large': { status: 409, again: 'later' },
	'journal-signature': { status: 422, again: 'never' },
	'journal-gap': { status: 409, again: 'later' },
	'journal-fork': { status: 409, again: 'never' },
	// The till without a network
	'journal-suspended': { status: 403, again: 'never', xmlVend: 'ClientIDAuthorisationEx' },
	'journal-other-till': { status: 403, again: 'never', xmlVend: 'ClientIDAuthorisationEx' },
	'claim-code': { status: 422, again: 'never' },
	'sale-unreadable': { status: 422, again: 'never' },
	'entry-damaged': { status: 422, again: 'never' },
	'sale-not-refused': { status: 409, again: 'never' },
	'refund-amount': { status: 422, again: 'never' },
	'offline-not-allowed': { status: 403, again: 'never' },
	'offline-sale-cap': { status: 409, again: 'never' },
	'offline-age-cap': { status: 409, again: 'never' },
	'offline-count-cap': { status: 409, again: 'never' },
	'offline-sum-cap': { status: 409, again: 'never' },
	'offline-float': { status: 409, again: 'never', xmlVend: 'VendorCreditEx' },
	'reserve-not-allowed': { status: 403, again: 'never' },
	'reserve-denomination': { status: 422, again: 'never' },
	'reserve-meter': { status: 409, again: 'never' },
	'reserve-count-cap': { status: 409, again: 'later' },
	'reserve-sum-cap': { status: 409, again: 'later' },
	'reserve-unknown': { status: 404, again: 'never' },
	'reserve-ended': { status: 409, again: 'never' },
	'reserve-sealed': { status: 409, again: 'never' },
	'reserve-held': { status: 409, again: 'later' },
	// The house
	'batch-not-reached': { status: 503, again: 'later', xmlVend: 'SystemEx' },
	'provider-unavailable': { status: 503, again: 'later', xmlVend: 'SystemEx' },
	'database-unavailable': { status: 503, again: 'later', xmlVend: 'SystemEx' },
	'database-older': { status: 503, again: 'later', xmlVend: 'SystemEx' },
	'security-module-unavailable': { status: 503, again: 'later', xmlVend: 'SystemEx' },
	stopping: { status: 503, again: 'later', xmlVend: 'SystemEx' },
	'internal-error': { status: 500, again: 'later', xmlVend: 'SystemEx' },
} as const satisfies Record<string, RefusalRow>;

export type RefusalCode = keyof typeof REFUSALS;

/** Whether a text is a code of the table: an older app may meet a newer server's code. */
export function isRefusalCode(text: string): text is RefusalCode {
	return Object.hasOwn(REFUSALS, text);
}

/** The code, or `internal-error` where it stands for one that is not known here. */
export const refusalCodeOf = (text: string): RefusalCode =>
	isRefusalCode(text) ? text : 'internal-error';

/** Can sending the very same request again help? */
export function canTryAgain(code: RefusalCode): boolean {
	return REFUSALS[code].again === 'later';
}
