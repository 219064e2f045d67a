/** Writes ledger transactions and reads balances. Rows are only ever added, and add up to zero. */
import { sql, type CompiledQuery } from 'kysely';
import { insertion } from '../database/insertion.ts';
import type { Database, Write } from '../database/open.ts';
import { Prepared } from '../database/prepared.ts';
import { together } from '../database/together.ts';
import type { LedgerEntryRow } from '../database/schema.ts';
import { accountId, kindOfAccount } from './accounts.ts';
import type { Entry } from './entries.ts';

/** What is booked: one row per event that moves money. */
export const TRANSACTION_KINDS = {
	payment: 'a provider has the money for a vend',
	hold: 'a vendor’s float pays for a vend that is to be made',
	vend: 'a token was made',
	refund: 'money held for a vend that was refused or taken back goes back',
	reversal: 'a vend is taken back after its token was made',
	'late-payment': 'money came that no vend waits for',
	'charge-back': 'a provider took money back that had come',
	deposit: 'a vendor paid in at the bank',
	commission: 'what a vendor earned is paid out',
	payout: 'what was owed to a payer, or nobody waited for, is settled',
	'reserve-return': 'a vendor gets the money of a sealed token back',
	'arrears-adjustment': 'what a customer owes is set right by the office',
	opening: 'what was there before the first sale',
} as const;
export type TransactionKind = keyof typeof TRANSACTION_KINDS;

/** An event of the books. */
export interface LedgerHead {
	readonly utilityId: string;
	/** With `subjectId` the identity: one event of one vend or payment is booked once. */
	readonly kind: TransactionKind;
	readonly subjectId: string;
	readonly atMs: number;
	readonly currency: string;
}

export interface LedgerTransaction extends LedgerHead {
	readonly entries: readonly Entry[];
}

/** @throws when the same event is booked again, or when the entries do not add up to zero */
export async function book(write: Write, transaction: LedgerTransaction): Promise<void> {
	await together(write, bookingOf(write, transaction));
}

/** The same as queries, to be carried out together with those of the event. */
export function bookingOf(write: Write, { entries, ...head }: LedgerTransaction): CompiledQuery[] {
	return [
		...openingOf(write, head.utilityId, entries),
		...writingOf(write, head, writtenEntries(head, entries)),
	];
}

/**
 * Books an event that undoes another one: the other side of each of its entries, row by row, and what
 * comes with it. Nothing to undo and nothing with it: nothing is booked. @param of id of the one undone
 */
export async function bookUndoing(
	write: Write,
	of: string,
	{ entries, ...head }: LedgerTransaction,
): Promise<void> {
	const undone = await write
		.selectFrom('ledger_entry')
		.select(['account_id', 'amount_minor', 'step', 'energy_deci_kwh'])
		.where('transaction_id', '=', of)
		.orderBy('position')
		.execute();
	const mirrored = undone.map((row) => ({
		...row,
		amount_minor: 0 - row.amount_minor,
		energy_deci_kwh: 0 - row.energy_deci_kwh,
	}));
	const rows = [...mirrored, ...writtenEntries(head, entries)];
	if (rows.length === 0) return;
	await together(write, [
		...openingOf(write, head.utilityId, entries),
		...writingOf(write, head, rows),
	]);
}

type WrittenEntry = Pick<
	LedgerEntryRow,
	'account_id' | 'amount_minor' | 'step' | 'energy_deci_kwh'
>;

function writtenEntries({ utilityId }: LedgerHead, entries: readonly Entry[]): WrittenEntry[] {
	return entries.map((entry) => ({
		account_id: accountId(utilityId, entry.account),
		amount_minor: entry.amountMinor,
		step: entry.step,
		energy_deci_kwh: entry.energyDeciKwh ?? 0,
	}));
}

function writingOf(
	write: Write,
	{ utilityId, kind, subjectId, atMs, currency }: LedgerHead,
	entries: readonly WrittenEntry[],
): CompiledQuery[] {
	const id = `${kind}:${subjectId}`;
	const head = { id, utility_id: utilityId, kind, subject_id: subjectId, at_ms: atMs };
	const rows = entries.map((entry, position) => ({
		...{ transaction_id: id, position, currency, at_ms: atMs },
		...entry,
	}));
	return [
		insertion(write, 'ledger_transaction', [head]),
		insertion(write, 'ledger_entry', rows),
		insertion(write, 'ledger_seal', [{ transaction_id: id }]),
	];
}

/** Accounts that are booked on for the first time are opened. */
function openingOf(write: Write, utilityId: string, entries: readonly Entry[]): CompiledQuery[] {
	const wanted = new Map(
		entries.map(({ account }) => [
			accountId(utilityId, account),
			[utilityId, kindOfAccount(account)],
		]),
	);
	const values = [...wanted].flatMap(([id, columns]) => [id, ...columns]);
	return wanted.size === 0 ? [] : [openAccounts(wanted.size).with(write, values)];
}

const openings = new Map<number, Prepared<readonly string[], unknown>>();

/** Adds those of so many accounts that there are not yet; given their columns one after the other. */
function openAccounts(count: number): Prepared<readonly string[], unknown> {
	const known = openings.get(count);
	if (known !== undefined) return known;
	const made = new Prepared<readonly string[], unknown>((_, given) => {
		const row = (at: number) => sql`(${given(at)}, ${given(at + 1)}, ${given(at + 2)})`;
		const rows = Array.from({ length: count }, (_, at) => row(3 * at));
		return sql`insert into ledger_account (id, utility_id, kind)
			select column1, column2, column3 from (values ${sql.join(rows)}) as wanted
			where not exists (select 1 from ledger_account where id = column1)`;
	});
	openings.set(count, made);
	return made;
}

/** Sum of an account's entries, minor units; 0 for one that has none. */
export async function balanceOf(database: Database, id: string): Promise<number> {
	const { balance } = await database
		.selectFrom('ledger_entry')
		.select((build) =>
			build.fn.coalesce(build.fn.sum<number>('amount_minor'), build.lit(0)).as('balance'),
		)
		.where('account_id', '=', id)
		.executeTakeFirstOrThrow();
	return Number(balance);
}
