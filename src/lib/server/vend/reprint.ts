/**
 * Reprint: the very tokens of a vend once more, never made again, on a receipt that says which copy it is.
 * Who printed it and when stays on record.
 */
import type { ReprintRequest } from '#lib/core/sync/wire-vends.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import { inScope } from '../access/scope.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { ReprintRow, VendRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { isStillSealed } from '../till/reserve/sealed.ts';
import { release } from './release.ts';
import { isOwn } from './sight.ts';

/**
 * Order: `not-found` (also another vendor's), `reserve-sealed`, `id-reused` (that copy is of another vend),
 * `vend-not-issued`.
 * Digits that were held back until now are released.
 */
export async function reprintVend(
	{ database, clock }: Backend,
	caller: Caller,
	vendId: string,
	{ id }: ReprintRequest,
): Promise<VendAnswer | Refusal> {
	return await transact(database, async (write) => {
		const found = await findOwn(write, caller, vendId);
		if (isRefusal(found)) return found;
		if (await isStillSealed(write, found)) return { refusal: 'reserve-sealed' };
		const nowMs = clock.nowMs();
		const known = await write
			.selectFrom('reprint')
			.selectAll()
			.where('id', '=', id)
			.executeTakeFirst();
		if (known !== undefined && known.vend_id !== vendId) return { refusal: 'id-reused' };
		// Also takes the meter, so that two copies at once have two numbers.
		const row = await release(write, found, nowMs);
		if (row.state !== 'issued' || row.answer === null) return { refusal: 'vend-not-issued' };
		const copy = known ?? (await addCopy(write, caller, row, { id, nowMs }));
		return marked(JSON.parse(row.answer) as VendAnswer, copy);
	});
}

/** A seller's own vend, or any of the utility for those who may read any. */
async function findOwn(write: Write, caller: Caller, id: string): Promise<VendRow | Refusal> {
	const row = await write.selectFrom('vend').selectAll().where('id', '=', id).executeTakeFirst();
	const found = inScope(caller, row);
	if (isRefusal(found)) return found;
	const may = isOwn(caller, found) || decideAuthority(caller, 'vend.read-any') === undefined;
	return may ? found : { refusal: 'not-found' };
}

async function addCopy(
	write: Write,
	caller: Caller,
	vend: VendRow,
	{ id, nowMs }: { id: string; nowMs: number },
): Promise<ReprintRow> {
	const last = await write
		.selectFrom('reprint')
		.select('copy')
		.where('vend_id', '=', vend.id)
		.orderBy('copy', 'desc')
		.limit(1)
		.executeTakeFirst();
	const row: ReprintRow = {
		id,
		vend_id: vend.id,
		utility_id: vend.utility_id,
		copy: (last?.copy ?? 0) + 1,
		terminal_id: caller.terminalId ?? null,
		operator_id: caller.operatorId ?? null,
		at_ms: nowMs,
	};
	await write.insertInto('reprint').values(row).execute();
	const facts = { copy: row.copy, drn: vend.drn };
	const deed = { action: 'vend-reprinted', subject: { kind: 'vend', id: vend.id }, facts };
	await recordDeed(write, caller, deed, nowMs);
	return row;
}

function marked(answer: VendAnswer, { copy, at_ms: atMs }: ReprintRow): VendAnswer {
	return answer.state === 'issued'
		? { ...answer, receipt: { ...answer.receipt, reprint: { copy, atMs } } }
		: answer;
}
