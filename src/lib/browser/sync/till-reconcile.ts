/**
 * The backend's word on the shifts and batches that were closed here: asked for once their entries are handed
 * in, and kept beside the till's own totals, so that the two can be compared where there is no network either.
 */
import { pendingRows } from '#lib/browser/store/agent-pending.ts';
import type { BatchHereRow, BatchHeard } from '#lib/browser/store/agent-rows.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import type { TillParts } from './till-ports.ts';

type Parts = Pick<TillParts, 'store' | 'api' | 'nowMs'>;

/** So many of the latest are asked after: older ones are the office's matter. */
const LATEST = 20;
/** One that the backend has not closed is asked after again, but not with every word that is heard. */
const ASK_AGAIN_MS = 60_000;

/**
 * Asks after every closed batch of which nothing final was heard; one without an answer is asked after later.
 * @param asked when each was asked after before, by its id; kept by the caller
 * @throws {StoreFault}
 */
export async function hearBatches(
	{ store, api, nowMs }: Parts,
	asked: Map<string, number>,
): Promise<void> {
	// As long as something is on its way, a closing may be: the backend's word on it would be an early one.
	if ((await pendingRows(store)) > 0) return;
	for (const { id } of await unheardBatches(store)) {
		if (nowMs() - (asked.get(id) ?? -Infinity) < ASK_AGAIN_MS) continue;
		const outcome = await api.readBatch(id);
		if (outcome.kind === 'unknown') return;
		asked.set(id, nowMs());
		// It is not there, or not this till's.
		if (outcome.kind === 'problem') continue;
		const { state, totals } = outcome.answer;
		const heard: BatchHeard = { state, totals, atMs: nowMs() };
		await stored(() => store.batches.update(id, { heard }));
	}
}

function unheardBatches(store: Parts['store']): Promise<BatchHereRow[]> {
	return stored(() =>
		store.batches
			.orderBy('openedAtMs')
			.reverse()
			.limit(LATEST)
			.filter(({ state, heard }) => state === 'closed' && heard?.state !== 'closed')
			.toArray(),
	);
}
