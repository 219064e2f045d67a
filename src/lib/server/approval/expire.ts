/** Background work: proposals that nobody decided on in time are over, and that is written down. */
import { APPROVAL_LIFETIME_MS } from '#lib/core/vending/approval.ts';
import { systemCaller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { transact } from '../database/transact.ts';

export async function expireApprovals({
	database,
	clock,
}: Pick<Backend, 'database' | 'clock'>): Promise<void> {
	const nowMs = clock.nowMs();
	const over = await database
		.selectFrom('approval')
		.select(['id', 'utility_id', 'kind'])
		.where('state', '=', 'proposed')
		.where('proposed_at_ms', '<=', nowMs - APPROVAL_LIFETIME_MS)
		.execute();
	for (const { id, utility_id, kind } of over)
		await transact(database, async (write) => {
			const done = await write
				.updateTable('approval')
				.set({ state: 'expired', decided_at_ms: nowMs })
				.where('id', '=', id)
				.where('state', '=', 'proposed')
				.executeTakeFirst();
			// Another node was first.
			if (done.numUpdatedRows !== 1n) return;
			const deed = {
				action: 'approval-expired',
				subject: { kind: 'approval', id },
				facts: { kind },
			};
			await recordDeed(write, systemCaller(utility_id), deed, nowMs);
		});
}
