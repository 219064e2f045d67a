/** Writes ledger transactions and reads balances. Rows are only ever added, and add up to zero. */
import type { Database, Write } from '../database/open.ts';
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
	deposit: 'a vendor paid in at the bank',
	commission: 'what a vendor earned is paid out',
	payout: 'what was owed to a payer, or nobody waited for, is settled',
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
export async function book(write: Write, { entries, ...head }: LedgerTransaction): Promise<void> {
	await openAccounts(write, head.utilityId, entries);
	await writeTransaction(write, head, writtenEntries(head, entries));
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
	await openAccounts(write, head.utilityId, entries);
	const rows = [...mirrored, ...writtenEntries(head, entries)];
	if (rows.length > 0) await writeTransaction(write, head, rows);
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

async function writeTransaction(
	write: Write,
	{ utilityId, kind, subjectId, atMs, currency }: LedgerHead,
	entries: readonly WrittenEntry[],
): Promise<void> {
	const id = `${kind}:${subjectId}`;
	await write
		.insertInto('ledger_transaction')
		.values({ id, utility_id: utilityId, kind, subject_id: subjectId, at_ms: atMs })
		.execute();
	await write
		.insertInto('ledger_entry')
		.values(
			entries.map((entry, position) => ({
				...{ transaction_id: id, position, currency, at_ms: atMs },
				...entry,
			})),
		)
		.execute();
	await write.insertInto('ledger_seal').values({ transaction_id: id }).execute();
}

async function openAccounts(
	write: Write,
	utilityId: string,
	entries: readonly Entry[],
): Promise<void> {
	const wanted = new Map(
		entries.map(({ account }) => {
			const id = accountId(utilityId, account);
			return [id, { id, utility_id: utilityId, kind: kindOfAccount(account) }];
		}),
	);
	if (wanted.size === 0) return;
	const known = await write
		.selectFrom('ledger_account')
		.select('id')
		.where('id', 'in', [...wanted.keys()])
		.execute();
	for (const { id } of known) wanted.delete(id);
	if (wanted.size > 0)
		await write
			.insertInto('ledger_account')
			.values([...wanted.values()])
			.execute();
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
