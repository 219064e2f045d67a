/** Connecting to a meter: what is being done, and what went wrong. The code beside it is for the help line. */
import type {
	ConnectFailureName,
	ConnectStepName,
	OpeningFailure,
} from '#lib/core/field/connecting/connect-names.ts';

interface FailureWords {
	readonly title: string;
	/** What it means and what to do. */
	readonly detail: string;
}

const steps: Record<ConnectStepName, string> = {
	'opening-port': 'Opening the port',
	'signing-on': 'Calling the meter at 300 baud',
	'signed-on': 'The meter has answered',
	associating: 'Connecting to the meter',
	'reading-identity': 'Asking the meter who it is',
	identified: 'The meter has said who it is',
	releasing: 'Changing to the technician’s access',
};

const openings: Record<OpeningFailure, FailureWords> = {
	'no-answer': {
		title: 'The meter does not answer',
		detail:
			'Nothing came back at 300 baud. Hold the probe straight on the optical port, turn it so that the cable hangs down, and try again.',
	},
	garbled: {
		title: 'The answer cannot be read',
		detail:
			'Something came back, and it is no meter’s name. Clean the window, keep the sun off it and hold the probe still.',
	},
	'hdlc-not-offered': {
		title: 'The meter does not offer DLMS',
		detail:
			'It has answered, and speaks another protocol on this port. Choose a profile for this kind of meter if you know that it does speak DLMS.',
	},
};

const failures: Record<Exclude<ConnectFailureName, 'fault' | 'opening'>, FailureWords> = {
	'called-off': {
		title: 'Called off',
		detail: 'You stopped it. Nothing was changed in the meter.',
	},
	'no-opening': {
		title: 'Not this way',
		detail:
			'The profile says how this kind of meter is reached, and this port cannot do that. Choose another port or another profile.',
	},
	'secrets-missing': {
		title: 'A key is missing',
		detail:
			'This meter wants a password or keys that this device does not have. Fetch the job again, or ask the office.',
	},
	'secrets-unfit': {
		title: 'A key cannot be right',
		detail: 'A key has not the length that this kind of meter needs. Nothing was sent.',
	},
	'no-answer': {
		title: 'The meter does not answer',
		detail:
			'The port is open and nothing comes back. Hold the probe straight and try again; if that does not help, let the probe doctor look.',
	},
	link: {
		title: 'The meter broke off',
		detail:
			'It answered, and then ended or refused the connection. Wait two minutes and try again.',
	},
	'association-refused': {
		title: 'The meter does not let us in',
		detail:
			'It refuses this access: the password, the key or the client number is not the one it has. Check the job before you try again; some meters lock after wrong passwords.',
	},
	'association-failed': {
		title: 'No access could be agreed',
		detail:
			'The meter answered with something that does not fit. The frame log shows what; its keys may have been changed.',
	},
	'meter-not-authentic': {
		title: 'This meter cannot prove who it is',
		detail:
			'It does not know the key it should have. Do not trust what it shows, and tell the office.',
	},
	'other-meter': {
		title: 'Another meter',
		detail: 'This is not the meter of the job. No key and no password was sent to it.',
	},
	'identity-untold': {
		title: 'The meter does not say who it is',
		detail:
			'The job is for one certain meter, and this one does not tell its name or number. No password was sent.',
	},
	'key-used-up': {
		title: 'The key is used up',
		detail:
			'No message can be made any more under this key. The office must give the meter a new one.',
	},
	'counters-not-kept': {
		title: 'This device cannot store anything',
		detail:
			'A counter must be on the disk before each message, and it could not be stored. Free some space and try again. Nothing was sent.',
	},
};

export const connecting = {
	steps,
	openings,
	failures,
	/** `expected` and `found` as the meters tell themselves. */
	otherMeter: (expected: string, found: string) => `Expected ${expected}, found ${found}.`,
	/** For the help line. */
	code: (code: string) => `Code ${code}`,
};
