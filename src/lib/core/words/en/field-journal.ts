/** What a technician is told of the journal: how far it is, and why nothing more of it is sent. */
import type { FieldStopReason } from '#lib/core/field/keeping.ts';

interface StopWords {
	readonly title: string;
	/** `number` is the entry it is about; empty where it is about none. */
	readonly detail: (number: string) => string;
}

const about = (number: string) => (number === '' ? '' : ` (entry ${number})`);

const stops: Record<FieldStopReason, StopWords> = {
	'sign-in': {
		title: 'Sign in to send the journal',
		detail: () => 'Everything is kept on this device. It is sent once you have signed in.',
	},
	'not-registered': {
		title: 'This device is not registered yet',
		detail: () => 'Everything is kept on this device. It is registered once the service answers.',
	},
	fork: {
		title: 'The journal contradicts itself',
		detail: (number) =>
			`The office has another entry under the same number${about(number)}. This device went on from an older state, or there are two of it. Save the journal as a file, call the office, and register the device anew.`,
	},
	revoked: {
		title: 'This device is switched off',
		detail: () =>
			'The office has switched it off. Jobs and keys on it are destroyed, and nothing more of it is taken. The journal is still here and can be saved as a file.',
	},
	refused: {
		title: 'An entry is not taken',
		detail: (number) =>
			`The office does not take an entry as it is${about(number)}. It and those after it are kept on this device. Save the journal as a file and call the office.`,
	},
	'journal-broken': {
		title: 'The journal on this device is damaged',
		detail: (number) =>
			`What is stored is not what was written${about(number)}. Nothing from there on is sent. Save the journal as a file and call the office.`,
	},
};

export const fieldJournal = {
	title: 'Journal',
	allSent: 'All entries have arrived',
	waiting: (count: string) => `${count} not sent yet`,
	sending: 'Sending',
	save: 'Save the journal as a file',
	stops,
};
