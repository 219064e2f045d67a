/**
 * Sending a purchase's tokens to its meter from the consumer's own device. A catalogue of its own: only that
 * screen loads it.
 */
interface Said {
	readonly title: string;
	readonly detail: string;
}

const doing = {
	calling: { title: 'Calling the meter', detail: 'Hold the probe still.' },
	asking: { title: 'Asking the meter who it is', detail: 'Nothing was sent to it yet.' },
	admitted: { title: 'It is the right meter', detail: 'Hold the probe still.' },
	reading: { title: 'Reading the meter', detail: 'What it has is read before anything is sent.' },
	sending: { title: 'Sending the token', detail: 'Hold the probe still.' },
	looking: { title: 'The meter is looking at it', detail: 'It says in a moment.' },
	readingBack: {
		title: 'The meter has not answered',
		detail: 'Nothing was sent twice. What it has is being read.',
	},
} satisfies Record<string, Said>;

const results = {
	taken: { title: 'The meter has taken it', detail: 'Nothing is to be keyed in any more.' },
	used: {
		title: 'The meter has this token already',
		detail: 'It says that it was used before. Compare its credit with what you expect.',
	},
	format: {
		title: 'The meter does not read it this way',
		detail: 'The digits are whole. Key them in: the token is still good.',
	},
	authentication: {
		title: 'The meter says: not for me',
		detail: 'Its key may be another one than the token was made for. The token was not used.',
	},
	validation: {
		title: 'The meter says: used, too old or expired',
		detail: 'Let us look for the cause. The token was not taken now.',
	},
	execution: {
		title: 'The meter cannot take it now',
		detail: 'It is too full, or waits after several refusals. The token is still good.',
	},
	keypadOnly: {
		title: 'This meter takes tokens at its keypad only',
		detail: 'By cable only a technician may send it one. The token was not used.',
	},
	lost: {
		title: 'Not known yet',
		detail:
			'The connection broke while the token was on its way. Connect again: what the meter has is read first, and nothing is sent twice.',
	},
	undecided: {
		title: 'The meter does not say whether it has it',
		detail:
			'Compare the credit on its display. Sent once more, a token that it has is only called used, and counts nothing twice.',
	},
	held: { title: 'Not all is sent yet', detail: 'What the meter has not got waits here.' },
	calledOff: { title: 'Stopped', detail: 'Nothing is on its way to the meter.' },
	allIn: {
		title: 'All of it is in',
		detail: 'By what you said at the keypad, or the meter itself.',
	},
	damaged: {
		title: 'Where it was is not known',
		detail:
			'What this device had noted cannot be read. Sent once more, a token that the meter has is only called used.',
	},
	notKept: {
		title: 'This device cannot store anything',
		detail: 'So nothing more was sent. Make room on it, and try again.',
	},
	notTokens: { title: 'These digits cannot be sent', detail: 'Nothing was sent. Key them in.' },
	otherTab: {
		title: 'Another tab is at this meter',
		detail: 'One at a time, so that nothing is sent twice. Close it there first.',
	},
} satisfies Record<string, Said>;

const failures = {
	silent: {
		title: 'The meter does not answer',
		detail:
			'Nothing was sent. Press the probe flat on the meter’s round window, its cable hanging down, and try again.',
	},
	noProtocol: {
		title: 'The meter does not speak by this port',
		detail: 'Nothing was sent. Key the token in.',
	},
	otherMeter: { title: 'This is another meter', detail: 'Nothing was sent to it.' },
	untold: {
		title: 'The meter does not say its number',
		detail: 'So nothing was sent: it could be another one. Key the token in.',
	},
	brokeOff: {
		title: 'The meter broke off',
		detail: 'Nothing is on its way. Wait two minutes, and try again.',
	},
	unplugged: {
		title: 'The cable is out',
		detail: 'Nothing is on its way. Plug it in, and connect again.',
	},
	busy: {
		title: 'The probe is in use',
		detail: 'Another tab or program has it. Nothing was sent.',
	},
	notAllowed: {
		title: 'The probe is not allowed',
		detail: 'Allow serial and USB ports for this page in the browser’s settings.',
	},
	port: {
		title: 'The probe does not work here',
		detail: 'Nothing was sent. Pull it, plug it in again, or choose another one.',
	},
	nothingChosen: { title: 'No probe chosen', detail: 'Plug it in, and choose it in the list.' },
} satisfies Record<string, Said>;

export const deliver = {
	title: 'Send to meter',
	back: 'Back to the token',
	/** A meter number in groups. */
	forMeter: (meter: string) => `For meter ${meter}`,
	need: {
		title: 'This browser cannot reach a meter',
		detail:
			'It takes a probe on a cable, and Chrome or Edge on a laptop or Chrome on an Android phone. The keypad always works.',
	},
	how: [
		'Plug the probe into this device, and press it on the meter’s round window, its cable hanging down.',
		'Tap the button below. The browser shows a list: choose the probe.',
		'Hold it there until this screen says that the meter has the token.',
	],
	howVirtual: 'This meter is a virtual one of this device: no cable is needed.',
	ways: {
		virtual: 'Send to the virtual meter',
		/** The name of a probe. */
		with: (probe: string) => `Send with ${probe}`,
		serial: 'Choose the probe',
		usb: 'Choose a USB probe',
		other: 'Choose another probe',
	},
	doing,
	results,
	failures,
	/** Both in groups. */
	otherMeter: (found: string, wanted: string) =>
		`It is meter ${found}. The token is for meter ${wanted}.`,
	credit: { before: 'Credit before', after: 'Credit on the meter now' },
	phases: {
		waiting: 'Waits',
		going: 'On its way',
		unknown: 'Not known',
		taken: 'In the meter',
		refused: 'Refused',
	},
	acts: {
		again: 'Try again',
		connect: 'Connect again',
		takeOver: 'Take it over here',
		rest: 'Send the rest',
		coach: 'Enter it with me',
		doctor: 'Find the cause',
		lookAgain: 'Look again',
		sendAgain: 'Send once more',
		done: 'To the token',
		cancel: 'Stop',
		cancelling: 'Stopping after this step',
	},
	older: 'Send the older one',
	/** For the help line. */
	code: (code: string) => `Code ${code}`,
};
