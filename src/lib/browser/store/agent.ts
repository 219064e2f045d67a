/**
 * What an agent's device keeps, in a database of its own: a consumer's app never opens it.
 *
 * Tables: those of the vault; `till` what this device is; `operators` who may unlock a vault here; `entries` the
 * journal that is the outbox, `progress` how far each entry is; `sales`, `customers`, `batches`, `reserve` what
 * the screens show; `packs` what prices a sale offline; `prints` what goes to the printer, `printing` how.
 */
import Dexie, { type EntityTable, type Table } from 'dexie';
import { VAULT_TABLES, type VaultDatabase } from '#lib/browser/vault/tables.ts';
import type {
	BatchHereRow,
	CustomerHereRow,
	OperatorHereRow,
	PackHereRow,
	PrintingHereRow,
	PrintJobRow,
	ReserveHereRow,
	TerminalHereRow,
	TillEntryHereRow,
	TillProgressRow,
	TillSaleRow,
} from './agent-rows.ts';
import { AGENT_DATABASE } from './agent-presence.ts';
import { declareVersions, openDatabase, type DatabaseSchema } from './open-database.ts';

const VERSION_1 = {
	...VAULT_TABLES,
	till: 'key',
	operators: 'operatorId, lastSignedInMs',
	entries: '[deviceId+sequence], &id',
	progress: '[deviceId+sequence], &id, state, notBeforeMs',
	sales: 'id, atMs, state, shiftId, [drnTag+atMs]',
	customers: '[operatorId+drnTag], [operatorId+lastSoldMs]',
	batches: 'id, state, openedAtMs',
	packs: 'key',
	reserve: 'vendId, state, expiresAtMs',
	prints: 'id, state, askedAtMs',
};

/** What waits of one journal, and tokens to be handed over, are found without looking at any other row. */
const VERSION_2 = {
	...VERSION_1,
	progress: '[deviceId+sequence], &id, state, [deviceId+state]',
	sales: `${VERSION_1.sales}, handOverMs`,
};

/** A browser that is killed forgets what it kept in `localStorage` a moment ago, and then nothing is printed. */
const VERSION_3 = { ...VERSION_2, printing: 'key' };

/** Every version there ever was; one that was released is never changed again. */
export const AGENT_SCHEMAS: readonly DatabaseSchema[] = [
	{ version: 1, tables: VERSION_1 },
	{ version: 2, tables: VERSION_2 },
	{ version: 3, tables: VERSION_3 },
];

export class AgentStore extends Dexie implements VaultDatabase {
	declare readonly vaults: VaultDatabase['vaults'];
	declare readonly sealed: VaultDatabase['sealed'];
	declare readonly gone: VaultDatabase['gone'];
	declare readonly deviceKeys: VaultDatabase['deviceKeys'];
	declare readonly seenTime: VaultDatabase['seenTime'];
	declare readonly till: EntityTable<TerminalHereRow, 'key'>;
	declare readonly operators: EntityTable<OperatorHereRow, 'operatorId'>;
	declare readonly entries: Table<TillEntryHereRow, [deviceId: string, sequence: number]>;
	declare readonly progress: Table<TillProgressRow, [deviceId: string, sequence: number]>;
	declare readonly sales: EntityTable<TillSaleRow, 'id'>;
	declare readonly customers: Table<CustomerHereRow, [operatorId: string, drnTag: string]>;
	declare readonly batches: EntityTable<BatchHereRow, 'id'>;
	declare readonly packs: EntityTable<PackHereRow, 'key'>;
	declare readonly reserve: EntityTable<ReserveHereRow, 'vendId'>;
	declare readonly prints: EntityTable<PrintJobRow, 'id'>;
	declare readonly printing: EntityTable<PrintingHereRow, 'key'>;

	/** @param name the database's name, @param schemas its versions; of tests */
	constructor(name = AGENT_DATABASE, schemas = AGENT_SCHEMAS) {
		// A sale that was stored must survive the battery falling out, not only the page being closed.
		super(name, { chromeTransactionDurability: 'strict' });
		declareVersions(this, schemas);
		this.entries.hook('updating', refuseToChange);
	}
}

function refuseToChange(): never {
	throw new TypeError('an entry of the journal is never changed');
}

/**
 * Opens the database, or says why not before anything is begun: a private window, no space, a newer app's.
 * @throws {StoreFault}
 */
export function openAgentStore(name = AGENT_DATABASE): Promise<AgentStore> {
	return openDatabase(name, AGENT_SCHEMAS, () => new AgentStore(name));
}

export { AGENT_DATABASE };
