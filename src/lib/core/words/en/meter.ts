/** Confirming whose meter it is, and choosing the amount. */
import type { AmountRefusal } from '#lib/core/units/money.ts';
import type { PhoneRefusal } from '#lib/core/vending/phone-number.ts';

const amountRefusals: Record<AmountRefusal, string> = {
	empty: 'Type an amount or choose one.',
	'not-a-number': 'Only digits, and one point or comma for the cents.',
	'too-many-decimals': 'There are more decimals than this currency has.',
	'not-positive': 'The amount must be more than zero.',
	'too-large': 'That is more than can be handled.',
};

const phoneRefusals: Record<PhoneRefusal, string> = {
	empty: '',
	'not-digits': 'Only digits, and a plus at the start.',
	'no-country': 'Start with a plus and the country’s code, such as +254.',
	'too-short': 'There are digits missing.',
	'too-long': 'There are too many digits.',
};

export const meter = {
	title: 'Is this the right meter?',
	titleUnknown: 'A meter not seen before',
	back: 'Other meter',
	number: 'Meter number',
	owner: 'Owner',
	/** Of a meter that was sold to before the office had its owner's name. */
	noOwner: 'Owner not registered yet',
	area: 'Area',
	virtual: 'Virtual meter',
	blocked: 'Blocked',
	looking: 'Looking up the meter',
	/** A stored meter, shown without the network; `ago` such as `2 days ago`. */
	asOf: (ago: string) => `Stored on this device ${ago}`,
	/** By the backend, on this visit. */
	confirmed: 'Confirmed just now',
	wrong: 'That number cannot be right',
	notHere: {
		title: 'No network',
		detail:
			'We do not know this meter here yet. When the network is back you see whose it is and what you get, before you pay.',
	},
	silent: {
		title: 'The service does not answer',
		detail:
			'Your network may be there, but the service is not. You can ask now and pay when it is back: you then see whose meter it is and what you get.',
	},
	helpLine: (number: string) => `Help line ${number}`,
	amount: {
		title: 'How much?',
		field: 'Amount',
		/** Both formatted, with their currency. */
		limits: (minimum: string, maximum: string) => `From ${minimum} to ${maximum}`,
		picks: 'Quick choice',
		refusals: amountRefusals,
	},
	phone: {
		/** What opens the field. */
		offer: 'Send the token to a phone too',
		field: 'Phone number',
		hint: 'With the country’s code, such as +254 712 345 678. Leave it empty to send nothing.',
		sound: (phone: string) => `The token also goes to ${phone}`,
		refusals: phoneRefusals,
	},
	pay: {
		/** `amount` with its currency. */
		online: (amount: string) => `Pay ${amount}`,
		offline: (amount: string) => `Ask for ${amount}, pay later`,
		none: 'Pay',
		offlineNone: 'Ask now, pay later',
		storing: 'Storing',
		/** Under the button. */
		next: 'You approve the payment next.',
		/** Under the button, offline. */
		later: 'Nothing is paid now. It waits here.',
	},
	/** A purchase for the same meter waits: nobody should pay a second time by mistake. */
	underWay: {
		title: 'You have a purchase under way',
		/** `state` is a word of the list, such as `To be paid`. */
		detail: (amount: string, state: string) =>
			`${amount} for this meter: ${state}. What you buy here comes on top of it.`,
		look: 'Go on with that one',
	},
	notStored: {
		title: 'The purchase could not be stored',
		/** Why it could not, and what to do, is said beside it. */
		detail: 'Nothing was sent and nothing was paid.',
	},
};
