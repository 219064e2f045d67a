/** What was heard of the journal, written down: progress, sales and the till's own row, in one transaction. */
import {
	absorbBatch,
	type AbsorbedBatch,
	type AbsorbedRow,
	type BatchOutcome,
	type SentRow,
} from '#lib/core/sync/till-batch.ts';
import { damaged, dueNow, isFinal } from '#lib/core/sync/till-outbox.ts';
import { type TillStop } from '#lib/core/vending/till-refusals.ts';
import { hasLeft, saleAfter, saleOfDamaged } from '#lib/core/sync/till-sale-state.ts';
import type { TillStatus } from '#lib/core/sync/wire-till.ts';
import type { TerminalHereRow, TillProgressRow, TillSaleRow } from './agent-rows.ts';
import type { AgentStore } from './agent.ts';
import { stored } from './store-fault.ts';

/** The till that this device is; undefined: none yet. @throws {StoreFault} */
export function readTill(store: AgentStore): Promise<TerminalHereRow | undefined> {
	return stored(() => store.till.get('till'));
}

/** Changes the till's row, of this enrolment only. @throws {StoreFault} */
export function changeTill(
	store: AgentStore,
	deviceId: string,
	change: Partial<Omit<TerminalHereRow, 'key' | 'deviceId'>>,
): Promise<void> {
	return stored(() =>
		store.transaction('rw', store.till, async () => {
			const till = await store.till.get('till');
			if (till?.deviceId === deviceId) await store.till.put({ ...till, ...change });
		}),
	);
}

/** Changes of the till's row that a status makes. @param nowMs of the device, in the middle of the request */
export function heardStatus(
	status: TillStatus,
	nowMs: number,
): Pick<TerminalHereRow, 'status' | 'heardAtMs' | 'offsetMs'> {
	return { status, heardAtMs: nowMs, offsetMs: status.serverMs - nowMs };
}

/**
 * Within a transaction: what sealed tokens have left of the float. Never more than is known already: a status that
 * came meanwhile may know of a sale that this answer does not.
 */
export async function hearAvailable(
	store: AgentStore,
	deviceId: string,
	availableMinor: number,
): Promise<void> {
	const till = await store.till.get('till');
	if (till?.deviceId !== deviceId || till.status === null) return;
	const least = Math.min(till.status.availableMinor, availableMinor);
	await store.till.put({ ...till, status: { ...till.status, availableMinor: least } });
}

/** A request that was answered, or not. */
export interface Asked {
	readonly deviceId: string;
	readonly sent: readonly SentRow<TillProgressRow>[];
	readonly outcome: BatchOutcome;
	/** Of the device, in the middle of the request and at its end. */
	readonly midMs: number;
	readonly nowMs: number;
	readonly chance: number;
}

/** Takes in what came of a request. @throws {StoreFault} nothing was written */
export function absorbAsked(
	store: AgentStore,
	{ deviceId, sent, outcome, midMs, nowMs, chance }: Asked,
): Promise<AbsorbedBatch<TillProgressRow>> {
	return stored(() =>
		store.transaction('rw', store.progress, store.sales, store.till, async () => {
			const fresh = await readAgain(store, sent);
			const first = fresh[0]?.progress.sequence ?? 0;
			const before = await store.progress.get([deviceId, first - 1]);
			const absorbed = absorbBatch(fresh, before, outcome, nowMs, chance);
			await store.progress.bulkPut(absorbed.rows.map(({ progress }) => progress));
			await absorbSales(store, absorbed.rows, nowMs);
			const till = await store.till.get('till');
			if (till?.deviceId === deviceId) {
				const heard = outcome.kind === 'answer' ? heardStatus(outcome.answer.status, midMs) : {};
				await store.till.put({ ...till, ...heard, stop: till.stop ?? absorbed.stop });
			}
			return absorbed;
		}),
	);
}

/** As the rows are now: while the request was on its way, a sale may have made them due. */
async function readAgain(
	store: AgentStore,
	sent: readonly SentRow<TillProgressRow>[],
): Promise<SentRow<TillProgressRow>[]> {
	const now = await store.progress.bulkGet(
		sent.map(({ progress }) => [progress.deviceId, progress.sequence] as [string, number]),
	);
	return sent.map((row, at) => ({ ...row, progress: now[at] ?? row.progress }));
}

async function absorbSales(
	store: AgentStore,
	rows: readonly AbsorbedRow<TillProgressRow>[],
	nowMs: number,
): Promise<void> {
	const told = rows.filter(({ heard, poison }) => heard !== null || poison !== null);
	const sales = await store.sales.bulkGet(told.map(({ progress }) => progress.id));
	const changed = told.flatMap(({ heard, poison }, at): TillSaleRow[] => {
		const sale = sales[at];
		if (!sale) return [];
		if (!heard) return [{ ...sale, ...saleOfDamaged(sale, poison ?? 'entry-damaged') }];
		const after = saleAfter(sale, heard);
		const isLate = hasLeft(sale, nowMs) && after.state === 'issued';
		const due = isLate && { handOverMs: nowMs };
		return [{ ...sale, ...after, ...due, answer: heard.sealed ?? sale.answer }];
	});
	await store.sales.bulkPut(changed);
}

/** Writes down that entries are not what was written; their sales need mending. @throws {StoreFault} */
export function noteDamaged(
	store: AgentStore,
	rows: readonly TillProgressRow[],
	nowMs: number,
): Promise<TillProgressRow[]> {
	const next = rows.map((row) => damaged(row, nowMs));
	return stored(() =>
		store.transaction('rw', store.progress, store.sales, async () => {
			await store.progress.bulkPut(next);
			for (const { id, state } of next) {
				const sale = state === 'damaged' ? await store.sales.get(id) : undefined;
				if (sale) await store.sales.put({ ...sale, ...saleOfDamaged(sale, 'entry-damaged') });
			}
			return next;
		}),
	);
}

/** Nothing here knows what is missing: it ends here, and its number is given anew. @throws {StoreFault} */
export function endUnknown(store: AgentStore, row: TillProgressRow, nowMs: number): Promise<void> {
	const outcome = { state: 'refused', code: 'entry-damaged' } as const;
	return stored(async () => {
		if (isFinal(row)) return;
		await store.progress.put({ ...row, state: 'damaged', outcome, updatedAtMs: nowMs });
	});
}

const PENDING_STATES = ['queued', 'taken', 'damaged'] as const;

/** A person asks, or the backend is reachable again: what waits is due. @throws {StoreFault} */
export function makeTillDue(store: AgentStore, deviceId: string, nowMs: number): Promise<void> {
	return stored(() =>
		store.transaction('rw', store.progress, async () => {
			const pending = await Promise.all(
				PENDING_STATES.map((state) => store.progress.where({ deviceId, state }).toArray()),
			);
			const waiting = pending.flat().filter((each) => !isFinal(each) && each.notBeforeMs > nowMs);
			await store.progress.bulkPut(waiting.map((each) => dueNow(each, nowMs)));
		}),
	);
}

/** Why nothing more is handed in, from now on; null: nothing stands in the way any more. @throws {StoreFault} */
export function setStop(store: AgentStore, deviceId: string, stop: TillStop | null): Promise<void> {
	return changeTill(store, deviceId, { stop });
}
