/** What each refusal of the backend means and what to do next, for a person. One row per code. */
import type { RefusalCode } from '#lib/core/vending/refusals.ts';

interface ProblemWords {
	/** A few words, for a heading. */
	readonly title: string;
	/** What happened, what it means, what to do. `facts` are limits and names, already formatted. */
	readonly detail: (facts: Readonly<Record<string, string>>) => string;
}

export const problems: Record<RefusalCode, ProblemWords> = {
	'body-not-json': {
		title: 'The request could not be read',
		detail: () => 'The request is not JSON. Nothing was stored.',
	},
	'body-too-large': {
		title: 'The request is too large',
		detail: () => 'The request is larger than this service reads. Nothing was stored.',
	},
	'body-shape': {
		title: 'The request is not complete',
		detail: () => 'Something in the request is missing or of the wrong kind. Nothing was stored.',
	},
	'id-not-uuid': {
		title: 'The request has no proper id',
		detail: () => 'The id must be a UUID of version 7. Nothing was stored.',
	},
	'id-reused': {
		title: 'This id belongs to another request',
		detail: () =>
			'The same id came before with other contents. The first request stands; this one was refused.',
	},
	'not-found': { title: 'Not found', detail: () => 'There is nothing under this address.' },
	'method-not-allowed': {
		title: 'Not possible here',
		detail: () => 'This address does not take that kind of request.',
	},
	'too-many-requests': {
		title: 'Too many requests',
		detail: () => 'Too many requests came from here in a short time. Wait a minute and try again.',
	},
	'meter-number-empty': {
		title: 'No meter number',
		detail: () => 'Type the meter number. It is printed on the meter, 11 or 13 digits long.',
	},
	'meter-number-not-digits': {
		title: 'Only digits',
		detail: () => 'A meter number has digits only. Look at the meter and type it again.',
	},
	'meter-number-length': {
		title: 'Not a full meter number',
		detail: () => 'A meter number has 11 or 13 digits. Compare it with the number on the meter.',
	},
	'meter-check-digit': {
		title: 'A digit is wrong',
		detail: () => 'These digits do not fit together. Compare them one by one with the meter.',
	},
	'meter-unknown': {
		title: 'Meter not known',
		detail: () =>
			'This utility has no meter with that number. Check the number, or call the help line.',
	},
	'meter-blocked': {
		title: 'Meter blocked',
		detail: () => 'The utility has blocked sales for this meter. Call the help line to learn why.',
	},
	'decoder-key-withheld': {
		title: 'Not a virtual meter',
		detail: () => 'Keys are handed out for meters of the public-test estate only.',
	},
	'amount-not-whole': {
		title: 'Not an amount',
		detail: () => 'The amount must be a whole number of the smallest coin.',
	},
	'amount-not-positive': {
		title: 'No amount',
		detail: () => 'The amount must be more than zero.',
	},
	'amount-below-minimum': {
		title: 'Amount too small',
		detail: ({ minimum }) => `The smallest sale is ${minimum}. Choose a larger amount.`,
	},
	'amount-above-maximum': {
		title: 'Amount too large',
		detail: ({ maximum }) => `The largest sale is ${maximum}. Choose a smaller amount.`,
	},
	'amount-buys-nothing': {
		title: 'Too little to buy electricity',
		detail: () =>
			'After the deductions nothing is left to buy 0.1 kWh with. Choose a larger amount.',
	},
	'currency-unknown': {
		title: 'Other currency',
		detail: ({ currency }) => `This utility sells in ${currency} only.`,
	},
	'confirmation-needed': {
		title: 'Please confirm',
		detail: () =>
			'This was asked for without a network. See whose meter it is and what the money buys, then confirm.',
	},
	'price-changed': {
		title: 'The price has changed',
		detail: () =>
			'The money buys less now than when you agreed. Nothing was paid. Look at the new price and decide.',
	},
	'payment-mismatch': {
		title: 'The payment does not fit',
		detail: () => 'The payment is for another sale or another amount. Nothing was issued.',
	},
	'payment-failed': {
		title: 'Not paid',
		detail: () => 'The payment was declined. No money was taken and no token was made.',
	},
	'payment-expired': {
		title: 'Not paid in time',
		detail: () => 'The payment was not approved in time. No money was taken and no token was made.',
	},
	'webhook-signature': {
		title: 'Not from the provider',
		detail: () => 'The message is not signed by the payment provider. It was ignored.',
	},
	'vending-key-expired': {
		title: 'The key for this meter has expired',
		detail: () => 'The utility must renew the key of this meter first. Call the help line.',
	},
	'vending-key-unknown': {
		title: 'No key for this meter',
		detail: () =>
			'This service may not sell for the supply group of this meter. Call the help line.',
	},
	'tid-exhausted': {
		title: 'No token number left',
		detail: () =>
			'The time range of the key of this meter is used up. The utility must change the key first.',
	},
	'security-module-unavailable': {
		title: 'Tokens cannot be made just now',
		detail: () => 'The security module does not answer. Nothing is lost; it is tried again.',
	},
	'internal-error': {
		title: 'Something went wrong here',
		detail: () => 'The service made a mistake. Nothing is lost; it is tried again.',
	},
};
