/** Keying a token in together: group by group, what the meter waits for, what its display says. */
export const coach = {
	/** The button on the token, and the screen. */
	start: 'Enter it with me',
	title: 'Enter it with me',
	back: 'Back to the token',
	/** Above the digits. */
	group: (place: string, of: string) => `Group ${place} of ${of}`,
	first: 'Type these four digits on the meter’s keypad. Then tap Next.',
	next: 'Next',
	last: 'Typed, that was the last',
	previous: 'One back',
	beginAgain: 'Begin again',
	readAloud: 'Read each group aloud',
	stopReading: 'Stop reading',
	/** While the meter waits for the next digit. */
	waits: (seconds: string) => `Most meters wait ${seconds} s for the next digit`,
	waitsFromStart: (seconds: string) =>
		`Most meters forget what was typed after ${seconds} seconds without a digit.`,
	forgotten: {
		title: 'The meter may have forgotten the digits',
		detail:
			'Look at its display. If what you typed is gone, begin again with the first group. If it is still there, go on.',
		still: 'They are still there',
	},
	/** `clock` such as `0:20`. */
	locked: {
		title: (clock: string) => `Wait ${clock}`,
		detail:
			'After several refusals most meters take no token for a while, and longer each time: 10 seconds at first, 21 minutes at most. Type nothing until then.',
		over: 'The wait is over. Type the token now.',
		anyway: 'The meter takes it now',
		waiting: (clock: string) => `Wait ${clock}`,
	},
	keySet: {
		left: (clock: string) =>
			`The new key’s parts belong together. Most meters wait ${clock} for the next part.`,
		lateTitle: 'Too long between two parts',
		late: 'Most meters have dropped the first part by now. Begin with the first part again: nothing is lost by it.',
		again: 'Begin with the first part',
	},
	older: {
		title: 'An older token first?',
		/** `when` is a date with its time. */
		detail: (when: string) =>
			`A token for this meter was bought before this one: ${when}. Nobody has told this phone that it is in. Meters want the older token first.`,
		enter: 'Enter the older one',
		isIn: 'It is in already',
	},
	enter: {
		title: 'Press Enter on the meter. What does it say?',
		detail:
			'Enter is the key with ↵ or #. Many meters take the token by themselves after the last digit.',
		accepted: 'Accepted',
		acceptedHint: 'Or a new credit, a tone, “good”, “1st”, “2nd”',
		refused: 'Refused',
		refusedHint: 'Or “reject”, “used”, “error”, anything else',
		nothing: 'Nothing at all',
		nothingHint: 'The display is dark or has not changed',
	},
	/** `place` such as `Token 1 of 3`. */
	taken: (place: string) => `${place} is in, by your word.`,
	done: {
		title: 'Entered, by your word',
		detail: 'The meter’s display is the proof, not this phone: look there for the new credit.',
		detailKeys:
			'The meter has its new key by your word. Tokens that are bought from now on fit it.',
		back: 'To the token',
		notIn: 'It was not taken after all',
	},
	/** The way to the doctor, under a token. */
	refused: 'The meter refused it',
	missing: {
		title: 'There is no token here',
		detail: 'This phone has no token under this purchase.',
	},
};
