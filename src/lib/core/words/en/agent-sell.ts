/** Selling: the meter, the amount, the money, and what came of it. Amounts and energy arrive formatted. */

/** Of `TenderMethod`. */
const methods = {
	cash: 'Cash',
	card: 'Card',
	'mobile-money': 'Mobile money',
};

export const agentSell = {
	title: 'Sell',
	meter: {
		scan: 'Scan',
		next: 'Continue',
		recent: 'Recent customers',
		noRecent: 'Nobody yet. Who buys here stands here next time, one tap away.',
		sold: (ago: string) => `Sold ${ago}`,
		unnamed: 'Name not known here',
		other: 'Other meter',
	},
	sight: {
		looking: 'Looking up the meter',
		unheard: 'Offline: not known here',
		unheardDetail: 'The check digit is right.',
		kept: (ago: string) => `As it was ${ago}`,
		blocked: 'Blocked',
	},
	shift: {
		needed: 'Open a shift before the first sale',
		open: 'Open a shift',
	},
	amount: {
		toPay: (amount: string) => `Take ${amount}`,
		none: 'Take the money',
		empty: 'Choose an amount to see what it buys.',
		pricing: 'Looking up the price',
		notPriced: 'What it buys is not known here. The token says it.',
		estimateShort: 'ESTIMATE',
		/** Under the breakdown, when it does not come from the backend. */
		estimate: 'From prices kept on this till. The token may be for a little more or less.',
		/** A token that was fetched beforehand is here for just this meter and amount. */
		sealed: 'Sealed token on this till',
		sealedShort: 'SEALED TOKEN',
		sealedDetail: (until: string) =>
			`Works without a network. Already paid from the float. Good until ${until}.`,
		overFloat: (left: string) =>
			`More than the float has left: ${left}. Press “Try now” to hear of a top-up.`,
		buys: (energy: string) => `Buys ${energy}`,
	},
	pay: {
		title: 'Take the money',
		method: 'Paid by',
		methods,
		tendered: 'Customer gives',
		tenderedHint: 'Empty for the exact amount',
		exact: (amount: string) => `Exact, ${amount}`,
		take: (amount: string) => `Take ${amount}`,
		change: 'Change',
		tooLittle: (missing: string) => `${missing} missing`,
		notes: 'Quick notes',
		selling: 'Selling',
		wait: 'Stored on this till. Asking for the token.',
		back: 'Back to the amount',
	},
	again: {
		title: 'Sell again?',
		detail: (amount: string, meter: string) =>
			`${amount} for meter ${meter} was sold within the last two minutes. A second sale takes the money a second time.`,
		yes: 'Sell again',
		no: 'Do not sell',
	},
	result: {
		next: 'Next sale',
		token: 'Token',
		/** It was on this till, sealed. */
		sealed: 'From this till’s sealed tokens',
		sealedDetail: 'Fetched beforehand and paid from the float then. It is sold now, for ever.',
		/** `phone` as its last digits, such as `…3456`. */
		sentTo: (phone: string) => `The token is sent to ${phone} as well`,
		late: {
			title: 'The token has arrived',
			detail: 'If the customer has gone, it waits under “Sales” until it is handed over.',
			given: 'Handed over',
		},
		tokens: (count: string) => `${count} tokens, to be keyed in in this order`,
		place: (place: string, of: string) => `${place} of ${of}`,
		reprint: 'Print again',
		print: 'Print',
		change: (amount: string) => `Change ${amount}`,
		provisional: {
			mark: 'PROVISIONAL',
			title: 'No token yet',
			detail:
				'The sale is stored on this till. The token comes when the network is back. Give the customer the provisional receipt.',
			claim: 'Claim code',
			claimHint: 'With the meter number it gives the token, at any agent.',
		},
		refused: {
			title: 'Not sold',
			give: (amount: string) => `Give ${amount} back to the customer.`,
			gave: 'Money given back',
			given: 'The money was given back.',
			instead: 'Sell another way',
			desk: 'Decide later at the refund desk',
		},
		notSold: {
			title: 'Not sold',
			nothing: 'Nothing was sold and nothing was stored. The money is still the customer’s.',
			smaller: 'Take a smaller amount',
			again: 'Try again',
			back: 'Back',
			device: 'To this till’s page',
		},
		because: {
			'shift-needed': {
				title: 'No shift is open',
				detail: 'A sale belongs to a shift. Open one, then sell.',
			},
			'refused-now': {
				title: 'The office does not sell this',
				detail: 'It said no before anything was sold. Go back: the reason stands under the amount.',
			},
			locked: {
				title: 'The till was locked',
				detail: 'Nothing was sold. Enter your PIN, then sell again.',
			},
			'under-way': {
				title: 'Another sale is being stored',
				detail: 'One tap is one sale. Look at the last sale before you sell again.',
			},
			failed: {
				title: 'This till could not store the sale',
				detail: 'Nothing was sold. Look at this till’s page: the storage may be full.',
			},
		},
	},
	keys: {
		label: 'Keys',
		title: 'Keys while selling',
		close: 'Close',
		all: 'all keys',
		next: 'on',
		back: 'back',
		scan: 'scan',
		picks: 'choices',
		print: 'print again',
		steps: { meter: 'Meter', amount: 'Amount', pay: 'Money', done: 'Sold' },
	},
	/** Said while the browser may throw away what is stored. Amounts formatted. */
	unkept: {
		caps: (perSale: string, sum: string) =>
			`Without a network only ${perSale} a sale and ${sum} in all: the browser may throw away what is stored.`,
		none: 'Without a network nothing is sold: the browser may throw away what is stored.',
	},
};
