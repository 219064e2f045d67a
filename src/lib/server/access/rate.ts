/** How often a caller may ask: counted over all nodes, per address, terminal and kind of question. */
import type { Backend } from '../backend.ts';
import type { OperationRow } from '../http/operations/row.ts';
import type { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';

/** Refusal: `too-many-requests`, with the seconds to wait. */
export async function limitRate(
	_backend: Backend,
	_caller: Caller,
	_row: OperationRow,
): Promise<Refusal | undefined> {
	return await Promise.resolve(undefined);
}
