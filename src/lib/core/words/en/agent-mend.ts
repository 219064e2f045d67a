/** The refund desk and the mending desk: money that goes back, and what can never be handed in as it is. */
import type { TillKind } from '#lib/core/vending/till-kinds.ts';

const kinds: Record<TillKind, string> = {
	sale: 'A sale',
	reveal: 'A sealed token that was shown',
	'reserve-ended': 'The end of a sealed token',
	'batch-opened': 'A shift that was opened',
	'batch-closed': 'A shift that was closed',
	'refund-paid': 'Money that was given back',
	reprint: 'A receipt that was printed again',
};

export const agentMend = {
	title: 'Refund desk',
	back: 'Sell',
	refunds: {
		title: 'Money to give back',
		lead: 'Nothing was sold, and the customer’s money is here. Give it back, or sell again.',
		none: 'Nothing to give back',
		noneDetail: 'When a sale is refused after its customer has left, it waits here with its money.',
		taken: (ago: string) => `Taken ${ago}`,
		paidBy: 'Paid by',
		claim: 'Claim code',
		noDetails: 'Another operator’s sale: whose it is opens with their PIN.',
		give: 'Give the money back',
		again: 'Sell again',
		confirm: {
			title: 'Give the money back?',
			detail: (amount: string) =>
				`${amount} goes out of the drawer of this shift, and cannot be taken back. Let the customer sign the slip.`,
			yes: (amount: string) => `${amount} given back`,
			no: 'Keep it here',
		},
		given: (amount: string) => `${amount} was given back.`,
		needShift: 'Money goes out of the drawer of a shift. Open one first.',
		openShift: 'To the shift',
	},
	mend: {
		title: 'To mend',
		lead: 'These can never be handed in as they are. Nothing here is deleted: save it as a file for the office.',
		deadLetter: 'The office cannot take this sale as it is',
		kinds,
		gone: 'An entry that is gone',
		damaged: (what: string, number: string) => `${what}: entry ${number} is damaged`,
		told: 'The office knows that it is missing.',
		notTold: 'The office is told that it is missing as soon as it is reached.',
		earlier: (till: string) => `Journal of ${till}, from before this till was enrolled anew`,
		earlierDetail: (count: string) =>
			`${count} entries were not handed in. Save them as a file and give it to the office.`,
		save: 'Save a file for the office',
		saved: (count: string) => `${count} files saved. Give them to the office.`,
		nothing: 'Everything was handed in. There is nothing to save.',
	},
	claim: {
		title: 'A customer comes with a provisional receipt',
	},
};
