/** Where sending a purchase's tokens to its meter by cable is: kept before anything of it goes on the line. */
import { startEntry, type KeypadEntry } from '#lib/core/sync/keypad-entry.ts';
import { StoreFault, stored } from './store-fault.ts';
import type { StoredMeterDelivery, TokenlineStore } from './store.ts';

/** @throws {StoreFault} */
export function readMeterDelivery(
	store: TokenlineStore,
	id: string,
): Promise<StoredMeterDelivery | undefined> {
	return stored(() => store.meterDeliveries.get(id));
}

/**
 * Keeps a state, and with it what the keypad's record knows by now: both or neither.
 * @param row `revision` is the one it was decided on; 0: there was none
 * @returns the new revision
 * @throws {StoreFault} nothing was written. `other-tab`: the state is not the one this was decided on
 */
export function keepMeterDelivery(
	store: TokenlineStore,
	row: StoredMeterDelivery,
	change: (entry: KeypadEntry) => KeypadEntry,
): Promise<number> {
	const { id, drn, revision } = row;
	return stored(() =>
		store.transaction('rw', store.meterDeliveries, store.keypadEntries, async () => {
			const here = await store.meterDeliveries.get(id);
			if ((here?.revision ?? 0) !== revision) throw new StoreFault('other-tab');
			await store.meterDeliveries.put({ ...row, revision: revision + 1 });
			const before = (await store.keypadEntries.get(id)) ?? startEntry(id, drn);
			const after = change(before);
			if (after !== before) await store.keypadEntries.put(after);
			return revision + 1;
		}),
	);
}
