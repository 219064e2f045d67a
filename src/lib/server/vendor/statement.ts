/**
 * A vendor's statement: every movement of the float with the balance after it, read from the ledger's own
 * entries a page at a time. The vendor's row is not looked at.
 */
import type { Statement, StatementQuery } from '#lib/core/sync/wire-vendors.ts';
import { parseDate, startOfDay } from '#lib/core/units/instant.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import { accountId } from '../ledger/accounts.ts';
import { currencyOf } from '../meter/currency.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { findVendor } from './vendors.ts';

const PAGE = 100;

/** A place in an account: everything at it and before it is on earlier pages. */
interface Place {
	readonly atMs: number;
	readonly transactionId: string;
	readonly position: number;
}

/** Order: `body-shape` (a day that no calendar has, an `after` that no page gave), `not-found`. */
export async function readStatement(
	{ database }: Backend,
	caller: Caller,
	vendorId: string,
	{ from, after }: StatementQuery,
): Promise<Statement | Refusal> {
	const day = from === undefined ? undefined : parseDate(from);
	if (from !== undefined && day === undefined) return wrong('/from', 'expected a day');
	const cursor = after === undefined ? undefined : parsePlace(after);
	if (after !== undefined && cursor === undefined)
		return wrong('/after', 'expected what a page gave as next');
	const vendor = await findVendor(database, caller, vendorId);
	if (isRefusal(vendor)) return vendor;
	const account = accountId(caller.utilityId, { kind: 'agent-float', owner: vendorId });
	const start = day && startOfDay(day, await timeZoneOf(database, caller.utilityId));
	const place = cursor ?? { atMs: start ?? 0, transactionId: '', position: -1 };
	const rows = await pageAfter(database, account, place);
	const opening = await balanceUpTo(database, account, place);
	return {
		vendorId,
		currency: await currencyOf(database, caller.utilityId),
		...pageOf(rows, opening),
	};
}

const wrong = (pointer: string, detail: string): Refusal => ({
	refusal: 'body-shape',
	errors: [{ pointer, detail }],
});

async function timeZoneOf(database: Database, utilityId: string): Promise<string> {
	const { time_zone: timeZone } = await database
		.selectFrom('utility')
		.select('time_zone')
		.where('id', '=', utilityId)
		.executeTakeFirstOrThrow();
	return timeZone;
}

type Movement = Awaited<ReturnType<typeof pageAfter>>[number];

async function pageAfter(database: Database, account: string, place: Place) {
	return await database
		.selectFrom('ledger_entry')
		.innerJoin('ledger_transaction', 'ledger_transaction.id', 'ledger_entry.transaction_id')
		.select(['ledger_entry.at_ms', 'ledger_entry.transaction_id', 'ledger_entry.position'])
		.select(['ledger_entry.amount_minor', 'ledger_transaction.kind'])
		.select('ledger_transaction.subject_id')
		.where('ledger_entry.account_id', '=', account)
		.where('ledger_entry.at_ms', '>=', place.atMs)
		.where(({ eb, or, and }) =>
			or([
				eb('ledger_entry.at_ms', '>', place.atMs),
				eb('ledger_entry.transaction_id', '>', place.transactionId),
				and([
					eb('ledger_entry.transaction_id', '=', place.transactionId),
					eb('ledger_entry.position', '>', place.position),
				]),
			]),
		)
		.orderBy('ledger_entry.at_ms')
		.orderBy('ledger_entry.transaction_id')
		.orderBy('ledger_entry.position')
		.limit(PAGE + 1)
		.execute();
}

/** What the vendor had at a place: the account's balance, seen from the other side. */
async function balanceUpTo(database: Database, account: string, place: Place): Promise<number> {
	const { sum } = await database
		.selectFrom('ledger_entry')
		.select(({ fn, val }) => fn.coalesce(fn.sum<number>('amount_minor'), val(0)).as('sum'))
		.where('account_id', '=', account)
		.where('at_ms', '<=', place.atMs)
		.where(({ eb, or, and }) =>
			or([
				eb('at_ms', '<', place.atMs),
				eb('transaction_id', '<', place.transactionId),
				and([eb('transaction_id', '=', place.transactionId), eb('position', '<=', place.position)]),
			]),
		)
		.executeTakeFirstOrThrow();
	return 0 - Number(sum);
}

function pageOf(
	rows: readonly Movement[],
	openingMinor: number,
): Pick<Statement, 'openingMinor' | 'movements' | 'next'> {
	const page = rows.slice(0, PAGE);
	const last = page.at(-1);
	let balanceMinor = openingMinor;
	const movements = page.map((row) => {
		const amountMinor = 0 - row.amount_minor;
		balanceMinor += amountMinor;
		const { at_ms: atMs, kind, subject_id: subjectId } = row;
		return { atMs, kind, subjectId, amountMinor, balanceMinor };
	});
	const next =
		rows.length > PAGE && last !== undefined
			? `${last.at_ms}.${last.position}.${last.transaction_id}`
			: null;
	return { openingMinor, movements, next };
}

function parsePlace(text: string): Place | undefined {
	const [, atMs, position, transactionId] =
		/^(\d{1,15})\.(\d{1,6})\.([\w:-]{1,90})$/.exec(text) ?? [];
	if (transactionId === undefined) return undefined;
	return { atMs: Number(atMs), position: Number(position), transactionId };
}
