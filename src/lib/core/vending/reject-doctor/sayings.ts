/**
 * What a meter's display may say after a token: a closed list for people to choose from. The results are
 * the standard's (IEC 62055-41 8.2, sts.md §13.5); how a make spells them is not in any standard.
 */
import type { TokenResult } from '../../sts/decoder/token-result.ts';

interface SayingRow {
	/** The meter's results that look like this. */
	readonly results: readonly TokenResult[];
	/**
	 * What displays may show, capitals as on seven segments. Not verified on any make: others exist, and one
	 * spelling may mean two things.
	 */
	readonly spellings: readonly string[];
	/** Whether a meter that says this counts the entry towards its lock-out. */
	readonly counts: boolean;
}

/** One row for everything that can be said; the order is the order on the screen. */
export const SAYINGS = {
	accepted: { results: ['Accept'], spellings: ['ACCEPT', 'GOOD', 'OK'], counts: false },
	'key-part': {
		results: ['1stKCT', '2ndKCT', '3rdKCT', '4thKCT'],
		spellings: ['1st', '2nd', 'PLS 1st', 'PLS 2nd', 'KEY OK'],
		counts: false,
	},
	refused: { results: [], spellings: ['REJECT', 'rEJEct', 'FAIL', 'ERROR'], counts: true },
	'wrong-token': {
		results: ['CRCError'],
		spellings: ['WRONG TOKEN', 'CRC ERR', 'INVALID'],
		counts: true,
	},
	used: { results: ['UsedError'], spellings: ['USED', 'USEd', 'REPEAT'], counts: true },
	old: { results: ['OldError'], spellings: ['OLD', 'oLd'], counts: true },
	locked: { results: ['Lockout'], spellings: ['LOCKED', 'LOC', 'WAIT'], counts: false },
	'too-full': {
		results: ['OverflowError'],
		spellings: ['OVERFLOW', 'oFL', 'FULL'],
		counts: false,
	},
	expired: { results: ['KeyExpiredError'], spellings: ['EXPIRED', 'EHP'], counts: true },
	'no-token': { results: ['FormatError'], spellings: ['NOT A TOKEN', 'FORMAT'], counts: true },
	'timed-out': { results: [], spellings: ['TIME OUT', 't-out'], counts: false },
	'factory-key': { results: ['DDTKError'], spellings: ['DDTK', 'FACTORY KEY'], counts: true },
	'not-possible': {
		results: ['KeyTypeError', 'RangeError', 'FunctionError'],
		spellings: ['FUNCTION', 'RANGE', 'KEY TYPE'],
		counts: false,
	},
	'other-make': { results: ['MfrCodeError'], spellings: ['MFR', 'OTHER MAKE'], counts: false },
	'something-else': { results: [], spellings: [], counts: true },
	nothing: { results: [], spellings: [], counts: false },
} as const satisfies Record<string, SayingRow>;

/** What a display says, as a person chooses it. */
export type Saying = keyof typeof SAYINGS;

/** In the order of the table. */
export const SAYING_NAMES = Object.keys(SAYINGS) as readonly Saying[];

/** How a meter's own result is chosen. @throws {RangeError} slip: a result without a row */
export function sayingOf(result: TokenResult): Saying {
	const found = SAYING_NAMES.find((name) =>
		(SAYINGS[name].results as readonly TokenResult[]).includes(result),
	);
	if (!found) throw new RangeError(`no saying for ${result}`);
	return found;
}

/** Whether the meter took what was entered. */
export function isTakenSaying(saying: Saying): saying is 'accepted' | 'key-part' {
	return saying === 'accepted' || saying === 'key-part';
}
