/** How a till stands: its float, what waits, what holds without the network. Reads tables only. */
import type {
	PackHereRow,
	TerminalHereRow,
	TillSaleRow,
	TillSaleState,
} from '#lib/browser/store/agent-rows.ts';
import { readUnsold } from '#lib/browser/store/agent-journal.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import { isKept, type Keeping } from '#lib/browser/device/keeping.ts';
import {
	capsOf,
	DEFAULT_OFFLINE_TERMS,
	type OfflineTerms,
	type Unsynced,
	type UnsyncedSale,
} from '#lib/core/vending/offline-terms.ts';
import { waitsForFloat } from '#lib/core/sync/till-outbox.ts';
import type { TariffPackRefusal } from '#lib/core/vending/till-refusals.ts';
import type { TillGlance } from './till-desk.ts';

/** A sale that no token is in the making of. */
export interface WaitingSale extends UnsyncedSale, Pick<TillSaleRow, 'state'> {}

/**
 * What was sold and no token is in the making of: the backend has not said that it has it, or that it waits. A
 * revealed token was paid for beforehand.
 */
export async function readUnsynced(store: AgentStore, deviceId: string): Promise<Unsynced> {
	return sumUp(await unsyncedSales(store, deviceId));
}

export function sumUp(rows: readonly Pick<UnsyncedSale, 'amountMinor' | 'atMs'>[]): Unsynced {
	return {
		count: rows.length,
		sumMinor: rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
		oldestAtMs: rows.length > 0 ? Math.min(...rows.map(({ atMs }) => atMs)) : null,
	};
}

/** Also within a transaction over `progress` and `sales`. */
export async function unsyncedSales(store: AgentStore, deviceId: string): Promise<WaitingSale[]> {
	const unsold = await readUnsold(store, deviceId);
	const rows = await salesOf(
		store,
		unsold.map(({ id }) => id),
	);
	const forFloat = new Set(unsold.filter(waitsForFloat).map(({ id }) => id));
	return rows
		.filter(({ promise }) => promise !== 'reserve')
		.map(({ id, state, amountMinor, atMs }) => ({
			...{ state, amountMinor, atMs },
			waitsForFloat: forFloat.has(id),
		}));
}

/** So many rows that nobody asked for are read with one that was, rather than each by itself. */
const SPARE = 2;

/**
 * The sales of these ids that are there. Ids rise with time, and what waits was sold in a row: mostly there is
 * hardly another between the first and the last, and all of it is read in one go.
 */
async function salesOf(store: AgentStore, ids: readonly string[]): Promise<TillSaleRow[]> {
	const inOrder = [...ids].sort();
	const [first, last] = [inOrder[0], inOrder.at(-1)];
	if (first === undefined || last === undefined) return [];
	const span = store.sales.where('id').between(first, last, true, true);
	if ((await span.count()) > ids.length * SPARE)
		return (await store.sales.bulkGet(inOrder)).filter((row) => row !== undefined);
	const wanted = new Set(ids);
	return (await span.toArray()).filter(({ id }) => wanted.has(id));
}

/** The last word of the office that was heard here. */
export async function readTerms(store: AgentStore, till: TerminalHereRow): Promise<OfflineTerms> {
	const kept = till.status ? undefined : await store.packs.get('tariff');
	return till.status?.terms ?? kept?.pack.terms ?? DEFAULT_OFFLINE_TERMS;
}

/**
 * All tables are asked in one go and not in one transaction: a live query then watches every one of them, and
 * nothing else on the page that waits can cut it short. What comes in between makes it be read again.
 * @throws {StoreFault}
 */
export async function readGlance(
	store: AgentStore,
	keeping: Keeping,
	packRefused: TariffPackRefusal | null,
): Promise<TillGlance> {
	// Without a transaction of its own: within a live query it would not live to its end.
	return stored(async () => {
		const inState = (state: TillSaleState) => store.sales.where('state').equals(state).count();
		const till = await store.till.get('till');
		const [unsynced, pack, sealed, toRefund, dead, stuckRows, toHandOver, shift] =
			await Promise.all([
				readUnsynced(store, till?.deviceId ?? ''),
				store.packs.get('tariff'),
				store.reserve.where('state').equals('sealed').toArray(),
				...([
					inState('refused'),
					inState('dead-letter'),
					stuck(store, till?.deviceId ?? ''),
				] as const),
				store.sales.orderBy('handOverMs').count(),
				openShiftOf(store),
			]);
		const terms = till?.status?.terms ?? pack?.pack.terms ?? DEFAULT_OFFLINE_TERMS;
		const heard = till?.status?.availableMinor;
		return {
			availableMinor: heard === undefined ? null : Math.max(0, heard - unsynced.sumMinor),
			...{ heardAtMs: till?.heardAtMs ?? null, unsynced },
			caps: capsOf(terms, isKept(keeping)),
			...{ toRefund, toMend: dead + stuckRows, toHandOver },
			...{ shift: shift ?? null, stop: till?.stop ?? null },
			reserve: {
				count: sealed.length,
				sumMinor: sealed.reduce((sum, { denominationMinor }) => sum + denominationMinor, 0),
			},
			pack: pack ? packShown(pack) : null,
			packRefused,
		};
	});
}

const packShown = ({ pack: { version, validUntilMs }, fetchedAtMs }: PackHereRow) => ({
	...{ version, validUntilMs, fetchedAtMs },
});

/** Entries of an earlier enrolment, which only the office can take in, from a file. */
function stuck(store: AgentStore, deviceId: string): Promise<number> {
	return store.progress
		.where('state')
		.equals('queued')
		.filter((row) => row.deviceId !== deviceId)
		.count();
}

/** The shift that sales go into; undefined: none is open. */
export function openShiftOf(store: AgentStore) {
	return store.batches
		.where('state')
		.equals('open')
		.filter(({ kind }) => kind === 'shift')
		.first();
}
