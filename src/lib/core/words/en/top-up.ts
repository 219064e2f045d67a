/** The first screen: which meter is the money for. */
import { pluralIn } from '../plural.ts';

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
		/** `ago` such as `2 days ago`. */
		used: (ago: string) => `Last used ${ago}`,
		/** For a screen reader, beside the button with three dots. */
		manage: (name: string) => `Rename or forget ${name}`,
	},
	manage: {
		rename: 'Your name for it',
		renameHint: 'Only on this device, such as Home or Shop',
		save: 'Save',
		forget: 'Forget this meter',
		forgetHint: 'Purchases made for it stay in the list.',
		close: 'Close',
	},
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
