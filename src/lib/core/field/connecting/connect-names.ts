/** The names of what connecting does and of why it fails: closed lists, each with its sentence in `core/words`. */

export const CONNECT_STEPS = [
	'opening-port',
	/** Mode E, at 300 baud. */
	'signing-on',
	'signed-on',
	'associating',
	'reading-identity',
	'identified',
	'releasing',
] as const;
export type ConnectStepName = (typeof CONNECT_STEPS)[number];

export const CONNECT_FAILURES = [
	'called-off',
	'no-opening',
	'secrets-missing',
	'secrets-unfit',
	/** The port; which kind of fault it is has its own list. */
	'fault',
	'opening',
	'no-answer',
	'link',
	'association-refused',
	'association-failed',
	'meter-not-authentic',
	'other-meter',
	'identity-untold',
	'key-used-up',
	'counters-not-kept',
] as const;
export type ConnectFailureName = (typeof CONNECT_FAILURES)[number];

/** Why mode E did not come to HDLC. */
export const OPENING_FAILURES = ['no-answer', 'garbled', 'hdlc-not-offered'] as const;
export type OpeningFailure = (typeof OPENING_FAILURES)[number];
