/** Free basic electricity: telling of it, fetching it, and what became of it. */
export const fbe = {
	title: 'Free electricity',
	/** `energy` with its unit. */
	free: (energy: string) => `${energy} free this month`,
	/** `name` is the person's word for the meter, or its number. */
	freeFor: (energy: string, name: string) => `${energy} free this month for ${name}`,
	about: 'Once a month the utility gives this meter free electricity. You pay nothing.',
	/** `date` such as `30 November`. */
	expires: (date: string) => `Expires on ${date}`,
	look: 'Fetch it',
	dismiss: 'Not this month',
	fetch: (energy: string) => `Fetch ${energy} free`,
	/** Where it is not known how much there is. */
	ask: 'Ask for it',
	later: 'Ask now, fetch later',
	/** Under the button, offline. */
	waits: 'It waits here and is sent when the network is back.',
	unknown:
		'Whether this meter has free electricity is not known here. The service says when it is asked.',
	given: {
		title: 'Fetched already this month',
		/** Its token is on this device. */
		here: 'You fetched it on this device. It comes again on the 1st.',
		look: 'See the token',
	},
	underWay: {
		title: 'Asked for already',
		detail: 'It is on its way under one number, so it cannot be fetched twice.',
		look: 'See where it is',
	},
	remind: {
		/** The choice beside `off`. */
		monthly: 'On the 1st of each month',
		/** `day` such as `1 December`. */
		next: (day: string) => `Next on ${day}.`,
		/** In a notification. `name` is the person's own word for the meter, or its number. */
		noteTitle: (name: string) => `Free electricity: ${name}`,
		noteBody: 'A new month has begun. See whether this month’s is there to fetch.',
	},
	owner: {
		phone: 'Phone on the account',
		send: 'Send me a code',
		sent: (phone: string) =>
			`If the utility knows ${phone}, a code of 6 digits is on its way there.`,
		code: 'Code from the message',
		codeHint: '6 digits',
		show: 'This phone is mine',
		again: 'Send another code',
		silent: 'No answer. Try again when there is a network.',
		offline: 'Showing that needs the network.',
		other: 'That phone is not the one on this meter’s account. The utility’s office can set it.',
	},
	/** In the place of an amount. */
	price: 'Free',
	askAgain: 'Ask again',
	/** Under the digits. */
	alsoTold: 'If the account has a phone, the token went there too.',
	/** Both names of months. */
	missed: (asked: string, given: string) =>
		`${asked} ended before your request arrived. This is the free electricity of ${given}.`,
	/** In the place of those of a purchase. */
	stories: {
		queuedOffline: {
			title: 'No token yet',
			detail:
				'Your request is stored on this device. It is sent by itself when the network is back. It costs nothing.',
		},
		unanswered: {
			title: 'No answer yet',
			detail:
				'The request was sent, and whether it arrived is not known. It is asked again by itself, with the same number, so it cannot be fetched twice.',
		},
		issuing: {
			title: 'The token is being made',
			detail: 'Nothing can be lost now; this takes a moment.',
		},
		withdrawn: {
			title: 'You took it back',
			detail: 'No token was made. You can ask again.',
		},
	},
};
