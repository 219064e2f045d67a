/** What each refusal that only staff meet means and what to do next, loaded with their screens. One row per code. */
import type { ProblemWords, StaffRefusal } from '../staff-refusals.ts';

export const staffProblems: Record<StaffRefusal, ProblemWords> = {
	'webhook-signature': {
		title: 'Not from the provider',
		detail: () => 'The message is not signed by the payment provider. It was ignored.',
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
		detail: () =>
			'The office decides that for each agent. Sell when the network is back and no sale waits.',
	},
	'offline-sale-cap': {
		title: 'Too much for one sale without a network',
		detail: ({ most }) =>
			`${most ? `Without a network at most ${most} a sale. ` : ''}Take a smaller amount, or wait for the network.`,
	},
	'offline-age-cap': {
		title: 'The oldest sale has waited too long',
		detail: () =>
			'Nothing more is sold until the waiting sales have their tokens. Find a network and press “Try now”; where there is one, they wait for the float or the office.',
	},
	'offline-count-cap': {
		title: 'Too many sales are waiting',
		detail: () =>
			'Nothing more is sold until some of them have their tokens. Find a network and press “Try now”; where there is one, they wait for the float or the office.',
	},
	'offline-sum-cap': {
		title: 'Too much money is waiting',
		detail: () =>
			'Nothing more is sold until some sales have their tokens. Find a network and press “Try now”; where there is one, they wait for the float or the office.',
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
		title: 'No sealed token for this meter',
		detail: () =>
			'They are only for meters that this agent often sells to, and whose key stays as it is. Nothing was handed out.',
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
	'sign-in-needed': {
		title: 'Sign in first',
		detail: () => 'This needs a signed-in person or an enrolled till. Sign in and ask again.',
	},
	'sign-in-failed': {
		title: 'Not signed in',
		detail: () => 'Name and password do not fit together. Check both and try again.',
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
	'meter-already-blocked': {
		title: 'The meter is blocked already',
		detail: () => 'Somebody blocked it before. Look it up again to see who, and why.',
	},
	'meter-not-blocked': {
		title: 'The meter is not blocked',
		detail: () => 'It is sold to already. Look it up again to see who unblocked it, and why.',
	},
	'block-decision-needed': {
		title: 'Blocking is a decision of its own',
		detail: () =>
			'A registration leaves a meter blocked or active as it is. Block or unblock it with a reason.',
	},
	'reason-needed': {
		title: 'A reason is missing',
		detail: () => 'Where none of the named reasons fits, say in words why.',
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
	'push-endpoint': {
		title: 'Not a push service',
		detail: () => 'Reminders are only sent to push services that this server knows.',
	},
	'reminders-exceeded': {
		title: 'Too many reminders',
		detail: () => 'There are as many reminders for this device as the service keeps.',
	},
};
