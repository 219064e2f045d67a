/**
 * The TIDs a meter remembers (IEC 62055-41 7.3.4, sts.md §13.4): at least fifty, the smallest making room
 * for a new one. Tokens may come out of order; each is taken once, and none older than the whole store.
 *
 * A list of whole numbers, rising, never longer than its capacity. Places never filled stand for nothing
 * taken, so only a full store makes anything old.
 */

/** TIDs kept, rising. */
export type TidStore = readonly number[];

/** How many TIDs the standard asks a meter to keep. */
export const TID_STORE_SIZE = 50;

/** The store of a meter that was told to forget: nothing is old, nothing used. */
export const EMPTY_TID_STORE: TidStore = [];

/** The store as it leaves the factory: full of the TID of that minute, so that every earlier token is old. */
export function factoryTidStore(manufactureTid: number, size = TID_STORE_SIZE): TidStore {
	return Array.from({ length: size }, () => manufactureTid);
}

/** Why a TID is not taken, or nothing. */
export function judgeTid(
	store: TidStore,
	tid: number,
	size = TID_STORE_SIZE,
): 'OldError' | 'UsedError' | undefined {
	if (store.length >= size && tid < (store[0] as number)) return 'OldError';
	return store.includes(tid) ? 'UsedError' : undefined;
}

/** The store with one more TID; the smallest has to go when it is full. */
export function recordTid(store: TidStore, tid: number, size = TID_STORE_SIZE): TidStore {
	const grown = [...store, tid].sort((a, b) => a - b);
	return grown.slice(Math.max(0, grown.length - size));
}
