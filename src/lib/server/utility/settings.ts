/** What the office has set for its utility: read, and set with a deed in the audit. */
import type { UtilitySettings } from '#lib/core/sync/wire-utility.ts';
import type { Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { transact } from '../database/transact.ts';

/** Of the caller's own utility. */
export async function readUtilitySettings(
	{ database }: Pick<Backend, 'database'>,
	{ utilityId }: Pick<Caller, 'utilityId'>,
): Promise<UtilitySettings> {
	const row = await database
		.selectFrom('utility')
		.select('fbe_by_app')
		.where('id', '=', utilityId)
		.executeTakeFirstOrThrow();
	return { fbeByApp: row.fbe_by_app };
}

/** They hold from the next request on. What was so before is no deed. */
export async function putUtilitySettings(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	{ fbeByApp }: UtilitySettings,
): Promise<UtilitySettings> {
	return await transact(database, async (write) => {
		// Asked and changed in one statement: of two who set the same at once, one has done it.
		const changed = await write
			.updateTable('utility')
			.set({ fbe_by_app: fbeByApp })
			.where('id', '=', caller.utilityId)
			.where('fbe_by_app', '<>', fbeByApp)
			.executeTakeFirst();
		if (changed.numUpdatedRows > 0n)
			await recordDeed(
				write,
				caller,
				{
					action: 'utility-settings-set',
					subject: { kind: 'utility', id: caller.utilityId },
					facts: { fbeByApp },
				},
				clock.nowMs(),
			);
		return { fbeByApp };
	});
}
