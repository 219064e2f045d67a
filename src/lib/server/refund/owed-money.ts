/**
 * What is owed to payers, and what came in too late: read from the ledger, where an item is open as long as
 * its entries do not cancel out.
 */
import type { OwedMoney, RefundList, RefundQuery } from '#lib/core/sync/wire-office.ts';
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Database, Write } from '../database/open.ts';
import type { RefundRow } from '../database/schema.ts';
import { accountId } from '../ledger/accounts.ts';
import { refundShape } from './refund-shape.ts';

const PAGE = 100;

type OwedAs = RefundRow['owed_as'];

/** A page by the subject's id, which is about the order of time. */
export async function listRefunds(
	{ database }: Backend,
	{ utilityId }: Caller,
	{ state = 'open', after = '' }: RefundQuery,
): Promise<RefundList> {
	if (state === 'settled') return await listSettled(database, utilityId, after);
	const rows = await openItems(database, utilityId)
		.where('tx.subject_id', '>', after)
		.limit(PAGE + 1)
		.execute();
	const open: OwedMoney[] = [];
	for (const row of rows.slice(0, PAGE)) open.push(await describe(database, row));
	return { open, settled: [], next: rows.length > PAGE ? (open.at(-1)?.subjectId ?? null) : null };
}

/** Bookings that make money owed, or no longer owed. */
const OWED_BY = [
	...(['refund', 'reversal', 'payment', 'late-payment'] as const),
	...(['charge-back', 'payout'] as const),
];

/** One item, open or not; undefined: nothing was ever owed under this id. */
export async function owedFor(
	write: Database | Write,
	utilityId: string,
	owedAs: OwedAs,
	subjectId: string,
): Promise<{ amountMinor: number; currency: string } | undefined> {
	const row = await write
		.selectFrom('ledger_entry as entry')
		.innerJoin('ledger_transaction as tx', 'tx.id', 'entry.transaction_id')
		.select('entry.currency')
		.select(({ fn }) => fn.sum<number>('entry.amount_minor').as('balance'))
		.where('tx.subject_id', '=', subjectId)
		.where('tx.kind', 'in', [...OWED_BY])
		.where('entry.account_id', '=', accountId(utilityId, owedAs))
		.groupBy('entry.currency')
		.executeTakeFirst();
	return row && { amountMinor: 0 - Number(row.balance), currency: row.currency };
}

/** Whatever the two accounts hold of each subject. */
function openItems(database: Database, utilityId: string) {
	return database
		.selectFrom('ledger_entry as entry')
		.innerJoin('ledger_transaction as tx', 'tx.id', 'entry.transaction_id')
		.select(['entry.account_id', 'tx.subject_id', 'entry.currency'])
		.select(({ fn }) => [
			fn.sum<number>('entry.amount_minor').as('balance'),
			fn.min('entry.at_ms').as('since'),
			fn.min('entry.step').as('why'),
		])
		.where('entry.account_id', 'in', [
			accountId(utilityId, 'refund-due'),
			accountId(utilityId, 'suspense'),
		])
		.groupBy(['entry.account_id', 'tx.subject_id', 'entry.currency'])
		.having(({ fn }) => fn.sum('entry.amount_minor'), '<>', 0)
		.orderBy('tx.subject_id');
}

interface OpenItem {
	readonly account_id: string;
	readonly subject_id: string;
	readonly currency: string;
	readonly balance: number;
	readonly since: number;
	readonly why: string;
}

async function describe(database: Database, row: OpenItem): Promise<OwedMoney> {
	const owedAs = row.account_id.endsWith(':suspense') ? 'suspense' : 'refund-due';
	const vend = await vendOfSubject(database, owedAs, row.subject_id);
	return {
		...{ owedAs, subjectId: row.subject_id, vendId: vend?.id ?? null, drn: vend?.drn ?? null },
		amountMinor: 0 - Number(row.balance),
		...{ currency: row.currency, sinceMs: Number(row.since), why: row.why },
	};
}

/** The vend that money is owed for, or whose payment it came by. */
export async function vendOfSubject(
	database: Database | Write,
	owedAs: OwedAs,
	subjectId: string,
): Promise<{ id: string; drn: string } | undefined> {
	if (owedAs === 'refund-due')
		return await database
			.selectFrom('vend')
			.select(['id', 'drn'])
			.where('id', '=', subjectId)
			.executeTakeFirst();
	const movement = await database
		.selectFrom('payment_movement')
		.select('payment_id')
		.where('id', '=', subjectId)
		.executeTakeFirst();
	return await database
		.selectFrom('payment')
		.innerJoin('vend', 'vend.id', 'payment.vend_id')
		.select(['vend.id', 'vend.drn'])
		.where('payment.id', '=', movement?.payment_id ?? subjectId)
		.executeTakeFirst();
}

async function listSettled(
	database: Database,
	utilityId: string,
	after: string,
): Promise<RefundList> {
	const rows = await database
		.selectFrom('refund')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.where('id', '>', after)
		.orderBy('id')
		.limit(PAGE + 1)
		.execute();
	const settled = rows.slice(0, PAGE).map(refundShape);
	return { open: [], settled, next: rows.length > PAGE ? (settled.at(-1)?.id ?? null) : null };
}
