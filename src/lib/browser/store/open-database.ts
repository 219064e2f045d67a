/** Opening a database of ours, each with all its versions. */
import type Dexie from 'dexie';
import type { Transaction } from 'dexie';
import { StoreFault, stored } from './store-fault.ts';

/** One version of a database. */
export interface DatabaseSchema {
	readonly version: number;
	/** Tables that are new or indexed otherwise; the rest stays. */
	readonly tables: Readonly<Record<string, string | null>>;
	/** Brings the rows of the version before to this one; all of them or none. */
	readonly upgrade?: (transaction: Transaction) => PromiseLike<unknown>;
}

/** Tells Dexie every version there ever was. */
export function declareVersions(database: Dexie, schemas: readonly DatabaseSchema[]): void {
	for (const { version, tables, upgrade } of schemas) {
		const declared = database.version(version).stores({ ...tables });
		if (upgrade) declared.upgrade(upgrade);
	}
}

/**
 * Opens a database, or says why not before anything is begun: a private window, no space, a newer app's.
 * @throws {StoreFault}
 */
export async function openDatabase<Database extends Dexie>(
	name: string,
	schemas: readonly DatabaseSchema[],
	make: () => Database,
): Promise<Database> {
	const newest = Math.max(...schemas.map(({ version }) => version));
	// Asked before: Dexie would open what a newer version of the app wrote, and change it to what we know.
	if ((await installedVersion(name)) > newest * DEXIE_STEP) throw new StoreFault('newer-version');
	const database = make();
	await stored(() => database.open());
	return database;
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
