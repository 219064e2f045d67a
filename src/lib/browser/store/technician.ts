/**
 * What a technician's device keeps, in a database of its own: a consumer's app never opens it.
 *
 * Tables: those of the vault; `technicians` who may unlock one here; `counters` what was used under the keys
 * of meters; `deliveries` and `resumes` how far the work at a meter is; `journal` what was done, signed;
 * `arrivals` and
 * `progress` what of it the backend has.
 *
 * In clear stands what must outlive the PIN: counters, deliveries, the journal. Secrets and packs are sealed.
 */
import Dexie, { type EntityTable, type Table } from 'dexie';
import { VAULT_TABLES, type VaultDatabase } from '#lib/browser/vault/tables.ts';
import { declareVersions, openDatabase, type DatabaseSchema } from './open-database.ts';
import type {
	ArrivalRow,
	CounterRow,
	DeliveryRow,
	JournalRow,
	ProgressRow,
	ResumeRow,
	TechnicianRow,
} from './technician-rows.ts';

/** Every version there ever was; one that was released is never changed again. */
export const TECHNICIAN_SCHEMAS: readonly DatabaseSchema[] = [
	{
		version: 1,
		tables: {
			...VAULT_TABLES,
			technicians: 'operatorId, lastSignedInMs',
			counters: 'space',
			deliveries: 'drn',
			resumes: '[drn+subject], drn',
			journal: '[deviceId+sequence], deviceId, &id',
			arrivals: '[deviceId+sequence]',
			progress: 'deviceId',
		},
	},
];

export const TECHNICIAN_DATABASE = 'tokenline-technician';

export class TechnicianStore extends Dexie implements VaultDatabase {
	declare readonly vaults: VaultDatabase['vaults'];
	declare readonly sealed: VaultDatabase['sealed'];
	declare readonly gone: VaultDatabase['gone'];
	declare readonly deviceKeys: VaultDatabase['deviceKeys'];
	declare readonly seenTime: VaultDatabase['seenTime'];
	declare readonly technicians: EntityTable<TechnicianRow, 'operatorId'>;
	declare readonly counters: EntityTable<CounterRow, 'space'>;
	declare readonly deliveries: EntityTable<DeliveryRow, 'drn'>;
	declare readonly resumes: Table<ResumeRow, [drn: string, subject: string]>;
	declare readonly journal: Table<JournalRow, [deviceId: string, sequence: number]>;
	declare readonly arrivals: Table<ArrivalRow, [deviceId: string, sequence: number]>;
	declare readonly progress: EntityTable<ProgressRow, 'deviceId'>;

	/** By `openTechnicianStore`. @param name the database's name, @param schemas its versions; of tests */
	constructor(name = TECHNICIAN_DATABASE, schemas = TECHNICIAN_SCHEMAS) {
		// What was done at a meter must survive the battery falling out, not only the page being closed.
		super(name, { chromeTransactionDurability: 'strict' });
		declareVersions(this, schemas);
		this.journal.hook('updating', refuseToChange);
		this.journal.hook('deleting', refuseToChange);
	}
}

function refuseToChange(): never {
	throw new TypeError('an entry of the journal is never changed');
}

/**
 * Opens the database, or says why not before anything is begun: a private window, no space, a newer app's.
 * @throws {StoreFault}
 */
export function openTechnicianStore(name = TECHNICIAN_DATABASE): Promise<TechnicianStore> {
	return openDatabase(name, TECHNICIAN_SCHEMAS, () => new TechnicianStore(name));
}
