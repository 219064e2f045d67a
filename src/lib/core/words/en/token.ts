/** The token itself, and what can be done with it. */
export const token = {
	/** For a screen reader, before the groups. */
	spoken: 'Token, five groups of four digits',
	/** One group for a screen reader and for speech; `digits` parted by spaces. */
	group: (place: string, digits: string) => `Group ${place}: ${digits}.`,
	/** With more than one. */
	sequence: (place: string, of: string) => `Token ${place} of ${of}`,
	test: 'TEST',
	testWhy: 'A test token: no real meter takes it.',
	forMeter: 'For meter',
	copy: 'Copy',
	copied: 'Copied',
	notCopied: 'Could not copy. Hold a finger on the digits to mark them.',
	share: 'Share',
	/** What is shared: the digits in groups, the meter, the energy. */
	shareText: (digits: string, meter: string, energy: string) =>
		`Token ${digits}\nfor meter ${meter}${energy && `, ${energy}`}`,
	readAloud: 'Read aloud',
	stopReading: 'Stop',
	send: 'Send to the virtual meter',
	sendAll: (count: string) => `Send all ${count} to the virtual meter`,
	/** `phone` in groups. */
	sentTo: (phone: string) => `Also sent to ${phone}`,
	/** The demo's phone, on which messages can be looked at. */
	sandboxPhone: 'Look at that phone (sandbox)',
	/** More than one token at once. */
	set: {
		stories: {
			keysThenCredit: {
				title: 'Your tokens',
				detail: (count: string, keys: string) =>
					`Key in all ${count} in this order, without a long pause. The first ${keys} give the meter its new key.`,
			},
			keysOnly: {
				title: 'Your tokens',
				detail: (count: string) =>
					`Key in all ${count}, one after the other, in this order, without a long pause. They give the meter its new key and bring no energy.`,
			},
			several: {
				title: 'Your tokens',
				detail: (count: string) => `Key in all ${count}, one after the other, in this order.`,
			},
		},
		keyPart: (part: string, of: string) => `New key, part ${part} of ${of}`,
		kinds: {
			credit: 'The energy you bought',
			fbe: 'Free basic electricity',
			'free-issue': 'Free energy',
			engineering: 'For the technician',
		},
		next: 'Keyed in, to the next',
		last: 'Keyed in, that was the last',
		/** `place` such as `Token 1 of 4`. */
		done: (place: string) => `${place} keyed in`,
		allDone: 'All are keyed in. If the meter refused one, tap it above and compare the digits.',
		shareLine: (place: string, of: string, digits: string) => `${place} of ${of}: ${digits}`,
		/** `energy` may be empty. */
		shareText: (lines: string, meter: string, energy: string) =>
			`Key in all, in this order:\n${lines}\nfor meter ${meter}${energy && `, ${energy}`}`,
	},
};
