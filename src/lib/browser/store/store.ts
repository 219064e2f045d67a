/**
 * What this device keeps, in IndexedDB. Facts flow one way: the outbox and the look-ups write here,
 * screens read by live query. Rows carry the schema version they were written with.
 *
 * Tables: `outbox` immutable sales as asked for; `progress` where each is; `meters` those this device
 * knows, with the pack that prices a sale offline; `virtualMeters` the demo's meters as they stand, and
 * `virtualMeterLoads` their load profiles, which are long and seldom change; `keypadEntries` how far the
 * tokens of a purchase are keyed in, `keypadLockouts` what was told of a meter's refusals; `readings` what a
 * person read off a meter's display, `reminders` what this device is to be told of, and when.
 */
import Dexie, { type EntityTable } from 'dexie';
import type { KeypadEntry } from '#lib/core/sync/keypad-entry.ts';
import type { KeypadLockout } from '#lib/core/sync/keypad-lockout.ts';
import type { OutboxRow, Progress } from '#lib/core/sync/outbox.ts';
import type { Reminder } from '#lib/core/sync/reminders.ts';
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import type { MeterReading } from '#lib/core/vending/use-facts.ts';

/** A meter this device has confirmed once: enough to price the next sale without a network. */
export interface KnownMeter {
	readonly drn: string;
	/** The person's own word for it, `Home`, or null. */
	readonly nickname: string | null;
	readonly confirmation: MeterConfirmation;
	readonly fetchedAtMs: number;
	readonly lastUsedAtMs: number;
	/** The last month, `2026-11`, for which its person wants no word of free electricity. */
	readonly fbeWavedOff?: string;
}

/** A virtual meter as it stands: its value is JSON of `core/meter/cosem`, opaque to the store. */
export interface StoredVirtualMeter {
	readonly drn: string;
	readonly label: string;
	readonly snapshot: string;
	readonly updatedAtMs: number;
}

/** The load profile of a virtual meter, oldest row first: four numbers a row (`virtual-meter-loads.ts`). */
export interface StoredLoadRows {
	readonly drn: string;
	readonly numbers: readonly number[];
}

/** The credit on a meter's display, by a person's word. */
export interface StoredReading extends MeterReading {
	/** UUIDv7. */
	readonly id: string;
	readonly drn: string;
}

export class TokenlineStore extends Dexie {
	declare readonly outbox: EntityTable<OutboxRow, 'id'>;
	declare readonly progress: EntityTable<Progress, 'id'>;
	declare readonly meters: EntityTable<KnownMeter, 'drn'>;
	declare readonly virtualMeters: EntityTable<StoredVirtualMeter, 'drn'>;
	declare readonly virtualMeterLoads: EntityTable<StoredLoadRows, 'drn'>;
	declare readonly keypadEntries: EntityTable<KeypadEntry, 'id'>;
	declare readonly keypadLockouts: EntityTable<KeypadLockout, 'drn'>;
	declare readonly readings: EntityTable<StoredReading, 'id'>;
	declare readonly reminders: EntityTable<Reminder, 'id'>;

	/** @param name the database's name; tests open others */
	constructor(name = 'tokenline') {
		// A sale that was stored must survive the battery falling out, not only the page being closed.
		super(name, { chromeTransactionDurability: 'strict' });
		this.version(1).stores({
			outbox: 'id, createdAtMs, request.drn',
			progress: 'id, state, notBeforeMs',
			meters: 'drn, lastUsedAtMs',
			virtualMeters: 'drn',
		});
		this.version(2).stores({ virtualMeterLoads: 'drn' });
		this.version(3).stores({ keypadEntries: 'id, drn', keypadLockouts: 'drn' });
		this.version(4).stores({ readings: 'id, drn', reminders: 'id, drn' });
	}
}
