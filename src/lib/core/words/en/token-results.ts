/** What a meter says about a token: on its own display, and in plain words. One row per result. */
import type { TokenResult } from '#lib/core/sts/decoder/token-result.ts';

/** What the sentences need, already formatted. */
export interface TokenResultFacts {
	/** What the meter holds now, `115.6 kWh`. */
	readonly credit: string;
	/** Parts of a key change still wanted, `2, 3`; empty when the key has changed. */
	readonly missing: string;
}

interface TokenResultWords {
	/** At most sixteen capitals and figures, as on the meter. */
	readonly display: string;
	readonly title: string;
	readonly detail: (facts: TokenResultFacts) => string;
}

/** What an accepted token did, by its kind. */
export const tokenDone = {
	credited: (added: string, credit: string) => `${added} added. The meter now holds ${credit}.`,
	creditCleared: (cleared: string) => `The credit of ${cleared} is wiped.`,
	powerLimitSet: (watts: string) => `The meter switches off above ${watts} W from now on.`,
	phaseLimitSet: (watts: string) => `The phases may differ by ${watts} W from now on.`,
	tamperCleared: 'The tamper alarm is cleared.',
	shown: 'The meter shows what the test token asked for.',
};

const sectionTaken = ({ missing }: TokenResultFacts): string =>
	missing === ''
		? 'The key of this meter has changed. Tokens made under the old key no longer work.'
		: `Enter part ${missing} as well. The key changes when all parts are in.`;

export const tokenResults: Record<TokenResult, TokenResultWords> = {
	Accept: {
		display: 'ACCEPTED',
		title: 'Accepted',
		detail: () => 'The meter has taken the token.',
	},
	'1stKCT': { display: 'KEY PART 1 OK', title: 'Key change: part 1 taken', detail: sectionTaken },
	'2ndKCT': { display: 'KEY PART 2 OK', title: 'Key change: part 2 taken', detail: sectionTaken },
	'3rdKCT': { display: 'KEY PART 3 OK', title: 'Key change: part 3 taken', detail: sectionTaken },
	'4thKCT': { display: 'KEY PART 4 OK', title: 'Key change: part 4 taken', detail: sectionTaken },
	OverflowError: {
		display: 'CREDIT TOO HIGH',
		title: 'The meter is too full',
		detail: () =>
			'It cannot hold that much more credit. The token was not used: enter it again when some credit is gone.',
	},
	KeyTypeError: {
		display: 'KEY TYPE',
		title: 'Key change not allowed',
		detail: () =>
			'The meter may not change from its kind of key to the new one. Nothing has changed.',
	},
	FormatError: {
		display: 'NOT A TOKEN',
		title: 'Not a token',
		detail: () =>
			'No token looks like these digits. Compare them with the paper and key them in again.',
	},
	RangeError: {
		display: 'OUT OF RANGE',
		title: 'Value out of range',
		detail: () => 'The token carries a value this meter does not take. It was not used.',
	},
	FunctionError: {
		display: 'NO FUNCTION',
		title: 'Not possible with this meter',
		detail: () => 'The token asks for something this meter cannot do. It was not used.',
	},
	OldError: {
		display: 'OLD',
		title: 'Too old',
		detail: () =>
			'The token is older than the oldest one the meter remembers, so it is not taken any more. Enter tokens oldest first. If this one was never used, call the help line.',
	},
	UsedError: {
		display: 'USED',
		title: 'Already used',
		detail: ({ credit }) =>
			`The meter has taken this token before. Nothing was added now; it holds ${credit}.`,
	},
	KeyExpiredError: {
		display: 'EXPIRED',
		title: 'Expired',
		detail: () =>
			'The key this token was made under has expired. Ask the utility for the key change, then for a new token.',
	},
	DDTKError: {
		display: 'FACTORY KEY',
		title: 'The meter still has its factory key',
		detail: () =>
			'It takes credit only after its key change. Enter the key-change tokens first; this one was not used.',
	},
	CRCError: {
		display: 'WRONG TOKEN',
		title: 'Not for this meter, or mistyped',
		detail: () =>
			'Compare the meter number and every digit with the paper, then key the token in again.',
	},
	MfrCodeError: {
		display: 'OTHER MAKE',
		title: 'For another make of meter',
		detail: () => 'This test token is for meters of another maker. Nothing was done.',
	},
	Lockout: {
		display: 'LOCKED',
		title: 'Locked for now',
		detail: () =>
			'After wrong entries the meter takes no token for a while. This one was not looked at and is still good.',
	},
};
