/** A vend whose meter is ours for the rest of the transaction. */
import { sql } from 'kysely';
import { meterLock } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import { together } from '../database/together.ts';
import type { VendRow } from '../database/schema.ts';

/** @param drn its meter, where that is known @throws when there is no such vend */
export async function lockVend(write: Write, id: string, drn?: string): Promise<VendRow> {
	const row = await readLocked(write, id, drn ?? (await meterOf(write, id)));
	if (row === undefined) throw new TypeError('no such vend');
	return row;
}

/** A vend of this id, which may be there or not, when its meter has been taken. @param drn null: no meter has it */
export async function readLocked(
	write: Write,
	id: string,
	drn: string | null,
): Promise<VendRow | undefined> {
	const lock = drn === null ? null : meterLock(write, drn);
	const [, [row]] = await together(write, [lock, vendOfId.with(write, { id })]);
	return row;
}

export interface VendInTheMaking {
	readonly row: VendRow;
	/** The vend of the same meter that has waited longest for this one to end. */
	readonly next: string | undefined;
}

/**
 * A vend that is to end, and whom its meter is free for then: whoever comes to wait later takes the meter
 * first, and finds it free. @throws when there is no such vend
 */
export async function lockToEnd(write: Write, id: string, drn: string): Promise<VendInTheMaking> {
	const [, [row], [next]] = await together(write, [
		meterLock(write, drn),
		vendOfId.with(write, { id }),
		waitingLongest.with(write, { drn }),
	]);
	if (row === undefined) throw new TypeError('no such vend');
	return { row, next: next?.id };
}

const waitingLongest = prepared<{ drn: string }>()((db, given) =>
	db
		.selectFrom('vend')
		.select('id')
		.where('drn', '=', given('drn'))
		// Written out, so that the index of those that wait is found to hold them.
		.where('state', '=', sql.lit('paid'))
		.orderBy('state_at_ms')
		.orderBy('id')
		.limit(1),
);

const vendOfId = prepared<{ id: string }>()((db, given) =>
	db.selectFrom('vend').selectAll().where('id', '=', given('id')),
);

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
