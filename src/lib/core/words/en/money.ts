/** Where the money of one purchase is: one true sentence for each place it can be. Amounts are formatted. */

export const money = {
	title: 'Where is my money?',
	withYou: 'With you. Nothing was paid.',
	/** The provider was asked, and has not given its final word. */
	undecided:
		'With you until you approve, then with the payment provider until it gives its final word. If that is no, you keep your money.',
	/** `time` of day. */
	until: (time: string) => `The payment page is open until ${time}.`,
	held: 'With the utility, kept for this purchase. If no token can be made, it goes back to you.',
	late: (amount: string) => `${amount} came after this purchase had ended, too late for a token.`,
	other: (amount: string) =>
		`${amount} was paid. That is not what was asked for, so no token was made.`,
	/** Of a purchase that has its token. */
	again: (amount: string) =>
		`${amount} was paid once more than needed. Your token is paid for and stays good.`,
	owed: (amount: string) =>
		`${amount} is owed to you. The utility sends it back; you need to do nothing. This page says when it is done.`,
	/** Of a till's sale: whether it was given back there is not known here. */
	atTill: (amount: string) =>
		`${amount} is yours at the till where you bought, if it has not been given back already. Take the receipt along.`,
	/** How it was paid back; `moment` with its date. */
	provider: (amount: string, moment: string) =>
		`${amount} was sent back to where you paid from on ${moment}.`,
	bank: (amount: string, moment: string) =>
		`${amount} was paid back through the bank on ${moment}.`,
	arrears: (amount: string, moment: string) =>
		`${amount} was set against what is owed for a meter on ${moment}.`,
	back: (amount: string) =>
		`The payment provider took ${amount} back, so you owe nothing. Ask the provider where it is.`,
	backWithToken: (amount: string) =>
		`The payment provider took ${amount} back after your token was made. The token stays good and is not paid for: call the help line.`,
	/** Another amount than was asked for came, before more is heard of it. */
	kept: 'What was paid is kept for you. Call the help line and tell the purchase number.',
	/** The backend's books were set back: it may be paid, and they do not know. */
	mayBePaid: 'If you paid, do not buy again: call the help line and tell the purchase number.',
	foreign:
		'Money in another currency came. It is kept for you: call the help line and tell the purchase number.',
	/** When that was last heard; `ago` such as `2 minutes ago`. */
	heard: (ago: string) => `Asked ${ago}`,
	ask: 'Ask again',
};
