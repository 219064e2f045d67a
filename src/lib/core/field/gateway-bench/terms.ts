/** The closed lists of the bench. */

/** What a meter is asked to show, in the order in which it is. */
export const CASE_GROUPS = ['line', 'security', 'tokens', 'decoder', 'key-change'] as const;
export type CaseGroup = (typeof CASE_GROUPS)[number];

/** What a case needs besides a meter that answers. */
export const CASE_NEEDS = [
	/** The decoder key of a meter of the public-test estate. No other key is ever taken. */
	'test-key',
	/** An association that is ciphered. */
	'ciphering',
	/** A mechanism with a secret. */
	'secret',
	/** The system title that the meter should have. */
	'expected-title',
	/** Somebody at the meter. */
	'hand',
	/** Minutes rather than seconds: left out of a quick run. */
	'time',
	/** The maker says that the meter locks after wrong tokens; the standard leaves it to makers. */
	'claims-lockout',
	/** The maker says that the meter looks at the key's expiry; the standard leaves it to makers. */
	'claims-expiry',
] as const;
export type CaseNeed = (typeof CASE_NEEDS)[number];

/** What a case changes in the meter, said before anything begins. */
export const CASE_CHANGES = [
	/** Tokens of a tenth of a kilowatt-hour are entered between the cases, and larger ones in some. */
	'adds-credit',
	/** What the meter holds is wiped and given back, in whole tenths of a kilowatt-hour. */
	'wipes-credit',
	/** Set, and set back where a token can do that. */
	'sets-limit',
	'clears-tamper',
	/** To a key of the bench and back. */
	'changes-key',
	/** The meter forgets the tokens it took; afterwards every earlier one is old to it. */
	'forgets-tokens',
	/** Token identifiers of the next minutes are used, so that tokens sold meanwhile are old. */
	'fills-store',
	/** The meter takes no token for some seconds. */
	'locks',
] as const;
export type CaseChange = (typeof CASE_CHANGES)[number];

/** Why a case was not tried. */
export const SKIP_REASONS = [
	'no-test-key',
	/** The meter has another key than its papers say. */
	'key-differs',
	/** No token was taken, whatever identifier it had. */
	'no-token-taken',
	'no-ciphering',
	'no-secret',
	'title-unknown',
	'takes-time',
	'nobody-at-the-meter',
	'not-claimed',
	/** The meter does not have, or does not show, what the case is about. */
	'not-in-this-meter',
	/** A debt or a loan takes its share of each token. */
	'debt',
	/** The key is in the first weeks of its base date: none can have expired yet. */
	'key-too-young',
	/** A case that the others rest upon has failed. */
	'after-failure',
	/** The line was lost before. */
	'line-lost',
	'called-off',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What is waited for. */
export const WAIT_REASONS = ['final-status', 'lockout', 'key-change-timeout'] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

/** What a person is asked to do. */
export const HAND_REQUESTS = ['open-cover'] as const;
export type HandRequest = (typeof HAND_REQUESTS)[number];

export const CASE_VERDICTS = ['passed', 'failed', 'unknown', 'skipped'] as const;
export type CaseVerdict = (typeof CASE_VERDICTS)[number];
