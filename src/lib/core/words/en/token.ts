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
		`Token ${digits}\nfor meter ${meter}, ${energy}`,
	readAloud: 'Read aloud',
	stopReading: 'Stop',
	send: 'Send to the virtual meter',
};
