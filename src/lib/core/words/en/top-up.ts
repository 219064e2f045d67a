/** The first screen: which meter is the money for. */
import type { NicknameRefusal } from '#lib/core/vending/nickname.ts';
import { pluralIn } from '../plural.ts';

const nicknameRefusals: Record<NicknameRefusal, string> = {
	'too-long': 'At most 24 characters.',
	'not-readable': 'There is a character in it that cannot be shown.',
	'no-letter': 'It needs a letter or a digit.',
	'a-number': 'That is a number like a meter’s. Choose a word.',
	taken: 'Another meter here has this name.',
};

const plural = pluralIn('en');

export const topUp = {
	title: 'Top up',
	field: 'Meter number',
	/** Under the empty field. */
	hint: '11 or 13 digits, printed on the meter',
	/** While the number is not complete; `count` is formatted. */
	soFar: (count: string) =>
		`${count} ${plural(count, { one: 'digit', other: 'digits' })} so far, 11 or 13 needed`,
	sound: 'The check digit fits',
	next: 'Continue',
	saved: {
		title: 'Your meters',
		/** Above the number field, where there are usual meters. */
		another: 'Another meter',
		all: (count: string) => `Show all ${count}`,
		/** For a screen reader, beside the button with three dots. */
		manage: (name: string) => `Rename or forget ${name}`,
	},
	manage: {
		rename: 'Your name for it',
		renameHint: 'Only on this device, such as Home or Shop',
		save: 'Save',
		noName: 'Remove the name',
		forget: 'Forget this meter',
		forgetHint: 'Purchases made for it stay in the list.',
		close: 'Close',
		refusals: nicknameRefusals,
	},
	/** A purchase that was begun and left; `who` is a nickname or a meter number. */
	resume: {
		title: 'You were here',
		detail: (amount: string, who: string) =>
			`${amount} for ${who}. Nothing was sent and nothing was paid.`,
		goOn: 'Go on',
		forget: 'Forget it',
	},
	/** To a purchase whose end was not seen yet. */
	look: 'Look at it',
	find: {
		title: 'Where the number is',
		detail:
			'On a label or plate on the front of the meter, near the bar code. It is also on every old receipt for this meter.',
		picture: 'A meter with its number under the bar code',
	},
	virtual: {
		title: 'Try it with a virtual meter',
		detail:
			'A meter inside this app, for trying things out. No real money, no real electricity, and its tokens fit no real meter.',
		none: 'This service has no virtual meters.',
		unreachable: 'The list of virtual meters comes from the service, which cannot be reached now.',
	},
};
