/** Why a text that was scanned is not taken, in order of precedence: a closed list with words in `core/words`. */

export const SCAN_REFUSALS = [
	'scan-empty',
	'scan-too-long',
	'bank-card-refused',
	/** Twenty digits: that is what the meter takes, not what it is called. */
	'scan-a-token',
	'meter-card-unreadable',
	'meter-check-digit',
	/** Two meters are named: nobody can know which is meant. */
	'scan-two-meters',
	'scan-not-a-meter',
] as const;
export type ScanRefusal = (typeof SCAN_REFUSALS)[number];
