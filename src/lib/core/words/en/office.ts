/** The office's page: signing in, one's passkeys, and what waits for a second person. */
/** Of `StaffRole`; the screen does not compile without one of them. */
const roles = {
	agent: 'agent',
	'vendor-manager': 'vendor’s manager',
	technician: 'technician',
	'office-clerk': 'office clerk',
	'office-manager': 'office manager',
	'tariff-officer': 'tariff officer',
	'key-officer': 'key officer',
	auditor: 'auditor',
	administrator: 'administrator',
};

/** Of `ApprovalWish`, likewise. */
const wishes = {
	'free-issue': 'Free issue',
	engineering: 'Engineering token',
	'key-change': 'Move of a meter',
	tariff: 'Tariff',
	'meter-tariff': 'Tariff of a meter',
	'supply-group-key': 'Vending key',
	'reserve-return': 'Return of a sealed token',
};

export const office = {
	title: 'Office',
	lead: 'For people of the utility and its vendors.',
	signOut: 'Sign out',
	style: 'Style page',
	/** Of the strip with who is signed in, for a screen reader. */
	desk: 'Who is signed in',
	notForYou: {
		title: 'Not for your role',
		detail: 'Somebody else of the office does this. Ask them, or the administrator for the role.',
	},
	more: 'Show more',
	cancel: 'Cancel',
	close: 'Close',
	roles,
	approvals: {
		title: 'Approvals',
		lead: 'What needs two people, and your own passkeys.',
	},
	passkeys: {
		title: 'Passkeys',
		lead: 'A passkey signs you in with this device’s lock, without a password that could be guessed.',
		none: 'You have none yet.',
		since: (date: string) => `since ${date}`,
		add: 'Add a passkey',
		/** What a new one is called, with its date. */
		name: (date: string) => `Passkey of ${date}`,
		remove: 'Remove',
		notMade: 'No passkey was made.',
	},
	proposals: {
		title: 'Waiting for a second person',
		none: 'Nothing waits',
		noneDetail: 'What a colleague proposes and you may agree to appears here.',
		own: 'You proposed this. A colleague decides.',
		by: (when: string) => `proposed ${when}`,
		approve: 'Agree',
		reject: 'Do not agree',
		again: 'Look again',
		wishes,
		meter: 'Meter',
		energy: 'Energy',
		what: 'What',
		supplyGroup: 'Supply group',
		tariffIndex: 'Tariff index',
		tariff: 'Tariff',
		from: 'From',
		issueUntil: 'Issue until',
		noEnd: 'no end',
		current: 'From then on',
		sealedToken: 'Sealed token',
		makesCurrent: 'the key that all its meters are brought to',
		block: (upTo: string | null) => (upTo === null ? 'Each kWh' : `Each kWh to ${upTo} a month`),
		period: (name: string, block: string) => `${block}, ${name}`,
		vat: 'VAT',
		vatInclusive: (percent: string) => `${percent}, in the prices`,
		vatOnTop: (percent: string) => `${percent}, on top`,
		serviceFee: 'Service fee',
		fixedCharge: 'Fixed monthly charge',
		arrears: 'To arrears, at most',
		key: 'Key revision',
		reason: 'Why',
	},
};
