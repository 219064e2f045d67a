/** A provisional receipt: what has become of the sale that a till made without a network. */
import { pluralIn } from '../plural.ts';

const plural = pluralIn('en');

export const claim = {
	/** On the start screen. */
	link: 'I have a provisional receipt',
	title: 'Provisional receipt',
	lead: 'A till without a network gave it to you when you paid. See here whether your token has come.',
	field: 'Claim code',
	/** Under the empty field. */
	hint: '9 characters, printed on the receipt',
	/** While the code is not complete; `count` is formatted. */
	soFar: (count: string) =>
		`${count} ${plural(count, { one: 'character', other: 'characters' })} so far, 9 needed`,
	sound: 'The check character fits',
	ask: 'Ask for my token',
	again: 'Ask again',
	/** One pair for each answer. */
	notArrived: {
		title: 'Not arrived yet',
		detail:
			'The till has not handed the sale in yet, or the receipt has another code or meter number. Compare both, keep the receipt, and ask again later.',
	},
	waiting: {
		title: 'Your token is being made',
		detail: 'The sale has arrived. Ask again in a minute.',
	},
	refused: {
		title: 'No token was made',
		/** `amount` with its currency. */
		toFetch: (amount: string) =>
			`${amount} is yours, at the till that gave you the receipt. Take the receipt along.`,
		givenBack: (amount: string, moment: string) =>
			`The till says that it gave ${amount} back on ${moment}.`,
		/** For the help line. */
		code: (code: string) => `Code ${code}`,
	},
	unknown: {
		title: 'No answer',
		detail:
			'The service could not be reached. Nothing was lost; ask again when there is a network.',
	},
	/** Under the digits. */
	notKept: 'This page does not keep the token. Write it down or share it, and keep the receipt.',
};
