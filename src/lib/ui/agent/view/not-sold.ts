/** Why nothing was sold, where its sentence stands, and the one step that helps: pure. */
import type { SellOutcome } from '#lib/browser/sync/till-desk.ts';

export type NotSold = Extract<SellOutcome, { kind: 'not-sold' }>['because'] | 'failed';

export type Helps =
	/** Change the amount. */
	| 'smaller'
	/** Find a network. */
	| 'try-now'
	| 'open-shift'
	/** The till itself is in trouble. */
	| 'device'
	/** Nothing but going back. */
	| 'back';

const HELPS: Readonly<Record<NotSold, Helps>> = {
	'offline-not-allowed': 'try-now',
	'offline-sale-cap': 'smaller',
	'offline-age-cap': 'try-now',
	'offline-count-cap': 'try-now',
	'offline-sum-cap': 'try-now',
	'offline-float': 'smaller',
	'shift-needed': 'open-shift',
	revoked: 'device',
	suspended: 'device',
	unknown: 'device',
	'keys-missing': 'device',
	'refused-now': 'back',
	locked: 'back',
	'under-way': 'back',
	failed: 'device',
};

export const whatHelps = (because: NotSold): Helps => HELPS[because];
