/** What the office reads of technicians' devices, jobs and journals. One row per code. */
import type { FieldDeviceState, FieldWork, JobState } from '#lib/core/field/job-terms.ts';
import type { EntryFinding, FieldState, JournalKind } from '#lib/core/field/journal-terms.ts';

const deviceStates: Record<FieldDeviceState, string> = {
	active: 'In use',
	suspended: 'Suspended: its journal contradicts itself',
	revoked: 'Revoked',
};

const jobStates: Record<JobState, string> = {
	open: 'Open',
	done: 'Done',
	cancelled: 'Taken back',
};

const work: Record<FieldWork, string> = {
	reading: 'read registers, profiles and logs',
	clock: 'set the clock',
	relay: 'switch the relay',
	'key-change': 'change the key',
	firmware: 'transfer firmware (laboratory)',
};

const entries: Record<JournalKind, string> = {
	'pack-opened': 'Opened a job pack',
	'meter-met': 'Met a meter',
	'token-delivery': 'Handed a token to a meter',
	'key-change-run': 'Changed a meter’s key',
	'clock-set': 'Set a meter’s clock',
	'relay-switched': 'Switched a meter’s relay',
	reading: 'Read a meter',
	'firmware-transfer': 'Transferred firmware to a meter',
	'bench-report': 'Ran the test bench on a meter',
	'pack-destroyed': 'Destroyed a job pack',
};

const findings: Record<EntryFinding, string> = {
	'after-revocation': 'It arrived after its device was revoked, and was done before.',
	'job-unknown': 'It names a job that is not this technician’s.',
	'meter-unknown': 'It names a meter that this utility does not have.',
	'vend-unknown': 'It names a token that was not made for this meter.',
	'digits-differ':
		'The digits that the meter was given are not those of the token that it names. The token still counts as not delivered.',
	'meter-differs': 'The meter says that it is another one. Look at what else was done there.',
	'work-not-asked': 'No job asks this technician for such work at this meter.',
	'key-differs':
		'After the run the meter’s key is not where the books have it. Sell it nothing before somebody has looked.',
	'clock-ahead': 'The device’s clock is ahead of the server’s. When it was done is not certain.',
};

const delivery: Record<FieldState, string> = {
	delivered: 'In the meter',
	refused: 'Refused by the meter',
	unknown: 'Handed over, outcome unknown',
};

export const field = { deviceStates, jobStates, work, entries, findings, delivery };
