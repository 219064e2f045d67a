/** What each refusal of the backend that a consumer may meet means and what to do next. One row per code. */
import type { EverybodysRefusal, ProblemWords } from '../staff-refusals.ts';

export const everybodysProblems: Record<EverybodysRefusal, ProblemWords> = {
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
		detail: ({ seconds }) =>
			`Too many requests came from here in a short time. Wait ${seconds === undefined ? 'a minute' : `${seconds} seconds`} and try again.`,
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
		detail: () => 'The money buys less now than when you agreed, so no token was made.',
	},
	'payment-mismatch': {
		title: 'The payment does not fit',
		detail: () => 'The payment is for another sale or another amount. Nothing was issued.',
	},
	'payment-failed': {
		title: 'Not paid',
		detail: () => 'The payment was declined. No money was taken and no token was made.',
	},
	'payment-no-funds': {
		title: 'Not enough money in the account',
		detail: () =>
			'The payment provider refused: the balance is too small. No money was taken and no token was made.',
	},
	'payment-expired': {
		title: 'Not paid in time',
		detail: () => 'The payment was not approved in time. No money was taken and no token was made.',
	},
	'payment-taken-back': {
		title: 'The payment was taken back',
		detail: () =>
			'Your payment provider took the payment back. No token was made and you owe nothing. Ask the provider where the money is, or buy again.',
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
	'claim-code': {
		title: 'The claim code is mistyped',
		detail: () =>
			'This cannot be a claim code: a character is wrong, missing or too many. Compare it with the receipt.',
	},
	'reserve-sealed': {
		title: 'This token is sealed',
		detail: () =>
			'It was made for the reserve of one device, which opens it when it is sold. It is shown nowhere else.',
	},
	'security-module-unavailable': {
		title: 'Tokens cannot be made just now',
		detail: () => 'The security module does not answer. Nothing is lost; it is tried again.',
	},
	'database-unavailable': {
		title: 'The books cannot be reached just now',
		detail: () => 'The database does not answer. Nothing is lost; it is tried again.',
	},
	stopping: {
		title: 'This server is about to end',
		detail: () => 'It finishes what it has begun and takes nothing new. Another one will answer.',
	},
	'internal-error': {
		title: 'Something went wrong here',
		detail: () => 'The service made a mistake. Nothing is lost; it is tried again.',
	},
	'locked-out': {
		title: 'Locked for a while',
		detail: ({ seconds }) =>
			`There were too many wrong attempts. Wait ${seconds} seconds and try again.`,
	},
	'code-wrong': {
		title: 'The code is not right',
		detail: () => 'The code is wrong, was used, or is too old. Ask for a new one.',
	},
	'cross-site': {
		title: 'Not asked for by this app',
		detail: () =>
			'The request came with your sign-in, but not from a page of this app. Nothing was done.',
	},
	'not-allowed': {
		title: 'Not allowed',
		detail: () => 'Your role does not include this. Ask the office.',
	},
	'key-change-needed': {
		title: 'The meter needs a new key',
		detail: () =>
			'The meter must be moved to a new key before it is sold to. Ask for its key-change tokens.',
	},
	'key-change-not-allowed': {
		title: 'This change of key is not allowed',
		detail: () => 'The standard does not allow this change of key for this meter.',
	},
	'vending-key-not-active': {
		title: 'The key is not active yet',
		detail: () => 'The vending key of this supply group is not active yet. Tell the utility.',
	},
	'vending-key-issue-ended': {
		title: 'The key is past its date',
		detail: () =>
			'No more tokens may be issued under the vending key of this supply group. Tell the utility.',
	},
	'vending-key-limit': {
		title: 'The key’s limit is used up',
		detail: () => 'The security module has given out all that its limit allows. Tell the utility.',
	},
	'vending-key-type': {
		title: 'Not under this key',
		detail: () => 'The vending key of this meter may not be used for a token of this kind.',
	},
	'security-module-refused': {
		title: 'The security module says no',
		detail: () =>
			'The security module refused to make this token. Nothing was made. Call the help line.',
	},
	'token-unreadable': {
		title: 'Not a token of this meter',
		detail: () => 'These digits are not a token for this meter, or were mistyped.',
	},
	'vend-reversed': {
		title: 'Taken back',
		detail: () => 'This sale was reversed before anybody saw its token.',
	},
	'vend-not-issued': {
		title: 'Nothing to print',
		detail: () => 'This sale has no token, so there is nothing to print again.',
	},
	'fbe-not-entitled': {
		title: 'No free electricity here',
		detail: () => 'This meter is not entitled to free basic electricity.',
	},
	'fbe-claimed': {
		title: 'Already fetched this month',
		detail: () =>
			'This month’s free electricity for this meter was given before. Only who fetched it and the phone on the account see the digits; the office can print them again. It comes again on the 1st.',
	},
	'fbe-not-by-app': {
		title: 'Not by this app',
		detail: () => 'The utility gives free electricity at its tills and offices only.',
	},
	'fbe-phone-needed': {
		title: 'Is it your meter?',
		detail: () =>
			'The utility gives this meter’s free electricity to the phone on its account. Show by a code that the phone is yours.',
	},
	'refund-settled': {
		title: 'Settled already',
		detail: () => 'This money was given back or used before. It is never given back twice.',
	},
	'meter-busy': {
		title: 'A sale is under way',
		detail: () => 'A sale for this meter is being made. Try again in a moment.',
	},
	'phone-number': {
		title: 'Not a phone number',
		detail: () => 'A phone number begins with + and the country, then up to 14 digits.',
	},
	'provider-unavailable': {
		title: 'The payment provider does not answer',
		detail: () => 'The payment provider does not answer. Nothing is lost; ask again in a moment.',
	},
	'database-older': {
		title: 'Not selling',
		detail: () =>
			'The database is an older copy than this server has worked with. Nothing is sold until an operator has looked at it.',
	},
};
