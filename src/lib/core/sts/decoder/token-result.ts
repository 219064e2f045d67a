/**
 * What a meter says about a token, by the standard's names (IEC 62055-41 7, sts.md §13.2–13.8), with the
 * stage at which it was decided and the number one widespread maker shows for it.
 */

/** How far a token came. */
export type TokenStage = 'lockout' | 'format' | 'authentication' | 'validation' | 'execution';

/** Every result. `register`: the maker's status number, where it has one. */
export const TOKEN_RESULTS = {
	Accept: { stage: 'execution', taken: true, register: 1 },
	'1stKCT': { stage: 'execution', taken: true, register: 2 },
	'2ndKCT': { stage: 'execution', taken: true, register: 3 },
	'3rdKCT': { stage: 'execution', taken: true, register: undefined },
	'4thKCT': { stage: 'execution', taken: true, register: undefined },
	OverflowError: { stage: 'execution', taken: false, register: 4 },
	KeyTypeError: { stage: 'execution', taken: false, register: 5 },
	FormatError: { stage: 'format', taken: false, register: 6 },
	RangeError: { stage: 'execution', taken: false, register: 7 },
	FunctionError: { stage: 'execution', taken: false, register: 8 },
	OldError: { stage: 'validation', taken: false, register: 9 },
	UsedError: { stage: 'validation', taken: false, register: 10 },
	KeyExpiredError: { stage: 'validation', taken: false, register: 11 },
	DDTKError: { stage: 'validation', taken: false, register: 12 },
	CRCError: { stage: 'authentication', taken: false, register: 13 },
	MfrCodeError: { stage: 'authentication', taken: false, register: 14 },
	Lockout: { stage: 'lockout', taken: false, register: 15 },
} as const satisfies Record<
	string,
	{ stage: TokenStage; taken: boolean; register: number | undefined }
>;

/** Name of a result. */
export type TokenResult = keyof typeof TOKEN_RESULTS;

/** A result that a key-change section can have when it is taken. */
export type SectionResult = '1stKCT' | '2ndKCT' | '3rdKCT' | '4thKCT';

/** A result of a token that was not taken, and may be entered again once its cause is gone. */
export type TokenRefusal = Exclude<TokenResult, 'Accept' | SectionResult>;

/** Whether the meter took the token. */
export function isTaken(result: TokenResult): boolean {
	return TOKEN_RESULTS[result].taken;
}

/** Whether a name is a result of a token, and not of something else that was keyed in. */
export function isTokenResult(name: string): name is TokenResult {
	return Object.hasOwn(TOKEN_RESULTS, name);
}
