/** From the money to the kWh: each step's name, and why it is taken. Amounts arrive formatted. */
import type { WaterfallLine } from '#lib/core/vending/waterfall.ts';

interface LineFacts {
	/** Owed after this purchase. */
	readonly balanceAfter: string;
	/** The rate, such as `16%`. */
	readonly rate: string;
	/** 1-based block. */
	readonly block: string;
	readonly energy: string;
	/** Per kWh, without VAT. */
	readonly price: string;
}

interface LineWords {
	readonly name: (facts: LineFacts) => string;
	readonly why: (facts: LineFacts) => string;
}

const lines: Record<WaterfallLine['kind'], LineWords> = {
	'service-fee': {
		name: () => 'Service fee',
		why: () => 'What selling a token costs. Taken once with every purchase.',
	},
	arrears: {
		name: () => 'Arrears',
		why: ({ balanceAfter }) =>
			`Owed to the utility from before. A part of each purchase goes to it; ${balanceAfter} is then left to pay.`,
	},
	vat: {
		name: ({ rate }) => `VAT ${rate}`,
		why: () => 'Tax on what comes below. The utility passes it on to the state.',
	},
	'fixed-charge': {
		name: () => 'Monthly charge',
		why: () => 'For the connection. Taken with the first purchase of each month, then not again.',
	},
	'brought-forward': {
		name: () => 'From last time',
		why: () =>
			'Too little for 0.1 kWh when electricity was last bought for this meter. It buys now.',
	},
	'energy-block': {
		name: ({ energy, price }) => `${energy} @ ${price}`,
		why: ({ block, price }) =>
			`Block ${block} of the tariff: ${price} for each kWh, VAT not included. The blocks start again each month.`,
	},
	'left-over': {
		name: () => 'Left over',
		why: () => 'Too little for another 0.1 kWh. It stays on the account and buys next time.',
	},
};

export const waterfall = {
	title: 'What the money buys',
	tendered: 'You pay',
	energy: 'You get',
	lines,
	estimate: 'Estimate',
	/** `ago` such as `2 days ago`. */
	estimateWhy: (ago: string) =>
		`From the prices known here ${ago}. The service says it again before you pay; if you would get less, it asks you first.`,
	/** Before there is an amount. */
	empty: 'Choose an amount to see every step from the money to the electricity.',
};
