/** The list of sales, one of them, and the way from a provisional receipt to its token. */
interface StateWords {
	readonly name: string;
	readonly detail: string;
}

/** Of `TillSaleState`. */
const states = {
	asked: {
		name: 'Being asked for',
		detail: 'Stored on this till. Nothing has been heard of it yet.',
	},
	provisional: {
		name: 'No token yet',
		detail: 'The customer has a provisional receipt. The token comes when the sale has arrived.',
	},
	issued: { name: 'Token', detail: 'Sold. The token is below.' },
	refused: {
		name: 'Refused, money here',
		detail: 'Nothing was sold. The customer’s money is to be given back.',
	},
	refunded: { name: 'Given back', detail: 'Nothing was sold, and the money was given back.' },
	replaced: { name: 'Sold another way', detail: 'Another sale was made in its place.' },
	'dead-letter': {
		name: 'Needs mending',
		detail: 'The office can never take it as it is. See the mending desk.',
	},
} as const satisfies Record<string, StateWords>;

export const agentSales = {
	title: 'Sales',
	search: 'Search by meter number',
	clear: 'Show all',
	none: 'No sales yet',
	noneDetail: 'What you sell stands here, with its token.',
	noneFound: 'No sale for this meter on this till',
	noneFoundDetail:
		'It may have been sold at another till. With its claim code it is found anywhere.',
	more: 'Show older ones',
	sealed: 'Another operator’s sale',
	states,
	/** Tokens that came after their customer had left with a provisional receipt. */
	due: {
		name: 'Token arrived, not handed over',
		title: (count: string) => `Tokens that arrived for provisional receipts: ${count}`,
		detail:
			'Their customers have no token yet. Each stands here until it is printed, or marked as handed over.',
		only: 'Show only these',
		all: 'Show all sales',
		none: 'Nothing to hand over',
		noneDetail: 'Every token that came late was printed or handed over.',
		how: 'The customer has only a provisional receipt. Print the token, or read it out, and say so here.',
		given: 'Handed over',
	},
	detail: {
		back: 'All sales',
		notFound: 'This sale is not on this till.',
		sealedDetail: 'Only who sold it can open it, with the PIN.',
		meter: 'Meter',
		sold: 'Sold',
		amount: 'Amount',
		paidBy: 'Paid by',
		tendered: 'Customer gave',
		change: 'Change',
		claim: 'Claim code',
		printed: 'Printed',
		times: (count: string) => `${count} ×`,
	},
	redeem: {
		open: 'Customer has a provisional receipt',
		title: 'From a provisional receipt to its token',
		lead: 'Meter number and claim code, as printed. Good at any till of this utility.',
		code: 'Claim code',
		submit: 'Look it up',
		codeWrong: 'The code is mistyped. Compare it with the receipt.',
		'not-arrived': {
			title: 'Not arrived yet',
			detail:
				'The office has no such sale yet, or meter and code do not belong together. Compare both; the till that sold it may still be without a network.',
		},
		waiting: {
			title: 'It has arrived, the token is being made',
			detail: 'Ask again in a moment. Nothing is made twice.',
		},
		refused: {
			title: 'Nothing was bought',
			detail: (amount: string) => `${amount} goes back to the customer, at the till that took it.`,
			refunded: 'It was given back.',
		},
	},
};
