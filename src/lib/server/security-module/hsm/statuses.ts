/**
 * Every status of the hardware module (sts.md §15.4) and what it is to the backend: a no that asking again
 * does not change is a refusal; what somebody must mend first, or what may be over by itself, is a fault,
 * and the vend waits. A status without a row is a fault.
 */
import type { RefusalCode } from '#lib/core/vending/refusals.ts';

interface StatusRow {
	readonly meaning: string;
	/** Null: a fault. */
	readonly refusal: RefusalCode | null;
}

const row = (meaning: string, refusal: RefusalCode | null = null): StatusRow => ({
	meaning,
	refusal,
});

export const DONE = '00';

export const STATUSES: Readonly<Record<string, StatusRow>> = {
	'01': row('device failure'),
	'02': row('format'),
	'03': row('token check', 'token-unreadable'),
	'05': row('key type', 'vending-key-type'),
	'20': row('frame check'),
	'21': row('unknown command'),
	'26': row('KMC key state'),
	'27': row('KEK slot'),
	'28': row('key register empty', 'vending-key-unknown'),
	'29': row('key change not allowed', 'key-change-not-allowed'),
	'31': row('credit limit used up', 'vending-key-limit'),
	'33': row('module id'),
	'40': row('parameter', 'security-module-refused'),
	'41': row('key expired', 'vending-key-expired'),
	'42': row('issue-until passed', 'vending-key-issue-ended'),
	'43': row('key not active yet', 'vending-key-not-active'),
	'44': row('TID outside the clock window', 'security-module-refused'),
	'45': row('log range'),
	'48': row('subclass not allowed', 'vending-key-type'),
	'49': row('concatenation format'),
	'57': row('tampered'),
	'58': row('application error'),
	'60': row('number of fields'),
	'61': row('type of a field'),
	'62': row('encoding of a field'),
	'63': row('range of a field', 'security-module-refused'),
	'76': row('meter PAN', 'security-module-refused'),
	'77': row('MAC'),
	'78': row('key check value'),
	'80': row('credit under a default key', 'vending-key-type'),
	'85': row('number of tokens', 'key-change-not-allowed'),
	'87': row('instruction'),
	'94': row('attribute'),
	EE: row('extended'),
};
