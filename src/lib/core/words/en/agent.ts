/** What stands around an agent's work: enrolling the till, who stands at it, what is always in sight. */
export const agent = {
	title: 'Till',
	notAgent: 'This name is not an agent’s. Ask the office, or sign in with another one.',
	enrol: {
		title: 'Make this device a till',
		lead: 'The office gives you a code that is good once. It ties this device to your business.',
		code: 'Code from the office',
		hint: 'Letters and digits in groups of four. Hyphens do not matter.',
		submit: 'Enrol this device',
		again: 'Enrol this till anew',
		/** Leads back to the till that is here. */
		keep: 'Keep the till as it is',
	},
	stopped: {
		title: 'This till sells no more',
		save: 'Save what was not handed in',
		saved: (count: string) => `${count} files saved. Give them to the office.`,
		nothing: 'Everything was handed in.',
	},
	who: {
		title: 'Who is selling?',
		/** `till` such as `T-001, Corner shop`. */
		lead: (till: string) => `Till ${till}`,
		last: (ago: string) => `Here ${ago}`,
		other: 'Somebody else: sign in',
		back: 'Back to the list',
	},
	signIn: {
		title: 'Sign in at this till',
		lead: 'Once, where there is a network. After that your PIN is enough.',
		offline: 'Signing in needs a network. Who has signed in here before needs only the PIN.',
	},
	/** The strip that is always in sight. */
	glance: {
		label: 'The till at a glance',
		float: 'Float left',
		floatUnknown: 'Not heard yet',
		waiting: (count: string) => `${count} waiting`,
		noneWaiting: 'Waiting',
		nothing: 'Nothing',
		/** `span` such as `12 min`. */
		oldest: (span: string) => `oldest ${span}`,
		allIn: 'all handed in',
		states: {
			unknown: 'Connecting',
			online: 'Online',
			offline: 'Offline',
			sending: 'Sending',
			stopped: 'Stopped',
		},
		tryNow: 'Try now',
		shiftSince: (time: string) => `Shift since ${time}`,
		noShift: 'No shift open',
		refunds: (count: string) => `${count} to give back`,
		/** Tokens whose customers left with a provisional receipt: short, beside the rest. */
		arrived: (count: string) => `${count} arrived`,
		arrivedLabel: (count: string) => `${count} arrived: tokens for provisional receipts`,
		mend: (count: string) => `${count} to mend`,
		lock: 'Lock',
		/** For a screen reader, when it changes. */
		spoken: (state: string, count: string) => `${state}. ${count} sales waiting.`,
	},
};
