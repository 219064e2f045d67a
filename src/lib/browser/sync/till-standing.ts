/** How a till stands: its float, what waits, what holds without the network. Reads tables only. */
import type {
	PackHereRow,
	TerminalHereRow,
	TillProgressRow,
	TillSaleState,
} from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import { isKept, type Keeping } from '#lib/browser/device/keeping.ts';
import {
	capsOf,
	DEFAULT_OFFLINE_TERMS,
	type OfflineTerms,
	type Unsynced,
} from '#lib/core/vending/offline-terms.ts';
import type { TariffPackRefusal } from '#lib/core/vending/till-refusals.ts';
import type { TillGlance } from './till-desk.ts';

/** What was sold and the backend has not said that it has. A revealed token was paid for beforehand. */
export async function readUnsynced(store: AgentStore, deviceId: string): Promise<Unsynced> {
	return unsyncedOf(store, await queuedEntries(store, deviceId));
}

async function unsyncedOf(
	store: AgentStore,
	queued: readonly TillProgressRow[],
): Promise<Unsynced> {
	const all = await store.sales.bulkGet(queued.map(({ id }) => id));
	const rows = all
		.filter((row) => row !== undefined)
		.filter(({ promise }) => promise !== 'reserve');
	return {
		count: rows.length,
		sumMinor: rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
		oldestAtMs: rows.length > 0 ? Math.min(...rows.map(({ atMs }) => atMs)) : null,
	};
}

/** How far entries are that the backend has not said to have: of one journal. */
export async function queuedEntries(
	store: AgentStore,
	deviceId: string,
): Promise<TillProgressRow[]> {
	return (await allQueued(store)).filter((row) => row.deviceId === deviceId);
}

const allQueued = (store: AgentStore) =>
	store.progress
		.where('state')
		.anyOf('queued', 'damaged')
		.filter(({ outcome }) => outcome === null)
		.toArray();

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
	return stored(async () => {
		const inState = (state: TillSaleState) => store.sales.where('state').equals(state).count();
		const [till, queued, pack, sealed, toRefund, dead, shift] = await Promise.all([
			store.till.get('till'),
			allQueued(store),
			store.packs.get('tariff'),
			store.reserve.where('state').equals('sealed').toArray(),
			inState('refused'),
			inState('dead-letter'),
			openShiftOf(store),
		]);
		const isOwn = ({ deviceId }: TillProgressRow) => deviceId === till?.deviceId;
		const unsynced = await unsyncedOf(store, queued.filter(isOwn));
		// Entries of an earlier enrolment, which only the office can take in, from a file.
		const stuck = queued.filter((row) => row.state === 'queued' && !isOwn(row));
		const terms = till?.status?.terms ?? pack?.pack.terms ?? DEFAULT_OFFLINE_TERMS;
		const heard = till?.status?.availableMinor;
		return {
			availableMinor: heard === undefined ? null : Math.max(0, heard - unsynced.sumMinor),
			...{ heardAtMs: till?.heardAtMs ?? null, unsynced },
			caps: capsOf(terms, isKept(keeping)),
			...{ toRefund, toMend: dead + stuck.length },
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

/** The shift that sales go into; undefined: none is open. */
export function openShiftOf(store: AgentStore) {
	return store.batches
		.where('state')
		.equals('open')
		.filter(({ kind }) => kind === 'shift')
		.first();
}
