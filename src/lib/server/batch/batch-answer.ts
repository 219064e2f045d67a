/** A batch as the API answers it: its totals now, or those it was closed with. */
import type { BatchAnswer, BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import type { Counted } from '#lib/core/sync/count-cash.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Database, Write } from '../database/open.ts';
import type { BatchRow } from '../database/schema.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { findBatch } from './batch-rows.ts';
import { readTotals } from './batch-totals.ts';

/** Kept in the row when it is closed. */
export interface ClosedTotals {
	readonly totals: BatchTotals;
	readonly counted: Counted;
}

/** Refusal: `not-found`. */
export async function readBatch(
	{ database }: Backend,
	caller: Caller,
	id: string,
): Promise<BatchAnswer | Refusal> {
	const row = await findBatch(database, caller, id);
	return isRefusal(row) ? row : await batchAnswer(database, row);
}

export async function batchAnswer(database: Database | Write, row: BatchRow): Promise<BatchAnswer> {
	const closed = row.totals === null ? undefined : (JSON.parse(row.totals) as ClosedTotals);
	return {
		...{ id: row.id, kind: row.kind, state: row.state, vendorId: row.vendor_id },
		...{ terminalId: row.terminal_id, operatorId: row.operator_id, parentId: row.parent_id },
		...{ openedAtMs: row.opened_at_ms, closedAtMs: row.closed_at_ms },
		totals: closed?.totals ?? (await readTotals(database, row)),
		counted: closed?.counted ?? null,
	};
}
