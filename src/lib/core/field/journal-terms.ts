/** The closed lists of a technician's journal. */

/** What an entry is about. */
export const JOURNAL_KINDS = [
	'pack-opened',
	'meter-met',
	'token-delivery',
	'key-change-run',
	'clock-set',
	'relay-switched',
	'reading',
	'firmware-transfer',
	'bench-report',
	'pack-destroyed',
] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

/** What does not fit what the office knows. The entry stands all the same: it is what the device saw. */
export const ENTRY_FINDINGS = [
	/** It came after its device was revoked, of a time before. */
	'after-revocation',
	/** No such job, or another technician's. */
	'job-unknown',
	'meter-unknown',
	/** No such vend for that meter. */
	'vend-unknown',
	/** The vend's token at that place has other digits. */
	'digits-differ',
	/** The meter says that it is another one. */
	'meter-differs',
	/** What was done is not what the named job asks for, or no job is named. */
	'work-not-asked',
	/** After a key-change run the meter's key is not where the books have it. */
	'key-differs',
	/** The device's clock, set right by what it knew, is ahead of the server's. */
	'clock-ahead',
] as const;
export type EntryFinding = (typeof ENTRY_FINDINGS)[number];

/**
 * How a token fared at its meter, as far as technicians' journals say. `delivered`: the meter took it, or
 * says that it has it; that is final.
 */
export const FIELD_STATES = ['delivered', 'refused', 'unknown'] as const;
export type FieldState = (typeof FIELD_STATES)[number];
