/**
 * Digits leave the server only after it is on the disk that they do: from then on nothing takes the vend
 * back. Whoever begins an answer, a message or a print that carries digits releases first and goes by the
 * row this gives back, which may have been reversed meanwhile.
 */
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { lockVend } from './lock-vend.ts';

/** Whether a row carries digits that nobody may see yet. */
export function isHeldBack(row: Pick<VendRow, 'state' | 'released_at_ms'>): boolean {
	return row.state === 'issued' && row.released_at_ms === null;
}

/** Releases an issued vend; any other stays as it is. Answers the row as it is now. */
export async function release(
	write: Write,
	vend: Pick<VendRow, 'id'>,
	nowMs: number,
): Promise<VendRow> {
	const row = await lockVend(write, vend.id);
	if (!isHeldBack(row)) return row;
	await write.updateTable('vend').set({ released_at_ms: nowMs }).where('id', '=', row.id).execute();
	return { ...row, released_at_ms: nowMs };
}

/** The row as it may be shown: released in a transaction of its own where it was not. */
export async function released({ database, clock }: Backend, row: VendRow): Promise<VendRow> {
	if (!isHeldBack(row)) return row;
	return await transact(database, (write) => release(write, row, clock.nowMs()));
}
