/** Batches as rows: which hold which, and who may see one. */
import type { Caller } from '../access/caller.ts';
import { inScope } from '../access/scope.ts';
import type { Database, Write } from '../database/open.ts';
import type { BatchKind, BatchRow } from '../database/schema.ts';
import { isRefusal, type Refusal } from '../refusal.ts';

/** A shift is in a sales batch, a sales batch in a banking batch. */
export const PARENT_KIND: Readonly<Record<BatchKind, BatchKind | null>> = {
	shift: 'sales',
	sales: 'banking',
	banking: null,
};

export async function batchRow(
	database: Database | Write,
	id: string,
): Promise<BatchRow | undefined> {
	return await database.selectFrom('batch').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Refusal: `not-found`, also to the people of another vendor. */
export async function findBatch(
	database: Database | Write,
	caller: Caller,
	id: string,
): Promise<BatchRow | Refusal> {
	const row = inScope(caller, await batchRow(database, id));
	if (isRefusal(row)) return row;
	const isStranger = caller.vendorId !== undefined && caller.vendorId !== row.vendor_id;
	return isStranger ? { refusal: 'not-found' } : row;
}

/** The shifts in a batch; a shift itself. */
export async function shiftsIn(
	database: Database | Write,
	{ id, kind }: Pick<BatchRow, 'id' | 'kind'>,
): Promise<string[]> {
	if (kind === 'shift') return [id];
	const children = await database
		.selectFrom('batch')
		.select(['id', 'kind'])
		.where('parent_id', '=', id)
		.execute();
	const shifts: string[] = [];
	for (const child of children) shifts.push(...(await shiftsIn(database, child)));
	return shifts;
}
