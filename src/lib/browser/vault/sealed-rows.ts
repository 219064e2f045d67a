/**
 * Sealed records in the database, and how they end: what is destroyed leaves its name, its end and the
 * instant, in the same transaction, so that it can be told of even when the page died over it.
 */
import { stored } from '#lib/browser/store/store-fault.ts';
import type { SealedEnd } from '#lib/core/field/keeping.ts';
import type { SealedRow } from './sealing.ts';
import type { VaultDatabase } from './tables.ts';

/** What is left of a record that was destroyed. */
export interface GoneRow {
	readonly owner: string;
	readonly name: string;
	readonly why: SealedEnd;
	/** Seen time, epoch milliseconds. */
	readonly atMs: number;
}

/**
 * Puts a record in its place; what was there under its name is gone.
 * @throws {StoreFault} nothing was written
 */
export async function putSealed(db: VaultDatabase, row: SealedRow): Promise<void> {
	await stored(() => db.sealed.put(row));
}

export async function readSealed(
	db: VaultDatabase,
	owner: string,
	name: string,
): Promise<SealedRow | undefined> {
	return stored(() => db.sealed.get([owner, name]));
}

/** The records of one owner, by name. */
export async function listSealed(db: VaultDatabase, owner: string): Promise<SealedRow[]> {
	return stored(() => db.sealed.where('owner').equals(owner).sortBy('name'));
}

/** Destroys one record. Answers whether there was one. @throws {StoreFault} */
export function destroySealed(
	db: VaultDatabase,
	owner: string,
	name: string,
	why: SealedEnd,
	atMs: number,
): Promise<boolean> {
	return destroyWhere(db, why, atMs, async () => {
		const row = await db.sealed.get([owner, name]);
		return row ? [row] : [];
	}).then((gone) => gone.length > 0);
}

/** Destroys all of one owner's records and the vault they lay in. @throws {StoreFault} */
export function destroyOwner(
	db: VaultDatabase,
	owner: string,
	why: SealedEnd,
	atMs: number,
): Promise<GoneRow[]> {
	return destroyWhere(db, why, atMs, async () => {
		await db.vaults.delete(owner);
		return db.sealed.where('owner').equals(owner).toArray();
	});
}

/** Destroys what has expired, whoever's it is. @param nowMs seen time @throws {StoreFault} */
export function destroyExpired(db: VaultDatabase, nowMs: number): Promise<GoneRow[]> {
	// Those that never expire have no place in this index.
	return destroyWhere(db, 'expired', nowMs, () =>
		db.sealed.where('expiresAtMs').belowOrEqual(nowMs).toArray(),
	);
}

/** When the next record expires, seen time; undefined: none does. */
export async function nextExpiryMs(db: VaultDatabase): Promise<number | undefined> {
	const first = await stored(() => db.sealed.orderBy('expiresAtMs').first());
	return first?.expiresAtMs ?? undefined;
}

function destroyWhere(
	db: VaultDatabase,
	why: SealedEnd,
	atMs: number,
	find: () => Promise<SealedRow[]>,
): Promise<GoneRow[]> {
	return stored(() =>
		db.transaction('rw', db.vaults, db.sealed, db.gone, async () => {
			const rows = await find();
			const gone = rows.map(({ owner, name }): GoneRow => ({ owner, name, why, atMs }));
			await db.sealed.bulkDelete(rows.map(({ owner, name }) => [owner, name]));
			await db.gone.bulkPut(gone);
			return gone;
		}),
	);
}

/**
 * Destroys a person's vault, every record in it and their device's keys: what a copy of the records holds can
 * not be opened any more either. Leaves nothing to tell, for nothing could sign it. @throws {StoreFault}
 */
export async function wipeOwner(db: VaultDatabase, owner: string): Promise<void> {
	await stored(() =>
		db.transaction('rw', db.vaults, db.sealed, db.gone, db.deviceKeys, async () => {
			await db.vaults.delete(owner);
			await db.sealed.where('owner').equals(owner).delete();
			await db.gone.where('owner').equals(owner).delete();
			await db.deviceKeys.delete(owner);
		}),
	);
}
