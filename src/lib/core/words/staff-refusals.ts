/**
 * Refusals that only staff meet: at tills, with technicians, in the office. Their sentences are English, like
 * the rest of what staff read. A code that is not here may meet a consumer and wants words in every language.
 */
import { REFUSALS, type RefusalCode } from '#lib/core/vending/refusals.ts';

export const STAFF_REFUSALS = [
	'meter-card-unreadable',
	'meter-card-other-meter',
	'meter-card-expired',
	'bank-card-refused',
	'blind-vend-not-allowed',
	'meter-already-blocked',
	'meter-not-blocked',
	'block-decision-needed',
	'reason-needed',
	'key-change-same',
	'key-revision-earlier',
	'webhook-signature',
	'engineering-value',
	'token-released',
	'reversal-superseded',
	'no-last-response',
	'sign-in-needed',
	'sign-in-failed',
	'session-ended',
	'passkey-wrong',
	'password-weak',
	'login-taken',
	'own-roles',
	'roles-conflict',
	'other-utility',
	'terminal-unknown',
	'terminal-revoked',
	'enrolment-code',
	'signature-missing',
	'signature-wrong',
	'signature-old',
	'signature-repeated',
	'approval-needed',
	'own-approval',
	'approval-decided',
	'float-exhausted',
	'vendor-suspended',
	'shift-needed',
	'batch-open',
	'batch-closed',
	'commission-exceeded',
	'banking-reference-used',
	'day-not-over',
	'day-closed',
	'arrears-exceeded',
	'tariff-invalid',
	'tariff-in-the-past',
	'field-device-unknown',
	'field-device-suspended',
	'field-device-revoked',
	'field-devices-exceeded',
	'job-closed',
	'pack-too-large',
	'journal-signature',
	'journal-gap',
	'journal-fork',
	'journal-suspended',
	'journal-other-till',
	'sale-unreadable',
	'entry-damaged',
	'sale-not-refused',
	'refund-amount',
	'offline-not-allowed',
	'offline-sale-cap',
	'offline-age-cap',
	'offline-count-cap',
	'offline-sum-cap',
	'offline-float',
	'reserve-not-allowed',
	'reserve-denomination',
	'reserve-meter',
	'reserve-count-cap',
	'reserve-sum-cap',
	'reserve-unknown',
	'reserve-ended',
	'reserve-held',
	'batch-not-reached',
	// Between a device and the backend: no screen shows them.
	'push-endpoint',
	'reminders-exceeded',
] as const satisfies readonly RefusalCode[];

export type StaffRefusal = (typeof STAFF_REFUSALS)[number];

/** What a consumer may meet. */
export type EverybodysRefusal = Exclude<RefusalCode, StaffRefusal>;

/** What a refusal says. */
export interface ProblemWords {
	/** A few words, for a heading. */
	readonly title: string;
	/** What happened, what it means, what to do. `facts` are limits and names, already formatted. */
	readonly detail: (facts: Readonly<Record<string, string>>) => string;
}

/** A row for every code: what a consumer should never meet is said in general words, with its code beside it. */
export function withStaffRefusals(
	problems: Readonly<Record<EverybodysRefusal, ProblemWords>>,
	otherwise: ProblemWords,
): Record<RefusalCode, ProblemWords> {
	const codes = Object.keys(REFUSALS) as RefusalCode[];
	const general = Object.fromEntries(codes.map((code) => [code, otherwise]));
	return { ...general, ...problems } as Record<RefusalCode, ProblemWords>;
}
