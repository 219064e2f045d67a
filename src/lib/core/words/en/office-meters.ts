/** The office's screens for meters: looked up, blocked from being sold to, unblocked. */
export const officeMeters = {
	title: 'Meters',
	lead: 'Whether a meter is sold to, and why not.',
	lookUp: 'Look up',
	back: 'Meters',
	/** Of one meter's page, before its number. */
	meter: (number: string) => `Meter ${number}`,
	owner: 'Whose',
	noOwner: 'not known',
	area: 'Area',
	states: {
		active: 'active',
		blocked: 'blocked',
	},
	/** Of `BlockReason`; the screens do not compile without one of them. */
	blockReasons: {
		'tampering-suspected': 'Tampering suspected',
		'meter-replaced': 'Meter replaced',
		'account-closed': 'Account closed',
		'debt-dispute': 'Debt in dispute',
		other: 'Another reason',
	},
	/** Of `UnblockReason`, likewise. */
	unblockReasons: {
		inspected: 'Inspected, in order',
		'debt-settled': 'Debt settled',
		'account-open': 'Account open again',
		mistake: 'Blocked by mistake',
		other: 'Another reason',
	},
	reason: 'Reason',
	words: 'In words',
	since: 'Since',
	by: 'Decided by',
	/** `second` agreed to what `first` proposed. */
	byTwo: (first: string, second: string) => `${first}, agreed by ${second}`,
	notWritten: 'not written down',
	/** What stands above the facts. */
	standing: {
		active: 'Credit is sold to this meter.',
		blocked:
			'Nothing is sold to this meter: not at a till, not by the app. Tokens sold before still work.',
	},
	history: {
		title: 'Decisions',
		none: 'Nobody has blocked this meter yet.',
		deeds: { block: 'Blocked', unblock: 'Unblocked' },
	},
	waits: {
		title: 'A colleague must agree',
		detail: (when: string) =>
			`Its unblocking was proposed on ${when} and waits under Approvals. It stays blocked until then.`,
		look: 'To the approvals',
	},
	readOnly: 'A clerk or the manager of the office blocks and unblocks meters.',
	block: {
		open: 'Block this meter',
		title: 'Block this meter?',
		means:
			'Tills and the app sell nothing to it from now on, and say that the utility has blocked it. A sale promised by a till without a network is refused when it arrives, and its money is given back.',
		submit: 'Block it',
		done: 'The meter is blocked.',
	},
	unblock: {
		open: 'Unblock this meter',
		title: 'Unblock this meter?',
		means: 'Tills and the app sell to it again from now on.',
		submit: 'Unblock it',
		done: 'The meter is sold to again.',
	},
	propose: {
		open: 'Propose to unblock it',
		title: 'Propose to unblock it?',
		/** Why one person is not enough. */
		means: {
			tampering:
				'It was blocked because tampering is suspected. A meter that does not count gives electricity away, so a second person must agree.',
			unknown:
				'Nobody wrote down why it was blocked, so it may have been for tampering. A second person must agree.',
		},
		submit: 'Propose it',
	},
	form: {
		note: 'In your words',
		noteHint: 'For colleagues. Customers and agents do not see it.',
		wrong: {
			reason: 'Choose a reason.',
			note: 'Say why, in three characters at least.',
		},
	},
	blocked: {
		title: 'Blocked meters',
		table: 'Blocked meters',
		meter: 'Meter',
		none: 'No meter is blocked',
		noneDetail: 'A meter that the office blocks stands here, with the reason.',
	},
};
