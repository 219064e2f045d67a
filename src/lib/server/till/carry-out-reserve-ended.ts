/**
 * A sealed token was destroyed on its device, which says so. Nothing is credited by that: what a device says of
 * itself is the reason for which the office may return the money, not the return.
 */
import { recordDeed } from '../audit/record.ts';
import { lockJournal } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { DONE, refusedWith, type Carried, type CarryOut, type EntryOf } from './carrying.ts';
import type { TillCaller } from './carrying.ts';
import { endsOf, findSealedReserve } from './reserve/reserve-rows.ts';

/** Order: `reserve-unknown` (not sealed to this device), `reserve-ended` (revealed, or by another entry). */
export const carryOutReserveEnded: CarryOut<'reserve-ended'> = async ({ backend, till, entry }) =>
	await transact(backend.database, (write) => end(write, till, entry, backend.clock.nowMs()));

async function end(
	write: Write,
	till: TillCaller,
	{ id: entryId, deviceId, operatorId, content: { vendId, because } }: EntryOf<'reserve-ended'>,
	nowMs: number,
): Promise<Carried> {
	await lockJournal(write, deviceId);
	const reserve = await findSealedReserve(write, vendId, deviceId);
	if (reserve === undefined) return refusedWith('reserve-unknown');
	const ends = await endsOf(write, vendId);
	if (ends.some(({ entry_id: by }) => by === entryId)) return DONE;
	// The office may have returned its money before, when the till was revoked: that takes nothing from this.
	if (ends.some(({ state }) => state !== 'returned')) return refusedWith('reserve-ended');
	await write
		.insertInto('reserve_end')
		.values({
			...{ vend_id: vendId, state: 'expired', entry_id: entryId, operator_id: operatorId },
			...{ shift_batch_id: null, tender: null, at_ms: nowMs },
		})
		.execute();
	const deed = {
		action: 'reserve-ended',
		subject: { kind: 'vend', id: vendId },
		facts: { because },
	};
	await recordDeed(write, till, deed, nowMs);
	return DONE;
}
