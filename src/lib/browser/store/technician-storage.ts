/** Looks after the place that the browser gives us. */
import { judgeStorage, type StorageDanger } from '#lib/core/field/storage-danger.ts';

/** Asks the browser to keep what is here, and says whether it is in danger all the same. Never rejects. */
export async function lookAfterStorage(
	storage: Pick<StorageManager, 'persisted' | 'persist' | 'estimate'> | undefined,
): Promise<StorageDanger> {
	if (!storage) return 'not-persisted';
	try {
		const persisted = (await storage.persisted()) || (await storage.persist());
		const { usage, quota } = await storage.estimate();
		return judgeStorage({ persisted, usage, quota });
	} catch {
		// A browser that does not even answer promises nothing.
		return 'not-persisted';
	}
}
