/** Writes ledger transactions and reads balances. Rows are only ever added, and add up to zero. */
import type { Database, Write } from '../database/open.ts';
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
	opening: 'what was there before the first sale',
} as const;
export type TransactionKind = keyof typeof TRANSACTION_KINDS;

export interface LedgerTransaction {
	readonly utilityId: string;
	/** With `subjectId` the identity: one event of one vend or payment is booked once. */
	readonly kind: TransactionKind;
	readonly subjectId: string;
	readonly atMs: number;
	readonly currency: string;
	readonly entries: readonly Entry[];
}

/** @throws when the same event is booked again, or when the entries do not add up to zero */
export async function book(write: Write, transaction: LedgerTransaction): Promise<void> {
	const { utilityId, kind, subjectId, atMs, currency } = transaction;
	const id = `${kind}:${subjectId}`;
	const rows = transaction.entries.map((entry, position) => ({
		transaction_id: id,
		position,
		account_id: accountId(utilityId, entry.account),
		amount_minor: entry.amountMinor,
		currency,
		step: entry.step,
		energy_deci_kwh: entry.energyDeciKwh ?? 0,
	}));
	await openAccounts(write, utilityId, transaction.entries);
	await write
		.insertInto('ledger_transaction')
		.values({ id, utility_id: utilityId, kind, subject_id: subjectId, at_ms: atMs })
		.execute();
	await write.insertInto('ledger_entry').values(rows).execute();
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
