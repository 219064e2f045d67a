/**
 * The floor of TIDs: rows of which the highest counts (`vend/tid-series.ts`). Row 0 is raised by a node that
 * finds itself with an older copy, or starts within what it wrote ahead; row n by the nth accepted restore.
 */
import type { Write } from '../database/open.ts';

/**
 * No TID of this instant's minute or below any more; a lower one changes nothing, also where another process
 * raises it at the same moment.
 */
export async function raiseFloor(write: Write, id: number, notBeforeMs: number): Promise<void> {
	const row = await write
		.selectFrom('tid_floor')
		.select('not_before_ms')
		.where('id', '=', id)
		.executeTakeFirst();
	// SQLite's guard takes an insert of a row that is there for a replacement, but has no second writer.
	if (row === undefined)
		await write
			.insertInto('tid_floor')
			.values({ id, not_before_ms: notBeforeMs })
			.onConflict((conflict) =>
				conflict
					.column('id')
					.doUpdateSet({ not_before_ms: notBeforeMs })
					.where('tid_floor.not_before_ms', '<', notBeforeMs),
			)
			.execute();
	else if (row.not_before_ms < notBeforeMs)
		await write
			.updateTable('tid_floor')
			.set({ not_before_ms: notBeforeMs })
			.where('id', '=', id)
			.where('not_before_ms', '<', notBeforeMs)
			.execute();
}

/** How many restores were accepted. */
export async function acceptedRestores(write: Pick<Write, 'selectFrom'>): Promise<number> {
	const row = await write
		.selectFrom('tid_floor')
		.select(({ fn }) => fn.max('id').as('restores'))
		.executeTakeFirst();
	return Number(row?.restores ?? 0);
}
