/** Purchases fetched again by phone and meter, on another device than they were made on. */

export const fetch = {
	/** On the start screen and with the purchases. */
	link: 'I bought it on another phone',
	title: 'Fetch a purchase again',
	lead: 'For purchases that were made with a phone number. A code goes to that phone; with it you see them here.',
	phone: 'Phone number of the purchase',
	phoneHint: 'With the country’s code, such as +254 712 345 678',
	send: 'Send the code',
	codeTitle: 'Type the code',
	/** The same whether there are any or not. */
	sent: (phone: string) =>
		`If this meter’s purchases were made with ${phone}, a code is on its way there. It is good for 10 minutes, and only the newest one counts.`,
	code: 'Code',
	codeHint: '6 digits, in the message',
	codeShort: 'A code has 6 digits.',
	show: 'Show the purchases',
	anew: 'Another number or a new code',
	offline: {
		title: 'No network',
		detail:
			'The code and the purchases come over the network. Nothing was sent; try again when it is back.',
	},
	unknown: {
		title: 'No answer',
		detail: 'The service could not be reached. Try again in a moment.',
	},
	none: {
		title: 'Nothing found',
		detail: (days: string) =>
			`In the last ${days} days nothing was bought for this meter with this phone number.`,
	},
	found: 'Purchases of this meter',
	since: (phone: string, days: string) => `Made with ${phone} in the last ${days} days`,
	notKept: 'This page does not keep them. Keep them only on a phone that is yours.',
	keep: 'Keep on this device',
	kept: 'Kept on this device. You find them under Purchases.',
	notKeptHere: 'This device could not keep them. Is its storage full?',
	open: 'Open',
	toAll: 'To the purchases',
};
