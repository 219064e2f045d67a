/** The page of the till itself: what it is, how it stands, what is stored and by whom, what it may do alone. */
export const agentDevice = {
	title: 'This till',
	what: {
		title: 'What it is',
		name: 'Till',
		vendor: 'Sells for',
		utility: 'Utility',
		enrolled: 'Enrolled',
	},
	journal: {
		title: 'Handing in',
		heard: 'Last heard from the office',
		never: 'Never',
		waiting: 'Waiting',
		nothing: 'Nothing',
		sum: (count: string, sum: string) => `${count} sales, ${sum}`,
		oldest: 'The oldest since',
		offset: 'This device’s clock',
		exact: 'as the office’s',
		ahead: (span: string) => `${span} ahead of the office`,
		behind: (span: string) => `${span} behind the office`,
	},
	storage: {
		title: 'Storage',
		installed: 'Installed as an app',
		persistent: 'Kept by the browser',
		yes: 'Yes',
		no: 'No',
		used: 'Used',
		usedOf: (used: string, quota: string) => `${used} of ${quota}`,
		unknown: 'The browser does not say',
		kept: 'The browser keeps what is stored here. The office’s own caps hold.',
		notKept:
			'The browser may throw away what is stored here. So the small caps hold until the app is installed and the browser keeps it.',
		/** Nothing is sold offline at all, or the caps are the same. */
		ask: 'Ask the browser to keep it',
		refused: 'The browser did not agree. Install the app, or use it for some days, and ask again.',
		install: 'Install the app',
		installByHand:
			'If no button shows here: the browser’s own menu has “Install” or “Add to home screen”.',
		nearlyFull:
			'The place for this app is nearly full. Save what was not handed in as a file, and make room on this device.',
	},
	caps: {
		title: 'Without the network',
		none: 'The office has not switched on selling without the network.',
		perSale: 'One sale at most',
		sum: 'All that waits at most',
		count: 'Sales that wait at most',
		age: 'The oldest at most',
	},
	pack: {
		title: 'Prices kept here',
		none: 'None yet. They come by themselves when the office is reached.',
		fetched: 'Fetched',
		until: 'Good until',
		over: 'Over: nothing is estimated from them any more.',
		version: 'Version',
	},
	reserve: {
		title: 'Sealed tokens',
		lead: 'Tokens made beforehand for your regular customers. You show one when there is no network.',
		/** The agent carries the risk; said before they are fetched. */
		risk: 'They are paid from your float when they are fetched. A token that has left the office counts as sold: if this device is lost, so is that money.',
		none: 'None is here.',
		fetch: 'Fetch sealed tokens',
		made: (count: string) => `${count} fetched.`,
		madeNone: 'None were due: your regular customers have theirs, or the caps are reached.',
		until: (time: string) => `until ${time}`,
		held: (count: string, sum: string) => `${count} here, ${sum}`,
		offline: 'They are fetched where there is a network.',
	},
	people: {
		title: 'People at this till',
		here: 'Here now',
		last: (ago: string) => `Here ${ago}`,
		add: 'Add a colleague',
		changePin: 'Change the PIN',
		lock: 'Lock now',
	},
	printer: { title: 'Printer' },
	export: {
		title: 'A file for the office',
		lead: 'All that was not handed in, as it is. The office can take it in from the file. It holds no token and no name in clear.',
	},
	leave: {
		title: 'Signing out',
		lead: 'Signing out destroys what only your PIN opens on this device: the customers you see here, and the meters and tokens of your past sales. The sums stay, and the office has every sale. To come back you sign in with your password where there is a network, and choose a PIN.',
		signOut: 'Sign out',
		rowsWait: (count: string) =>
			`Not signed out: ${count} rows have not arrived yet. Find a network and press “Try now”; then sign out.`,
		tokensHeld: (count: string) =>
			`Not signed out: sealed tokens are here that you paid for from your float (${count}). They would be destroyed. Sell them or let them run out; then sign out.`,
		tokensAsked:
			'Not signed out: you asked for sealed tokens, and no answer has come. They may be paid from your float already. Sign out where there is a network.',
	},
	anew: {
		title: 'Enrol anew',
		lead: 'With a new code from the office this device begins a new journal. Nothing is lost: what was not handed in stays here and can be saved as a file.',
	},
	banner: {
		notKept: 'What is stored here may be lost.',
		nearlyFull: (percent: string) => `Storage is ${percent} full.`,
		link: 'What to do',
	},
};
