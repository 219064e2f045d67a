/** The office's screen for tills: made, given a code, switched off. */
export const officeTills = {
	title: 'Tills',
	lead: 'Each device that sells is a till of an agent. A code makes a device one; a revocation ends it.',
	table: 'Tills',
	till: 'Till',
	agent: 'Agent',
	state: 'State',
	enrolled: 'Enrolled',
	deeds: 'What can be done',
	/** Of `TerminalAnswer`. */
	states: {
		'awaiting-enrolment': 'waits for a device',
		active: 'active',
		revoked: 'revoked',
	},
	codeUntil: (when: string) => `code until ${when}`,
	never: 'never',
	none: 'No till yet',
	noneDetail: 'Make one for an agent. A one-time code then makes the agent’s device that till.',
	new: {
		open: 'New till',
		title: 'New till',
		id: 'Number',
		idHint:
			'Letters, a hyphen, digits, such as T-005. It is printed on receipts and never changes.',
		agent: 'Agent',
		name: 'Name',
		nameHint: 'What people call it, such as Market Corner, counter 2.',
		make: 'Make the till',
		wrong: {
			id: 'A number has one to six capital letters, a hyphen and one to six digits.',
			taken: 'There is a till of this number. Take another one.',
			name: 'A name has one to eighty characters.',
			agent: 'Choose an agent.',
		},
	},
	code: {
		make: 'Make a code',
		/** For a screen reader, which hears the button without its row. */
		makeFor: (till: string) => `Make a code for ${till}`,
		title: (till: string) => `Code for ${till}`,
		confirm: (till: string) =>
			`${till} has a device. A new code does not end it at once: the device that uses the code takes its place, and the old one can sell no more.`,
		shownOnce: 'It is shown this once. Only its hash is kept here.',
		until: (when: string) => `Good for one device, until ${when}.`,
		howTo: 'On the agent’s device: open Tokenline, choose the kiosk, type this code.',
		copy: 'Copy',
		copied: 'Copied',
		notCopied: 'This browser does not copy. Read it out or write it down.',
		done: 'Done',
	},
	revoke: {
		open: 'Revoke',
		openFor: (till: string) => `Revoke ${till}`,
		title: (till: string) => `Revoke ${till}?`,
		means: [
			'The backend takes nothing more from its device, from this moment, on all nodes.',
			'The device wipes what it holds when it is next reached: sealed tokens, customers, keys.',
			'Sales that it has not handed in yet stay on the device as a file. The office imports that file under Journals.',
			'A device that stays off the network can go on with its provisional receipts until it is reached. The agent’s caps are the most that this can be.',
		],
		again: 'The till can be given a new code later. Its old device stays out.',
		confirm: (till: string) => `Revoke ${till}`,
		done: (till: string) => `${till} is revoked.`,
	},
	made: (till: string) => `${till} is made. Make a code for its device next.`,
};
