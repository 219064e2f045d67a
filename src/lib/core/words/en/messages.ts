/** Messages to a phone: short, because each is paid for by its length, and without what a phone cannot show. */
export const messages = {
	code: (utility: string, digits: string) =>
		`${utility}: your code is ${digits}. It is good for 10 minutes. Give it to nobody.`,
	fetchCode: (utility: string, drn: string, digits: string) =>
		`${utility}: your code to see what was bought for meter ${drn} is ${digits}. It is good for 10 minutes. Give it to nobody.`,
	token: {
		meter: (drn: string) => `Meter ${drn}`,
		bought: (energy: string, amount: string) => `${energy} for ${amount}`,
		one: (digits: string) => `Token:\n${digits}`,
		/** With more than one token. */
		order: (count: string) => `Key in all ${count} tokens, in this order:`,
		place: (place: string, of: string, digits: string, isKeyChange: boolean) =>
			`${place} of ${of}${isKeyChange ? ' (new key)' : ''}:\n${digits}`,
		receipt: (number: string) => `Receipt ${number}`,
		test: 'TEST: no real meter takes it.',
	},
};
