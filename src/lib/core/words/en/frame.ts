/** What stands around every screen: the name, the ways to go, the connection, what went wrong. */
export const frame = {
	name: 'Tokenline',
	skip: 'To the content',
	ways: 'Main ways',
	topUp: 'Top up',
	purchases: 'Purchases',
	virtualMeter: 'Virtual meter',
	atTheMeter: 'Meter',
	tokens: 'Tokens',
	jobs: 'Jobs',
	tools: 'Tools',
	sell: 'Sell',
	sales: 'Sales',
	shift: 'Shift',
	till: 'This till',
	approvals: 'Approvals',
	meters: 'Meters',
	tills: 'Tills',
	agents: 'Agents',
	journals: 'Journals',
	connection: {
		unknown: 'Connecting',
		online: 'Online',
		offline: 'Offline',
		sending: 'Sending',
		/** `state` is one of the words above. */
		waiting: (state: string, count: string) => `${state}, ${count} waiting`,
		/** The same where the state stands in a line of its own. */
		queued: (count: string) => `${count} waiting`,
		tryNow: 'Try now',
	},
	language: {
		/** The name of the choice; `name` is this page's language, in itself. */
		choose: (name: string) => `Language: ${name}`,
		title: 'Language',
		close: 'Close',
		loading: 'Fetching the language',
		/** `name` in itself. */
		notHere: (name: string) =>
			`${name} is not on this device yet. Connect to the network and choose it again.`,
		notKept: 'The browser keeps nothing for this page, so the choice would be lost.',
	},
	update: {
		ready: 'A new version of Tokenline is here.',
		take: 'Use it',
	},
	install: {
		offer: 'Keep Tokenline on this phone: it then opens without a network.',
		take: 'Install',
	},
	failure: {
		notFound: {
			title: 'There is no such page',
			detail: 'The address leads nowhere. Nothing of yours is lost.',
		},
		other: {
			title: 'This page could not be shown',
			detail:
				'Something went wrong in the app. Your purchases are kept on this device. Load the page again.',
		},
		home: 'To the start',
		reload: 'Load again',
		/** For the help line. */
		code: (status: string) => `Code ${status}`,
	},
};
