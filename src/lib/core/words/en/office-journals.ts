/** The office's screen for what tills wrote down: alarms, sealed tokens that are out, files to import. */

/** One alarm: what happened, what it means, what to do. */
interface AlarmWords {
	readonly title: string;
	readonly happened: string;
	readonly means: string;
	readonly next: string;
}

/** Of `TillAlarm`; the screen does not compile without one of them. */
const alarms = {
	fork: {
		title: 'Two journals under one key',
		happened: 'Two different entries have the same number.',
		means:
			'Two devices use one key, or the device was copied. Nothing more is taken from it. What was taken before stands.',
		next: 'Call the agent. Revoke the till or give it a new code, then import the file of each device.',
	},
	'rolled-back': {
		title: 'The device went back',
		happened: 'The device goes on from an older state than the backend has seen.',
		means:
			'It was restored from a backup, or somebody put it back. It could sell the same reserve again. Nothing more is taken from it.',
		next: 'Ask the agent what was done to the device. Give the till a new code; it starts a new journal.',
	},
	'caps-broken': {
		title: 'The caps were not kept',
		happened: 'A provisional sale came in that the terms forbid. It was refused.',
		means:
			'The app on the device was changed, or its terms were lowered while it was away. The customer has a receipt and no token.',
		next: 'Look when the terms were set. If they were not lowered, revoke the till. The agent gives the money back.',
	},
	missing: {
		title: 'An entry is lost',
		happened: 'The device says that one of its own entries is damaged.',
		means:
			'A sale may be lost with it. The entries after it were taken. Whoever has a receipt from that hour may have no token.',
		next: 'Ask the agent for the receipts and the drawer of that shift. Replace the device if it happens again.',
	},
	clock: {
		title: 'The clock is wrong',
		happened: 'The device’s clock is more than a day from ours.',
		means: 'Times on its receipts are wrong. Its sales were taken by our clock.',
		next: 'Ask the agent to let the device set its time by the network.',
	},
	'reserve-broken': {
		title: 'A sealed token was used against the rules',
		happened: 'A sealed token was revealed after its time, after it had ended, or twice.',
		means:
			'The app on the device was changed, or its clock was set back. The token counts as sold. The agent has paid for it.',
		next: 'Switch the agent’s reserve off, then revoke the till if the agent cannot explain it.',
	},
	'settled-sale': {
		title: 'A sale came whose money had gone back',
		happened:
			'A sale was handed in or imported after its money was given back, or put into another sale. It was refused.',
		means:
			'An older copy of the journal was imported, a database was put back, or the app on the device was changed. No token was made and the float is as it was.',
		next: 'Nothing is owed to the customer. Ask the agent for that shift if it happens without an import.',
	},
	rate: {
		title: 'Somebody sells faster than a counter can',
		happened: 'One operator made more sales within an hour than the limit for it.',
		means:
			'The till may be in wrong hands, or a program sells at it. Everything was sold and paid from the float.',
		next: 'Call the agent. If nobody can explain it, suspend the operator or revoke the till.',
	},
} satisfies Record<string, AlarmWords>;

const keyChanged: AlarmWords = {
	title: 'A sealed token was sold after its meter’s key had changed',
	happened: 'The token was made for the key that the meter was on before.',
	means:
		'The meter does not take it. Its customer has paid and has no electricity for it. A till without a network cannot know of the change.',
	next: 'Propose a free issue of the same energy for the meter, so that the customer gets another token.',
};

const refundOfMade: AlarmWords = {
	title: 'Money went back for a sale that had not been refused',
	happened:
		'A till says that it gave money back, or put it into another sale. The backend had not refused the first one: its token was made, or was still to be made.',
	means:
		'The sale was lost at the till and found in a file that was imported before the till said so, or the agent gave money back against the rules. The float has paid for the sale, and the customer can have its token as well as the money, or as another token.',
	next: 'Look at the sale. While nobody has seen its token it can be taken back, and the float gets its money. After that the agent bears it.',
};

export const officeJournals = {
	title: 'Journals',
	lead: 'What is wrong with a till’s journal, what lies sealed on tills, and files of tills that cannot reach us.',
	alarms: {
		title: 'Alarms',
		lead: 'The newest first.',
		again: 'Look again',
		none: 'No alarm',
		noneDetail: 'Every till’s journal hangs together.',
		at: (till: string, agent: string) => `${till} · ${agent}`,
		entry: (sequence: string) => `entry ${sequence}`,
		next: 'What to do',
		kinds: alarms,
		/** Of `reserve-broken`, where the token's meter had changed its key. */
		keyChanged,
		/** Of `settled-sale`, where the sale came first, and then word of its money. */
		refundOfMade,
		facts: 'For the help line',
	},
	reserves: {
		title: 'Sealed tokens',
		lead: 'Paid from the float, made for one meter and one device. Without digits.',
		none: 'None is out',
		noneDetail: 'A token that a till keeps sealed appears here.',
		meter: 'Meter',
		value: 'For',
		till: 'Till',
		state: 'State',
		issued: 'Issued',
		expires: 'Until',
		states: {
			unfetched: 'not fetched',
			sealed: 'sealed',
			revealed: 'sold',
			expired: 'expired',
			returned: 'given back',
		},
		deeds: 'What can be done',
		giveBack: {
			open: 'Give back',
			openFor: (meter: string) => `Give back the token for meter ${meter}`,
			title: 'Propose to give back',
			means:
				'The agent’s float gets the money back, and a colleague decides. The token itself cannot be called back: what it is still worth is the utility’s loss, should somebody have kept its digits. It goes only once the device has said that the token ended, once the till is revoked, or as long as the till has not fetched the token.',
			reason: 'Why',
			submit: 'Propose',
			proposed: 'Proposed. A colleague finds it under Approvals.',
			reasonShort: 'Say why, in three characters or more.',
		},
	},
	imports: {
		title: 'Import a journal',
		lead: 'A file that a till saved because its storage was in danger or it was revoked. Importing it twice changes nothing.',
		choose: 'Choose a file',
		chooseAnother: 'Choose another file',
		reading: 'The file is being read.',
		file: 'File',
		till: 'Till',
		saved: 'Saved',
		entries: 'Entries',
		submit: (entries: string) => `Import ${entries} entries`,
		sending: (done: string, all: string) => `${done} of ${all} handed in`,
		stop: 'Stop',
		goOn: 'Go on',
		stopped: {
			title: 'Not finished',
			detail: 'What was handed in is kept. Go on: nothing is taken twice.',
		},
		notOurs: {
			title: 'Not a till of this utility',
			detail:
				'The file is a journal, but no till here has ever kept it. Nothing was handed in. It may belong to another utility.',
		},
		finished: 'All entries were handed in.',
		/** Why a file is not taken. */
		refused: {
			'not-json': {
				title: 'This is no journal',
				detail:
					'The file cannot be read. Nothing was handed in. Ask for the file that the till saved.',
			},
			'not-export': {
				title: 'This is no journal',
				detail:
					'The file is not one that a till saved. Nothing was handed in. Ask for the file that the till saved.',
			},
			'other-version': {
				title: 'From another version',
				detail:
					'This file was saved by a version that this page does not know. Load this page again, then try once more.',
			},
			damaged: {
				title: 'The file is damaged',
				detail:
					'It is a till’s journal, but a part of it is missing or was changed. Nothing was handed in. Ask for the file again.',
			},
			empty: {
				title: 'Nothing in it',
				detail: 'The till had handed in everything when it saved this file.',
			},
			'too-large': {
				title: 'Too large',
				detail: 'A till’s file is never this large. Nothing was handed in.',
			},
		},
		taken: 'Taken',
		present: 'Already there',
		notTaken: 'Not taken',
		/** What became of entries that were taken, where it is more than that. */
		outcomes: {
			done: 'written down',
			issued: 'with a token',
			issuing: 'token being made',
			waiting: 'waiting for a token',
			refused: 'refused, the money goes back',
			reversed: 'taken back',
		},
		number: 'Number',
		why: 'Why',
		code: 'Code',
		rows: 'Entries to look at',
		rowsShown: (shown: string, all: string) => `The first ${shown} of ${all}.`,
		unnumbered: 'no number',
		saleRefused: 'Taken. The sale was refused:',
	},
};
