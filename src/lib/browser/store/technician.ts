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
import Dexie, { type EntityTable, type Table, type Transaction } from 'dexie';
import { VAULT_TABLES, type VaultDatabase } from '#lib/browser/vault/tables.ts';
import { StoreFault, stored } from './store-fault.ts';
import type {
	ArrivalRow,
	CounterRow,
	DeliveryRow,
	JournalRow,
	ProgressRow,
	ResumeRow,
	TechnicianRow,
} from './technician-rows.ts';

/** One version of the database. */
export interface TechnicianSchema {
	readonly version: number;
	/** Tables that are new or indexed otherwise; the rest stays. */
	readonly tables: Readonly<Record<string, string | null>>;
	/** Brings the rows of the version before to this one; all of them or none. */
	readonly upgrade?: (transaction: Transaction) => PromiseLike<unknown>;
}

/** Every version there ever was; one that was released is never changed again. */
export const TECHNICIAN_SCHEMAS: readonly TechnicianSchema[] = [
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
		for (const { version, tables, upgrade } of schemas) {
			const declared = this.version(version).stores({ ...tables });
			if (upgrade) declared.upgrade(upgrade);
		}
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
export async function openTechnicianStore(name = TECHNICIAN_DATABASE): Promise<TechnicianStore> {
	const newest = Math.max(...TECHNICIAN_SCHEMAS.map(({ version }) => version));
	// Asked before: Dexie would open what a newer version of the app wrote, and change it to what we know.
	if ((await installedVersion(name)) > newest * DEXIE_STEP) throw new StoreFault('newer-version');
	const store = new TechnicianStore(name);
	await stored(() => store.open());
	return store;
}

/** Dexie's version 1 is the browser's version 10. */
const DEXIE_STEP = 10;

/** The browser's own version of a database; 0: there is none. */
function installedVersion(name: string): Promise<number> {
	return stored(
		() =>
			new Promise<number>((resolve, reject) => {
				const request = indexedDB.open(name);
				request.onupgradeneeded = () => {
					// It is being made by our asking: that is taken back.
					request.transaction?.abort();
					resolve(0);
				};
				request.onsuccess = () => {
					resolve(request.result.version);
					request.result.close();
				};
				request.onerror = () => reject(request.error);
			}),
	);
}
