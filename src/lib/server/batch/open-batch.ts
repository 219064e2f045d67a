/** Opens a shift, a sales batch or a banking batch of the vendor that asks. */
import type { BatchAnswer, BatchRequest } from '#lib/core/sync/wire-vendors.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import { lockBatch, lockTerminal, lockVendor } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { BatchRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { batchAnswer } from './batch-answer.ts';
import { batchRow, findBatch, PARENT_KIND } from './batch-rows.ts';
import { openShift } from './open-shift.ts';

interface Asked {
	readonly caller: Caller & { readonly vendorId: string };
	readonly request: BatchRequest;
}

/**
 * Same id and contents: the batch as it is now. Order: `not-allowed` (nobody of a vendor; a shift without its
 * till), `id-reused`, `body-shape` (a parent of the wrong kind, an operator of a batch that is no shift),
 * `not-allowed` (an operator who is not this vendor's, or not the one who is signed in), `not-found` (the
 * parent), `batch-closed` (the parent), `batch-open` (the till has a shift).
 */
export async function openBatch(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
	request: BatchRequest,
): Promise<BatchAnswer | Refusal> {
	const { vendorId, terminalId } = caller;
	if (vendorId === undefined || (request.kind === 'shift' && terminalId === undefined))
		return { refusal: 'not-allowed' };
	const asked = { caller: { ...caller, vendorId }, request };
	return await transact(database, async (write) => {
		await takeTurn(write, asked);
		const known = await batchRow(write, id);
		if (known !== undefined) return await repeat(write, asked, known);
		const denied = await decideBatch(write, asked);
		if (denied !== undefined) return denied;
		const row = rowOf(asked, id, clock.nowMs());
		await write.insertInto('batch').values(row).execute();
		const deed = {
			action: 'batch-opened',
			subject: { kind: 'batch', id },
			facts: { kind: row.kind, parent: row.parent_id },
		};
		await recordDeed(write, caller, deed, row.opened_at_ms);
		return await batchAnswer(write, row);
	});
}

/** One at a time: of a till for its shifts, of a vendor for the others; and the parent stays as it is. */
async function takeTurn(write: Write, { caller, request }: Asked): Promise<void> {
	if (request.parentId !== null) await lockBatch(write, request.parentId);
	if (request.kind === 'shift') await lockTerminal(write, caller.terminalId ?? '');
	else await lockVendor(write, caller.vendorId);
}

async function repeat(
	write: Write,
	{ caller, request }: Asked,
	known: BatchRow,
): Promise<BatchAnswer | Refusal> {
	const isOwn =
		known.utility_id === caller.utilityId &&
		known.vendor_id === caller.vendorId &&
		(known.terminal_id === null || known.terminal_id === caller.terminalId);
	if (!isOwn || known.content_hash !== contentHash(request).hash) return { refusal: 'id-reused' };
	return await batchAnswer(write, known);
}

async function decideBatch(write: Write, { caller, request }: Asked): Promise<Refusal | undefined> {
	const { kind, parentId, operatorId } = request;
	if (operatorId !== null && kind !== 'shift') return wrong('/operatorId', 'expected null');
	if (operatorId !== null && !(await isOwnOperator(write, caller, operatorId)))
		return { refusal: 'not-allowed' };
	if (parentId !== null) {
		const parent = await findBatch(write, caller, parentId);
		if (isRefusal(parent)) return parent;
		if (parent.kind !== PARENT_KIND[kind])
			return wrong('/parentId', `expected ${PARENT_KIND[kind] ?? 'null'}`);
		if (parent.state === 'closed') return { refusal: 'batch-closed' };
	}
	const shift = kind === 'shift' && (await openShift(write, caller.terminalId ?? ''));
	return shift ? { refusal: 'batch-open', facts: { batch: shift } } : undefined;
}

const wrong = (pointer: string, detail: string): Refusal => ({
	refusal: 'body-shape',
	errors: [{ pointer, detail }],
});

async function isOwnOperator(
	write: Write,
	{ vendorId, operatorId }: Asked['caller'],
	named: string,
): Promise<boolean> {
	if (operatorId !== undefined && operatorId !== named) return false;
	const operator = await write
		.selectFrom('operator')
		.select('id')
		.where('id', '=', named)
		.where('vendor_id', '=', vendorId)
		.where('state', '=', 'active')
		.executeTakeFirst();
	return operator !== undefined;
}

function rowOf({ caller, request }: Asked, id: string, nowMs: number): BatchRow {
	const { kind, parentId, operatorId } = request;
	return {
		...{ id, utility_id: caller.utilityId, vendor_id: caller.vendorId, kind },
		terminal_id: kind === 'shift' ? (caller.terminalId ?? null) : null,
		...{ parent_id: parentId, operator_id: operatorId },
		...{ content_hash: contentHash(request).hash, state: 'open' },
		...{ opened_at_ms: nowMs, opened_by: actorOf(caller) },
		...{ closed_at_ms: null, closed_by: null, closing_hash: null, totals: null },
	};
}
