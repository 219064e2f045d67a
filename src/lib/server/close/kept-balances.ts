/**
 * Rows that are kept beside the books (floats, meters' accounts, money held) against the books. Each
 * comparison is one question, so that it holds while others sell; there are many small ones, not one large.
 */
import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Database } from '../database/open.ts';
import { accountId } from '../ledger/accounts.ts';
import {
	MOST_FOUND,
	type CloseFacts,
	type Example,
	type Findings,
	type KindSum,
} from './close-facts.ts';

/** Meters looked at in one question. */
const PART = 2_000;

export interface Compared {
	readonly count: number;
	readonly findings: Findings;
}

/** Every vendor's float. */
export async function compareFloats(database: Database, utilityId: string): Promise<Compared> {
	const vendors = await database
		.selectFrom('vendor')
		.select('id')
		.where('utility_id', '=', utilityId)
		.orderBy('id')
		.execute();
	const wrong: Example[] = [];
	for (const { id } of vendors) {
		const account = accountId(utilityId, { kind: 'agent-float', owner: id });
		const row = await database
			.selectFrom('vendor')
			.select(['float_minor'])
			.select(({ selectFrom }) =>
				selectFrom('ledger_entry')
					.select(({ fn, val }) => fn.coalesce(fn.sum<number>('amount_minor'), val(0)).as('sum'))
					.where('account_id', '=', account)
					.as('booked'),
			)
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		const expected = 0 - Number(row.booked);
		if (expected !== row.float_minor) wrong.push({ subject: id, expected, found: row.float_minor });
		await letOthersRun();
	}
	return { count: vendors.length, findings: { 'float-differs': wrong.slice(0, MOST_FOUND) } };
}

/** Every meter's arrears and left-over; one with a vend in the making has moved on, and its books have not. */
export async function compareAccounts(database: Database, utilityId: string): Promise<Compared> {
	const arrears: Example[] = [];
	const leftOver: Example[] = [];
	let count = 0;
	let after = '';
	for (;;) {
		const part = await nextPart(database, utilityId, after);
		if (part === undefined) break;
		for (const row of await differingAccounts(database, utilityId, after, part.last)) {
			const owed = Number(row.arrears_booked);
			const over = 0 - Number(row.left_over_booked);
			if (owed !== row.arrears_minor)
				arrears.push({ subject: row.drn, expected: owed, found: row.arrears_minor });
			if (over !== row.left_over_minor)
				leftOver.push({ subject: row.drn, expected: over, found: row.left_over_minor });
		}
		count += part.count;
		after = part.last;
		await letOthersRun();
	}
	return {
		count,
		findings: {
			'arrears-differ': arrears.slice(0, MOST_FOUND),
			'left-over-differs': leftOver.slice(0, MOST_FOUND),
		},
	};
}

async function nextPart(
	database: Database,
	utilityId: string,
	after: string,
): Promise<{ last: string; count: number } | undefined> {
	const { last, count } = await database
		.selectFrom(
			database
				.selectFrom('meter')
				.select('drn')
				.where('utility_id', '=', utilityId)
				.where('drn', '>', after)
				.orderBy('drn')
				.limit(PART)
				.as('part'),
		)
		.select(({ fn }) => [
			fn.max<string | null>('drn').as('last'),
			fn.countAll<number>().as('count'),
		])
		.executeTakeFirstOrThrow();
	return last === null ? undefined : { last, count: Number(count) };
}

async function differingAccounts(
	database: Database,
	utilityId: string,
	after: string,
	last: string,
) {
	const booked = (kind: 'arrears' | 'left-over') =>
		database
			.selectFrom('ledger_entry')
			.select(({ fn, val }) => fn.coalesce(fn.sum<number>('amount_minor'), val(0)).as('sum'))
			.where('account_id', '=', ({ eb, val, ref }) =>
				eb(val(accountId(utilityId, { kind, owner: '' })), '||', ref('account.drn' as never)),
			);
	return await database
		.with(
			(cte) => cte('busy').materialized(),
			(db) => db.selectFrom('vend').select('vend.drn').where('state', '=', 'issuing'),
		)
		.with('compared', (db) =>
			db
				.selectFrom('account')
				.innerJoin('meter', 'meter.drn', 'account.drn')
				.select(['account.drn', 'account.arrears_minor', 'account.left_over_minor'])
				.select([
					booked('arrears').as('arrears_booked'),
					booked('left-over').as('left_over_booked'),
				])
				.where('meter.utility_id', '=', utilityId)
				.where('account.drn', '>', after)
				.where('account.drn', '<=', last)
				.where('account.drn', 'not in', ({ selectFrom }) => selectFrom('busy').select('busy.drn')),
		)
		.selectFrom('compared')
		.selectAll()
		.where(({ or, eb, ref, neg }) =>
			or([
				eb('arrears_minor', '<>', ref('arrears_booked')),
				eb('left_over_minor', '<>', neg(ref('left_over_booked'))),
			]),
		)
		.execute();
}

/** Money held, from the closing balance of the day on, against the vends that wait for their token. */
export async function readHeld(
	database: Database,
	utilityId: string,
	closing: readonly KindSum[],
	{ toMs, currency }: { toMs: number; currency: string },
): Promise<CloseFacts['held']> {
	const row = await database
		.selectFrom('utility')
		.select(({ selectFrom }) => [
			selectFrom('ledger_entry')
				.select(({ fn, val }) => fn.coalesce(fn.sum<number>('amount_minor'), val(0)).as('sum'))
				.where('account_id', '=', accountId(utilityId, 'customer-held'))
				.where('at_ms', '>=', toMs)
				.as('since'),
			selectFrom('vend')
				.select(({ fn, val }) => fn.coalesce(fn.sum<number>('amount_minor'), val(0)).as('sum'))
				.where('state', 'in', ['paid', 'issuing'])
				.where('vend.utility_id', '=', utilityId)
				.as('open'),
		])
		.where('id', '=', utilityId)
		.executeTakeFirstOrThrow();
	const closed = closing
		.filter((sum) => sum.kind === 'customer-held' && sum.currency === currency)
		.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
	return { bookedMinor: 0 - closed - Number(row.since), openMinor: Number(row.open) };
}
