/**
 * The tables of a database that has a vault: a technician's, a kiosk's. Whose schema has `VAULT_TABLES` can
 * be handed to everything in this folder.
 */
import type Dexie from 'dexie';
import type { Table } from 'dexie';
import type { DeviceKeysRow } from './device-keys.ts';
import type { GoneRow } from './sealed-rows.ts';
import type { SealedRow } from './sealing.ts';
import type { SeenTimeRow } from './seen-clock.ts';
import type { VaultRow } from './vault-key.ts';

/** For `Dexie.version(…).stores`; indexed is only what is not secret. */
export const VAULT_TABLES = {
	vaults: 'owner',
	sealed: '[owner+name], owner, expiresAtMs',
	gone: '[owner+name], owner',
	deviceKeys: 'owner',
	seenTime: 'name',
} as const;

export interface VaultDatabase extends Dexie {
	readonly vaults: Table<VaultRow, string>;
	readonly sealed: Table<SealedRow, [owner: string, name: string]>;
	/** Told of and then deleted by whose database it is. */
	readonly gone: Table<GoneRow, [owner: string, name: string]>;
	readonly deviceKeys: Table<DeviceKeysRow, string>;
	readonly seenTime: Table<SeenTimeRow, string>;
}
