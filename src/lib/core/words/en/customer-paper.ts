/** What stands on the papers that a customer takes away. Amounts, energy and dates arrive formatted. */
export const customerPaper = {
	receipt: {
		title: 'RECEIPT',
		vendor: 'Vendor',
		operator: 'Operator',
		terminal: 'Terminal',
		method: {
			cash: 'Paid in cash',
			card: 'Paid by card',
			'mobile-money': 'Paid by mobile money',
		},
		amount: 'Amount',
		/** Key-change tokens among the tokens. */
		keyChange: 'New key for the meter',
		/** `SGC KRN TI` before and after. */
		keyPlaces: (from: string, to: string) => `${from} to ${to}`,
		enterInOrder: (count: string) => `Key in all ${count} tokens, in this order.`,
		/** `place` such as `Token 1 of 3`, `what` it is for. */
		tokenOf: (place: string, what: string) => `${place}: ${what}`,
		/** `what` a token is for, and how much it carries. */
		carrying: (what: string, energy: string) => `${what}, ${energy}`,
		engineering: 'For the technician',
		price: 'Prices without VAT',
		noEnergy: 'These tokens bring no energy.',
	},
	/** At the top and the foot of every further copy. */
	reprint: (copy: string) => `REPRINT ${copy}`,
	reprintNote: 'A copy of a receipt that was printed before. Its tokens are the same ones.',
	test: 'TEST',
	testNote: 'A test token: no real meter takes it.',
	provisional: {
		mark: 'NO TOKEN YET',
		title: 'PROVISIONAL',
		lead: 'Your money has been taken. The token is not made yet, because there is no network here.',
		taken: 'Taken',
		code: 'Claim code',
		todo: 'Come back with this paper, or go to any agent: your meter number and the claim code give you the token. If it is refused, your money is at the till that took it. Keep both to yourself.',
		estimate: 'ESTIMATE',
		estimateWhy: 'The price is set when the sale arrives. What you get may be more or less.',
		notPriced: 'How much energy it buys is not known yet.',
		paid: 'Amount',
		foot: 'This paper is not a receipt.',
	},
	refund: {
		title: 'REFUND',
		lead: 'Nothing was sold. The money was given back.',
		amount: 'Given back',
		why: 'Why',
		taken: 'Sale taken in',
		code: 'Claim code',
		signature: 'Customer’s signature',
	},
};
