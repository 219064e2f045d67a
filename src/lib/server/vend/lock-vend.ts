/** A vend whose meter is ours for the rest of the transaction. */
import { lockMeter } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';

/** @throws when there is no such vend */
export async function lockVend(write: Write, id: string): Promise<VendRow> {
	const { drn } = await write
		.selectFrom('vend')
		.select('drn')
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	await lockMeter(write, drn);
	return await write.selectFrom('vend').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** One vend of a meter is in the making at a time: each is priced on the account as the one before left it. */
export async function isMeterBusy(write: Write, drn: string): Promise<boolean> {
	const other = await write
		.selectFrom('vend')
		.select('id')
		.where('drn', '=', drn)
		.where('state', '=', 'issuing')
		.executeTakeFirst();
	return other !== undefined;
}
