/** What the person at the keypad said, kept after every tap: a closed app goes on where it was. */
import { goToToken, startEntry, type KeypadEntry } from '#lib/core/sync/keypad-entry.ts';
import type { IssuedVend } from '#lib/core/sync/keypad-history.ts';
import { unlocked, type KeypadLockout } from '#lib/core/sync/keypad-lockout.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { StoredMeterDelivery, TokenlineStore } from './store.ts';

/** One purchase with its tokens, as this device's keypad screens need it. */
export interface KeypadFacts {
	readonly issued: Extract<VendAnswer, { state: 'issued' }>;
	readonly entry: KeypadEntry;
	readonly lockout: KeypadLockout;
	/** What became of sending them to the meter by cable; null: nobody did. */
	readonly sent: Pick<StoredMeterDelivery, 'taken' | 'underWay'> | null;
	/** Every purchase for this meter that has its tokens, this one too. */
	readonly vends: readonly IssuedVend[];
	/** By purchase. */
	readonly entries: ReadonlyMap<string, KeypadEntry>;
}

/** How far the tokens of a purchase are keyed in. */
export async function readEntry(
	store: TokenlineStore,
	id: string,
): Promise<KeypadEntry | undefined> {
	return store.keypadEntries.get(id);
}

/** How many tokens of each purchase are in, from its first, by whoever's word. */
export async function readTaken(store: TokenlineStore): Promise<ReadonlyMap<string, number>> {
	const rows = await store.keypadEntries.toArray();
	return new Map(rows.map(({ id, takenMs }) => [id, takenMs.length]));
}

/** All that is known of a purchase at the keypad; null where this device has no token under that id. */
export async function readKeypad(store: TokenlineStore, id: string): Promise<KeypadFacts | null> {
	const keypad = [store.keypadEntries, store.keypadLockouts, store.meterDeliveries];
	const tables = [store.outbox, store.progress, ...keypad];
	return store.transaction('r', tables, async () => {
		const row = await store.outbox.get(id);
		if (!row) return null;
		const { drn } = row.request;
		const ids = await store.outbox.where('request.drn').equals(drn).primaryKeys();
		const progress = await store.progress.bulkGet(ids);
		const issued = progress.flatMap((at) => (at?.answer?.state === 'issued' ? [at.answer] : []));
		const own = issued.find((answer) => answer.id === id);
		if (!own) return null;
		const rows = await store.keypadEntries.where('drn').equals(drn).toArray();
		const entries = new Map(rows.map((entry) => [entry.id, entry]));
		return {
			issued: own,
			entry: entries.get(id) ?? startEntry(id, drn),
			lockout: (await store.keypadLockouts.get(drn)) ?? unlocked(drn),
			sent: (await store.meterDeliveries.get(id)) ?? null,
			vends: issued.map(({ id: vend, receipt, tokens }) => ({
				...{ id: vend, issuedAtMs: receipt.issuedAtMs, tokens },
			})),
			entries,
		};
	});
}

/** Changes how far a purchase is keyed in: read and written in one transaction, whatever other tabs do. */
export async function changeEntry(
	store: TokenlineStore,
	{ id, drn }: Pick<KeypadEntry, 'id' | 'drn'>,
	change: (entry: KeypadEntry) => KeypadEntry,
): Promise<void> {
	await store.transaction('rw', store.keypadEntries, async () => {
		const entry = (await store.keypadEntries.get(id)) ?? startEntry(id, drn);
		await store.keypadEntries.put(change(entry));
	});
}

/** Other purchases for the meter are in as a whole, by the person's word. */
export async function keepOlderIn(
	store: TokenlineStore,
	{ entry: { drn }, vends }: Pick<KeypadFacts, 'entry' | 'vends'>,
	ids: readonly string[],
	nowMs: number,
): Promise<void> {
	for (const { id, tokens } of vends)
		if (ids.includes(id))
			await changeEntry(store, { id, drn }, (entry) => goToToken(entry, tokens.length, nowMs));
}

/** Keeps what was said of a token and of its meter's refusals, both or neither. */
export async function keepHeard(
	store: TokenlineStore,
	entry: KeypadEntry,
	lockout: KeypadLockout,
): Promise<void> {
	await store.transaction('rw', store.keypadEntries, store.keypadLockouts, async () => {
		await store.keypadEntries.put(entry);
		await store.keypadLockouts.put(lockout);
	});
}
