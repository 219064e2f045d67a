/** Sales in the store: written once at the tap, then only their progress moves. */
import {
	absorb,
	absorbMoney,
	canWithdraw,
	isFinal,
	startProgress,
	type OutboxRow,
	type Progress,
	type StepOutcome,
} from '#lib/core/sync/outbox.ts';
import type { PaymentMoney } from '#lib/core/sync/wire.ts';
import { fbeAskedOf, fbeHeardOf } from '#lib/core/sync/fbe.ts';
import { decideFbeStanding } from '#lib/core/vending/fbe-reminder.ts';
import type { TokenlineStore } from './store.ts';

/** A sale with where it is. */
export interface Sale {
	readonly row: OutboxRow;
	readonly progress: Progress;
}

/**
 * Stores a sale before anything of it is sent, in one transaction with the end of the sale it replaces.
 * @throws {Dexie.ConstraintError} slip: the id is already there
 */
export async function storeSale(store: TokenlineStore, row: OutboxRow): Promise<void> {
	await store.transaction('rw', store.outbox, store.progress, async () => {
		await store.outbox.add(row);
		await store.progress.add(startProgress(row.id, row.createdAtMs));
		if (row.supersedes !== null) {
			const old = await store.progress.get(row.supersedes);
			if (old && !isFinal(old.state))
				await store.progress.put({ ...old, state: 'replaced', updatedAtMs: row.createdAtMs });
		}
	});
}

/**
 * Stores that a meter's free electricity is asked for, unless this device has asked already: in one
 * transaction, so that two tabs cannot both. Answers the id under which it is.
 */
export async function storeFbe(store: TokenlineStore, row: OutboxRow): Promise<string> {
	const { outbox, progress, meters } = store;
	return store.transaction('rw', outbox, progress, meters, async () => {
		const { drn } = row.request;
		const meter = await meters.get(drn);
		const heard = meter && fbeHeardOf(meter.confirmation, meter.fetchedAtMs);
		const standing = decideFbeStanding(
			heard ?? UNHEARD,
			fbeAskedOf(await readSalesOf(store, drn), drn),
			row.createdAtMs,
		);
		const known = 'id' in standing ? standing.id : null;
		if (known !== null) return known;
		await outbox.add(row);
		await progress.add(startProgress(row.id, row.createdAtMs));
		return row.id;
	});
}

/** Of a meter that was never looked up, the backend's clock and months are not known. */
const UNHEARD = { entitledDeciKwh: null, given: false, asOfMs: 0, heardAtMs: 0, timeZone: 'UTC' };

async function readSalesOf(store: TokenlineStore, drn: string): Promise<Sale[]> {
	const rows = await store.outbox.where('request.drn').equals(drn).toArray();
	rows.sort((one, other) => other.createdAtMs - one.createdAtMs);
	return withProgress(store, rows);
}

async function withProgress(store: TokenlineStore, rows: readonly OutboxRow[]): Promise<Sale[]> {
	const progress = await store.progress.bulkGet(rows.map((row) => row.id));
	return rows.flatMap((row, at) => {
		const found = progress[at];
		return found ? [{ row, progress: found }] : [];
	});
}

/** Every sale of this device, the newest first. */
export async function readSales(store: TokenlineStore): Promise<Sale[]> {
	return store.transaction('r', store.outbox, store.progress, async () => {
		const rows = await store.outbox.orderBy('createdAtMs').reverse().toArray();
		return withProgress(store, rows);
	});
}

/** One sale, or undefined when this device has none under that id. */
export async function readSale(store: TokenlineStore, id: string): Promise<Sale | undefined> {
	return store.transaction('r', store.outbox, store.progress, async () => {
		const [row, progress] = await Promise.all([store.outbox.get(id), store.progress.get(id)]);
		return row && progress ? { row, progress } : undefined;
	});
}

/** Reads the progress anew, absorbs the outcome and writes it, in one transaction. */
export async function absorbOutcome(
	store: TokenlineStore,
	id: string,
	outcome: StepOutcome,
	nowMs: number,
	chance: number,
): Promise<Progress | undefined> {
	return store.transaction('rw', store.progress, async () => {
		const progress = await store.progress.get(id);
		if (!progress) return undefined;
		const next = absorb(progress, outcome, nowMs, chance);
		if (next !== progress) await store.progress.put(next);
		return next;
	});
}

/** Keeps what the backend says of a sale's money. */
export async function keepMoney(
	store: TokenlineStore,
	id: string,
	told: PaymentMoney,
	nowMs: number,
): Promise<void> {
	await store.transaction('rw', store.progress, async () => {
		const progress = await store.progress.get(id);
		if (progress) await store.progress.put(absorbMoney(progress, told, nowMs));
	});
}

/** Takes a sale back where that is still possible. Answers whether it was. */
export async function withdrawSale(
	store: TokenlineStore,
	id: string,
	nowMs: number,
): Promise<boolean> {
	return store.transaction('rw', store.progress, async () => {
		const progress = await store.progress.get(id);
		if (!progress || !canWithdraw(progress)) return false;
		await store.progress.put({ ...progress, state: 'withdrawn', updatedAtMs: nowMs });
		return true;
	});
}

/** Makes every waiting sale due now: a person asked, or the network came back. */
export async function makeAllDue(store: TokenlineStore, nowMs: number): Promise<void> {
	await store.progress
		.where('notBeforeMs')
		.above(nowMs)
		.modify((progress) => {
			if (!isFinal(progress.state)) Object.assign(progress, { notBeforeMs: nowMs });
		});
}
