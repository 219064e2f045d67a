/** What a meter says about a token, in plain words. One row per result. */
import { withDisplays, type TokenResultFacts } from '../token-result-words.ts';

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

export const tokenResults = withDisplays({
	Accept: {
		title: 'Accepted',
		detail: () => 'The meter has taken the token.',
	},
	'1stKCT': { title: 'Key change: part 1 taken', detail: sectionTaken },
	'2ndKCT': { title: 'Key change: part 2 taken', detail: sectionTaken },
	'3rdKCT': { title: 'Key change: part 3 taken', detail: sectionTaken },
	'4thKCT': { title: 'Key change: part 4 taken', detail: sectionTaken },
	OverflowError: {
		title: 'The meter is too full',
		detail: () =>
			'It cannot hold that much more credit. The token was not used: enter it again when some credit is gone.',
	},
	KeyTypeError: {
		title: 'Key change not allowed',
		detail: () =>
			'The meter may not change from its kind of key to the new one. Nothing has changed.',
	},
	FormatError: {
		title: 'Not a token',
		detail: () =>
			'No token looks like these digits. Compare them with the paper and key them in again.',
	},
	RangeError: {
		title: 'Value out of range',
		detail: () => 'The token carries a value this meter does not take. It was not used.',
	},
	FunctionError: {
		title: 'Not possible with this meter',
		detail: () => 'The token asks for something this meter cannot do. It was not used.',
	},
	OldError: {
		title: 'Too old',
		detail: () =>
			'The token is older than the oldest one the meter remembers, so it is not taken any more. Enter tokens oldest first. If this one was never used, call the help line.',
	},
	UsedError: {
		title: 'Already used',
		detail: ({ credit }) =>
			`The meter has taken this token before. Nothing was added now; it holds ${credit}.`,
	},
	KeyExpiredError: {
		title: 'Expired',
		detail: () =>
			'The key this token was made under has expired. Ask the utility for the key change, then for a new token.',
	},
	DDTKError: {
		title: 'The meter still has its factory key',
		detail: () =>
			'It takes credit only after its key change. Enter the key-change tokens first; this one was not used.',
	},
	CRCError: {
		title: 'Not for this meter, or mistyped',
		detail: () =>
			'Compare the meter number and every digit with the paper, then key the token in again.',
	},
	MfrCodeError: {
		title: 'For another make of meter',
		detail: () => 'This test token is for meters of another maker. Nothing was done.',
	},
	Lockout: {
		title: 'Locked for now',
		detail: () =>
			'After wrong entries the meter takes no token for a while. This one was not looked at and is still good.',
	},
});
