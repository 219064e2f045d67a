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
	'journal-suspended': {
		title: 'This till is switched off',
		detail: () =>
			'Its journal contradicts itself, so nothing more of it is taken. What was sold is kept on this device. Ask the office for a new code and enrol again.',
	},
	'journal-other-till': {
		title: 'Of another till',
		detail: () =>
			'This entry was written by another till, or under another enrolment. Nothing was stored.',
	},
	'claim-code': {
		title: 'The claim code is mistyped',
		detail: () =>
			'This cannot be a claim code: a character is wrong, missing or too many. Compare it with the receipt.',
	},
	'sale-unreadable': {
		title: 'The sale cannot be opened',
		detail: () =>
			'What was sealed at the tap does not open any more. Nothing was sold: give the money back, or sell again.',
	},
	'entry-damaged': {
		title: 'A row is damaged on the device',
		detail: () =>
			'It is not what was written, so it was not sent. The rows after it go on. Show it to the office.',
	},
	'sale-not-refused': {
		title: 'This sale was not refused',
		detail: () =>
			'Only the money of a sale that was refused is given back at the till. Show the journal to the office.',
	},
	'refund-amount': {
		title: 'Not the amount of the sale',
		detail: () => 'What was given back is not what was paid. Show the journal to the office.',
	},
	'offline-not-allowed': {
		title: 'Selling without a network is not switched on',
		detail: () => 'The office decides that for each agent. Sell when the network is back.',
	},
	'offline-sale-cap': {
		title: 'Too much for one sale without a network',
		detail: ({ most }) =>
			`${most ? `Without a network at most ${most} a sale. ` : ''}Take a smaller amount, or wait for the network.`,
	},
	'offline-age-cap': {
		title: 'The oldest sale has waited too long',
		detail: () =>
			'Nothing more is sold until the waiting sales have arrived. Find a network and press “Try now”.',
	},
	'offline-count-cap': {
		title: 'Too many sales are waiting',
		detail: () =>
			'Nothing more is sold until some of them have arrived. Find a network and press “Try now”.',
	},
	'offline-sum-cap': {
		title: 'Too much money is waiting',
		detail: () =>
			'Nothing more is sold until some sales have arrived. Find a network and press “Try now”.',
	},
	'offline-float': {
		title: 'The float does not cover this sale',
		detail: () =>
			'What waits and this sale are more than the float that was last heard of. Pay in, and let the waiting sales arrive.',
	},
	'reserve-not-allowed': {
		title: 'Sealed tokens are not switched on',
		detail: () => 'The office decides that for each agent.',
	},
	'reserve-denomination': {
		title: 'No sealed token of this amount',
		detail: () => 'Sealed tokens are made for fixed amounts only. Nothing was made.',
	},
	'reserve-meter': {
		title: 'Not a regular meter',
		detail: () =>
			'Sealed tokens are made only for meters that this agent often sells to. Nothing was made.',
	},
	'reserve-count-cap': {
		title: 'Enough sealed tokens are out',
		detail: () => 'Use some of those on the device first. Nothing was made.',
	},
	'reserve-sum-cap': {
		title: 'Sealed tokens of enough money are out',
		detail: () => 'Use some of those on the device first. Nothing was made.',
	},
	'reserve-unknown': {
		title: 'This sealed token is not known',
		detail: () => 'It was not made for this till. Show the journal to the office.',
	},
	'reserve-ended': {
		title: 'This sealed token has ended before',
		detail: () => 'It was revealed, or returned. It is not sold a second time.',
	},
	'reserve-sealed': {
		title: 'This token is sealed',
		detail: () =>
			'It was made for the reserve of one device, which opens it when it is sold. It is shown nowhere else.',
	},
	'reserve-held': {
		title: 'The device still holds this sealed token',
		detail: () =>
			'Its money can go back when the device has said that the token ended, or when the till is revoked.',
	},
	'batch-not-reached': {
		title: 'Not reached yet',
		detail: () =>
			'The rows before it took too long. Nothing of this one was done; it is sent again.',
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
	'sign-in-needed': {
		title: 'Sign in first',
		detail: () => 'This needs a signed-in person or an enrolled till. Sign in and ask again.',
	},
	'sign-in-failed': {
		title: 'Not signed in',
		detail: () => 'Name and password do not fit together. Check both and try again.',
	},
	'locked-out': {
		title: 'Locked for a while',
		detail: ({ seconds }) =>
			`There were too many wrong attempts. Wait ${seconds} seconds and try again.`,
	},
	'session-ended': {
		title: 'Signed out',
		detail: () => 'This sign-in has ended. Sign in again; what is stored on the device stays.',
	},
	'passkey-wrong': {
		title: 'The passkey was not accepted',
		detail: () =>
			'The passkey does not belong to this sign-in, or the request is too old. Try again.',
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
	'password-weak': {
		title: 'Choose another password',
		detail: ({ minimum }) =>
			`A password has at least ${minimum} characters, and is neither a common one nor the sign-in name.`,
	},
	'login-taken': {
		title: 'Name taken',
		detail: () => 'Somebody else signs in by this name. Choose another one.',
	},
	'own-roles': {
		title: 'Somebody else must do this',
		detail: () => 'Nobody changes their own roles, or suspends themselves. Ask a colleague.',
	},
	'roles-conflict': {
		title: 'These roles do not go together',
		detail: () =>
			'Who gives rights to others, who decides about money and keys, and who checks them are different people.',
	},
	'not-allowed': {
		title: 'Not allowed',
		detail: () => 'Your role does not include this. Ask the office.',
	},
	'other-utility': {
		title: 'Of another utility',
		detail: () => 'This belongs to another utility than the one you are signed in to.',
	},
	'terminal-unknown': {
		title: 'Till not known',
		detail: () => 'This till is not enrolled here. Enrol it with a code from the office.',
	},
	'terminal-revoked': {
		title: 'Till switched off',
		detail: () => 'The office has switched this till off. Nothing was sold.',
	},
	'enrolment-code': {
		title: 'The enrolment code is not right',
		detail: () => 'The code is wrong, was used, or is too old. Ask the office for a new one.',
	},
	'signature-missing': {
		title: 'Not signed',
		detail: () => 'A till signs every request. This one carries no signature that can be read.',
	},
	'signature-wrong': {
		title: 'The signature does not fit',
		detail: () =>
			'The request is not the one that was signed, or another key signed it. Nothing was stored.',
	},
	'signature-old': {
		title: 'Signed too long ago',
		detail: () =>
			'The signature is too old, or the clock of the till is wrong. Sign the request anew.',
	},
	'signature-repeated': {
		title: 'Signed request came before',
		detail: () =>
			'The same signed request came before. Sign the request anew; its id keeps it from being done twice.',
	},
	'approval-needed': {
		title: 'A second person must agree',
		detail: () => 'This is done only when a second person has agreed. Propose it.',
	},
	'own-approval': {
		title: 'Somebody else must decide',
		detail: () => 'Who proposes may not decide. Ask a colleague.',
	},
	'approval-decided': {
		title: 'Already decided',
		detail: () => 'This proposal was decided before, or is too old. The first decision stands.',
	},
	'meter-card-unreadable': {
		title: 'The meter card could not be read',
		detail: () => 'The data is not that of a meter card. Swipe again or type the meter number.',
	},
	'meter-card-other-meter': {
		title: 'The card of another meter',
		detail: () =>
			'The card belongs to another meter than the number that was typed. Nothing was sold.',
	},
	'meter-card-expired': {
		title: 'The meter card is too old',
		detail: () => 'The meter card is past its date. Ask the utility for a new one.',
	},
	'bank-card-refused': {
		title: 'This is a bank card',
		detail: () => 'This looks like a bank card. Nothing of it was kept. Use the meter card.',
	},
	'blind-vend-not-allowed': {
		title: 'Unknown meters are not sold to',
		detail: () => 'The meter is not known here, and this vendor may not sell from card data alone.',
	},
	'key-change-needed': {
		title: 'The meter needs a new key',
		detail: () =>
			'The meter must be moved to a new key before it is sold to. Ask for its key-change tokens.',
	},
	'key-change-same': {
		title: 'The meter has this key',
		detail: () => 'The meter is on this key already. There is nothing to change.',
	},
	'key-revision-earlier': {
		title: 'The group is on a later key',
		detail: () =>
			'This key is an earlier revision than the one its supply group is on. A group never goes back.',
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
	'engineering-value': {
		title: 'This value does not fit',
		detail: () => 'The value is outside what this kind of token can carry.',
	},
	'token-released': {
		title: 'Too late to reverse',
		detail: () =>
			'The digits have left the server. A token that somebody may have seen cannot be called back.',
	},
	'reversal-superseded': {
		title: 'Too late to reverse',
		detail: () => 'The meter was sold to again since. This vend can no longer be taken back.',
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
	'no-last-response': {
		title: 'Nothing to repeat',
		detail: () => 'This till has not asked for a sale yet.',
	},
	'float-exhausted': {
		title: 'The float is too low',
		detail: () => 'The float does not cover this sale. Deposit, then sell again.',
	},
	'vendor-suspended': {
		title: 'Vendor suspended',
		detail: () => 'The office has suspended this vendor. Nothing was sold.',
	},
	'shift-needed': {
		title: 'No open shift',
		detail: () => 'Open a shift before you sell.',
	},
	'batch-open': {
		title: 'Still open',
		detail: () => 'There is one open already, or one that belongs to it is. Close that first.',
	},
	'batch-closed': {
		title: 'Already closed',
		detail: () => 'This batch was closed before. Its totals stand.',
	},
	'commission-exceeded': {
		title: 'More than was earned',
		detail: () =>
			'The vendor has not earned so much commission that was not paid out yet. Nothing was booked.',
	},
	'refund-settled': {
		title: 'Settled already',
		detail: () => 'This money was given back or used before. It is never given back twice.',
	},
	'meter-busy': {
		title: 'A sale is under way',
		detail: () => 'A sale for this meter is being made. Try again in a moment.',
	},
	'arrears-exceeded': {
		title: 'More than is owed',
		detail: () => 'The meter’s customer owes less than this amount. Nothing was booked.',
	},
	'banking-reference-used': {
		title: 'Reference used before',
		detail: () => 'A deposit with this banking reference was booked before.',
	},
	'day-not-over': {
		title: 'The day is not over',
		detail: () => 'A day can be closed once it is over in the utility’s time zone.',
	},
	'day-closed': {
		title: 'Already closed',
		detail: () => 'This day was closed before. Its report stands.',
	},
	'tariff-invalid': {
		title: 'This tariff cannot be',
		detail: () => 'The tariff contradicts itself. Look at the fields named.',
	},
	'tariff-in-the-past': {
		title: 'A tariff cannot begin in the past',
		detail: () => 'Prices are never changed backwards. Choose a later beginning.',
	},
	'field-device-unknown': {
		title: 'This device is not registered',
		detail: () => 'The office does not know this device as yours. Register it, then try again.',
	},
	'field-device-suspended': {
		title: 'This device is suspended',
		detail: () =>
			'Its journal contradicts what has arrived before, so it gets no jobs. Nothing of it was deleted. Call the office, and register the device anew.',
	},
	'field-device-revoked': {
		title: 'This device is revoked',
		detail: () =>
			'The office has switched this device off. It gets no jobs, and what it does now is not taken.',
	},
	'field-devices-exceeded': {
		title: 'Too many devices',
		detail: ({ most }) =>
			`${most === undefined ? 'No more devices' : `No more than ${most} devices`} may be registered for one person. Ask the office to revoke one that is no longer used.`,
	},
	'job-closed': {
		title: 'The job is closed',
		detail: () => 'This job was closed before. What was said then stands.',
	},
	'pack-too-large': {
		title: 'Too many meters at once',
		detail: ({ meters, most }) =>
			meters === undefined || most === undefined
				? 'The open jobs have more meters than one pack holds. Take the jobs one by one.'
				: `The open jobs have ${meters} meters, one pack holds ${most}. Take the jobs one by one.`,
	},
	'journal-signature': {
		title: 'The signature does not fit',
		detail: () =>
			'This entry of the journal was not signed with the key of its device, or was changed since. It was not taken.',
	},
	'journal-gap': {
		title: 'An entry is missing before this one',
		detail: ({ expected }) =>
			`The entries of a journal are taken in their order. ${expected === undefined ? 'Send the one before' : `Send number ${expected}`} first.`,
	},
	'journal-fork': {
		title: 'The journal contradicts itself',
		detail: ({ sequence }) =>
			`Two different entries have the same number${sequence === undefined ? '' : `, ${sequence}`}. The device went on from an older state, or there are two of it. The first entry stands, the device is suspended, and the office has been told.`,
	},
	'phone-number': {
		title: 'Not a phone number',
		detail: () => 'A phone number begins with + and the country, then up to 14 digits.',
	},
	'push-endpoint': {
		title: 'Not a push service',
		detail: () => 'Reminders are only sent to push services that this server knows.',
	},
	'reminders-exceeded': {
		title: 'Too many reminders',
		detail: () => 'There are as many reminders for this device as the service keeps.',
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
