/** The shift: opening, X, counting the drawer, Z, and the way to the bank. Amounts and times arrive formatted. */
export const agentShift = {
	title: 'Shift',
	none: 'No shift is open',
	noneDetail: 'A sale belongs to a shift, so that the drawer can be counted when it ends.',
	open: 'Open shift',
	openedAt: (time: string) => `Open since ${time}`,
	xReport: 'X report',
	cashUp: 'Cash up',
	sell: 'To selling',
	totals: {
		label: 'The shift so far',
		sold: 'Sold',
		count: (count: string) => (count === '1' ? '1 sale' : `${count} sales`),
		energy: 'Energy',
		payTypes: { cash: 'Cash', card: 'Card', 'mobile-money': 'Mobile money' },
		unfinished: 'Of these, no token yet',
		refused: 'Refused, money still here',
		givenBack: 'Refused, money given back in this shift',
		soldAgain: 'Refused, sold again in this shift',
		/** Money that should be in the drawer now. */
		drawer: 'Should be in the drawer',
		slips: (payType: string) => `Should be there by ${payType}`,
		/** Under the drawer, when refused money lies in it, or did. */
		drawerWhy:
			'With the money of refused sales, until it is given back. A sale that was sold again counts once: its money was here already. For earlier shifts more than was taken may have gone back.',
	},
	count: {
		title: 'Cash up',
		lead: 'Count what is in the drawer. The difference is shown as you count.',
		/** Of a note or coin: the label of its field. */
		howMany: (denomination: string) => `How many of ${denomination}`,
		wrong: 'Whole numbers only, up to a million.',
		slips: 'Slips',
		slipsOf: (payType: string) => `${payType}, as on the slips`,
		amountWrong: 'Not an amount.',
		counted: 'Counted',
		expected: 'Should be',
		difference: 'Difference',
		verdicts: {
			exact: 'Exact',
			over: (amount: string) => `${amount} over`,
			short: (amount: string) => `${amount} short`,
		},
		reference: 'Bag number',
		referenceHint: 'Leave it empty if there is none.',
		close: 'Close shift',
		/** Before it is closed, when sales wait. */
		waiting: (count: string) =>
			`${count} sales have no token yet. They go on waiting for it after the shift is closed.`,
		noCount: 'Count the drawer first. An empty drawer is counted with a nought.',
		back: 'Back to the shift',
	},
	z: {
		title: 'Z report',
		back: 'All shifts',
		notFound: 'This shift is not on this till.',
		span: (opened: string, closed: string) => `${opened} to ${closed}`,
		print: 'Print Z report',
		reprint: 'Print again, marked as a reprint',
		reference: 'Reference',
		counted: 'Counted',
		/** In a few words, for a list. */
		states: {
			open: 'open',
			waiting: 'not heard from the office yet',
			same: 'the office has the same',
			differs: 'the office has other totals',
			'not-closed': 'not closed at the office',
		},
		reconciled: {
			waiting: 'The office has not said yet what it has of this. It is asked by itself.',
			same: (time: string) => `The office has the same totals. Heard ${time}.`,
			differs: 'The office has other totals',
			/** `count` and `amount` of the office. */
			differsDetail: (count: string, amount: string) =>
				`It has ${count} sales, ${amount}. Sales that were refused after the shift was closed make such a difference: look at the refund desk. Otherwise show this report to the office.`,
			open: 'The office has not closed it',
			openDetail:
				'The closing has not arrived, or was refused there. Show this report to the office.',
		},
	},
	list: {
		title: 'Shifts',
		none: 'No shift was closed yet.',
		kinds: { shift: 'Shift', sales: 'Sales batch', banking: 'Banking' },
		sold: (count: string, amount: string) => `${count} sales, ${amount}`,
		printed: 'printed',
	},
	bank: {
		open: 'Bring to the bank',
		title: 'Bank',
		lead: 'Closed shifts since the last time money went to the bank.',
		none: 'There is nothing to bring to the bank.',
		shiftOpen: 'Close the open shift first. Then all that was sold can be banked.',
		expected: 'Should be brought',
		reference: 'Number of the bank’s slip',
		referenceMissing: 'Every banking has the number of its slip.',
		lines: (count: string) => `${count} shifts`,
		submit: 'Bank it',
		banked: 'Banked',
		waitsToClose: (count: string) => `Shifts to bank: ${count}`,
	},
};
