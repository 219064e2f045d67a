/** A vend whose meter is ours for the rest of the transaction. */
import { sql } from 'kysely';
import { lockMeter } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';

/** @param drn its meter, where that is known @throws when there is no such vend */
export async function lockVend(write: Write, id: string, drn?: string): Promise<VendRow> {
	await lockMeter(write, drn ?? (await meterOf(write, id)));
	return await write.selectFrom('vend').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

async function meterOf(write: Write, id: string): Promise<string> {
	const { drn } = await write
		.selectFrom('vend')
		.select('drn')
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return drn;
}

/** One vend of a meter is in the making at a time: each is priced on the account as the one before left it. */
export async function isMeterBusy(write: Write, drn: string): Promise<boolean> {
	const other = await write
		.selectFrom('vend')
		.select('id')
		.where('drn', '=', drn)
		// Written out, so that the index of vends in the making is found to hold them.
		.where('state', '=', sql.lit('issuing'))
		.executeTakeFirst();
	return other !== undefined;
}
