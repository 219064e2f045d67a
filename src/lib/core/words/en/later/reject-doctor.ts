/** Why a meter refused a token: what is asked, what is found, and the one thing to do. */
import type { CauseName, NextStep } from '#lib/core/vending/reject-doctor/causes.ts';
import type { Saying } from '#lib/core/vending/reject-doctor/sayings.ts';
import type { Slip } from '#lib/core/vending/reject-doctor/slip.ts';

/** What the sentences of a cause need, already formatted. */
export interface CauseFacts {
	/** The meter the token is for, in groups. */
	readonly meter: string;
	/** The number on the meter they stand at, in groups; may be empty. */
	readonly typedMeter: string;
	/** How long ago the token was made, `2 days ago`. */
	readonly ago: string;
}

interface CauseWords {
	readonly title: string;
	/** What it means, and no more than is known. */
	readonly detail: (facts: CauseFacts) => string;
}

/** What a slip is, for a person who looks at the two rows. `group` and `count` are numbers. */
const slips: Record<Slip['kind'], (group: string, count: string) => string> = {
	digit: (group) => `One digit of group ${group} is another.`,
	swapped: (group) => `Two digits have changed places, the first of them in group ${group}.`,
	missing: (group, count) =>
		count === '1'
			? `A digit of group ${group} is missing.`
			: `From group ${group} on, ${count} digits are missing.`,
	extra: (group, count) =>
		count === '1'
			? `There is a digit too many at group ${group}.`
			: `There are ${count} digits too many at group ${group}.`,
	several: (group) => `More than one digit is different. The first is in group ${group}.`,
};

/** A choice of the display; below it stands how makes may spell it. */
const sayings: Record<Saying, string> = {
	accepted: 'It was accepted after all',
	'key-part': 'Key part taken: 1st, 2nd',
	refused: 'Only that it is refused',
	'wrong-token': 'Wrong or invalid token',
	used: 'Used before',
	old: 'Too old',
	locked: 'Locked, or wait',
	'too-full': 'Too much credit',
	expired: 'Expired',
	'no-token': 'Not a token',
	'timed-out': 'Time is over',
	'factory-key': 'Factory key',
	'not-possible': 'Not possible here',
	'other-make': 'For another make',
	'something-else': 'Something else',
	nothing: 'Nothing: it is dark, or as before',
};

const causes: Record<CauseName, CauseWords> = {
	slip: {
		title: 'A digit went wrong',
		detail: () => 'What you typed is not the token. The token itself is still good.',
	},
	'another-token': {
		title: 'That was another token',
		detail: () => 'What was typed is a different token than this one. This one is still good.',
	},
	'other-meter': {
		title: 'This is another meter',
		detail: ({ meter, typedMeter }) =>
			`You stand at meter ${typedMeter}. The token is for meter ${meter} and works in that one only. It is still good.`,
	},
	'key-set-first': {
		title: 'The new key comes first',
		detail: () =>
			'The meter needs its key-change tokens before this one. Key them in, then this token again. It is still good.',
	},
	'key-set-half': {
		title: 'A part of the new key is missing',
		detail: () =>
			'By your word not all key-change tokens are in. Key in the whole set, from the first, then this token again.',
	},
	'key-set-slow': {
		title: 'The key parts went in too far apart',
		detail: () =>
			'Most meters drop the first part when the next takes longer than ten minutes. Key the set in again without a long pause, then this token.',
	},
	'key-set-done': {
		title: 'The new key seems to be in',
		detail: () =>
			'By your word all parts went in before. The meter then has its new key, and its parts no longer fit. Go on with the next token.',
	},
	'old-key': {
		title: 'The meter has a newer key',
		detail: ({ ago }) =>
			`This token was made ${ago}, before the new key that has gone in by your word. A meter with a new key does not read it. The help line can replace it.`,
	},
	used: {
		title: 'It seems to be in already',
		detail: () =>
			'A meter takes a token once. It has very likely taken this one before, and the credit is there. If you typed from an older message, it may be that token that is used. If the credit has not risen, call the help line.',
	},
	'newer-first': {
		title: 'A newer token went in first',
		detail: ({ ago }) =>
			`This token was made ${ago}, and by your word a newer one went in before it. A meter forgets the oldest ones and then takes none of their age. The help line can look into it.`,
	},
	'too-old': {
		title: 'Too old for this meter',
		detail: ({ ago }) =>
			`This token was made ${ago}. The meter says that it is older than what it remembers. If it was never used, the help line can look into it.`,
	},
	'key-expired': {
		title: 'The meter says expired',
		detail: () =>
			'The key of this token may be over, or the make calls an old token so. Typing it again does not help. The help line can tell.',
	},
	'factory-key': {
		title: 'The meter was never set up',
		detail: () =>
			'It still has the key from its factory and takes no credit with it. It needs key-change tokens, which the utility makes.',
	},
	'too-full': {
		title: 'The meter is full',
		detail: () =>
			'It cannot hold that much more credit. The token was not used and stays good: enter it when some credit is gone.',
	},
	locked: {
		title: 'The meter takes nothing for a while',
		detail: () =>
			'After several refusals it waits, and longer each time. It did not look at this token. How long is what most meters do; yours may show it.',
	},
	'other-make': {
		title: 'For another make of meter',
		detail: () => 'The meter says that this token is for meters of another maker.',
	},
	'not-possible': {
		title: 'The meter cannot do that',
		detail: () =>
			'It read the token and cannot carry out what it asks for. It was not used. Typing it again does not help.',
	},
	forgot: {
		title: 'The meter waited too long',
		detail: () =>
			'It forgets what was typed when the next digit takes too long. Type the token from the first group, without a pause. It is still good.',
	},
	dark: {
		title: 'The meter did not answer',
		detail: () =>
			'Press any key: the display should light up. If the keypad is a part of its own, see that it has power or batteries and is near the meter. Then type the token again.',
	},
	'dark-again': {
		title: 'The meter stays dark',
		detail: () =>
			'The keypad or the meter may be without power or broken. Your token is still good.',
	},
	unclear: {
		title: 'Not for this meter, or mistyped',
		detail: () =>
			'To a meter a wrong digit, a wrong meter and a wrong key look the same, and nothing you told speaks for one of them. Type it once more, slowly.',
	},
	'unclear-again': {
		title: 'Refused again, with nothing wrong to see',
		detail: () =>
			'The meter may have another key than the one this token was made for; this phone cannot see that. More tries only lock the meter.',
	},
};

const steps: Record<NextStep, string> = {
	'type-again': 'Type it again with me',
	'key-set': 'Enter the key-change tokens',
	'go-on': 'On to the next token',
	wait: 'Type it again with me',
	'right-meter': 'I am at the right meter now',
	'check-credit': 'The credit is there',
	'enter-later': 'Keep it for later',
	'help-line': 'Call the help line',
};

export const rejectDoctor = {
	title: 'The meter refused it',
	back: 'Back to the token',
	stepBack: 'One step back',
	which: { title: 'Which token did you type?' },
	saying: {
		title: 'What does the display say?',
		detail: 'Choose what comes closest. Makes of meter spell it differently.',
		/** `spellings` are what displays show. */
		mayRead: (spellings: string) => `May read ${spellings}`,
		more: 'Other messages',
	},
	typed: {
		title: 'What did you type?',
		detail:
			'Type it here the way you typed it on the meter, or copy what its display still shows. It is compared on this phone and kept nowhere.',
		field: 'The digits you typed',
		hint: 'All of them, also if there were too many or too few',
		soFar: (digits: string) => `${digits} of 20 digits`,
		empty: 'Type the digits first, or choose below that you do not know them any more.',
		notDigits: 'A token has digits only.',
		compare: 'Compare',
		unknown: 'I do not know any more',
	},
	meter: {
		title: 'Which meter do you stand at?',
		detail:
			'The number is on the meter, often above a bar code. On many meters a short code shows it.',
		/** `problem` is a sentence. */
		wrong: (problem: string) => `${problem} Look at the meter again.`,
		go: 'Go on',
		unknown: 'I cannot read it',
	},
	keySet: {
		title: 'Did the meter take the key-change tokens?',
		/** `count` of them. */
		detail: (count: string) =>
			`${count} tokens that give the meter its new key belong before this one. Each has to be accepted.`,
		yes: 'Yes, all of them',
		no: 'No, or not all',
	},
	none: {
		title: 'The meter took it',
		detail: 'Then nothing is wrong. Look at the display for the new credit.',
		go: 'Go on',
	},
	sayings,
	slips,
	compared: {
		token: 'The token',
		typed: 'You typed',
		/** For a screen reader; groups parted by spaces. */
		row: (label: string, digits: string) => `${label}: ${digits}`,
	},
	causes,
	steps,
	waitFor: (clock: string) => `Wait ${clock}`,
	call: (phone: string) => `Call the help line ${phone}`,
	tell: (code: string) => `Tell the help line: ${code}`,
};
