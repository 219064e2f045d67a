/** How a database does its transactions: each of the two in the way in which it is quick. */
import { Kysely, type Dialect, type Transaction } from 'kysely';

/** All of it or nothing. It may be done again from its beginning. */
export type Work<Schema, Result> = (write: Transaction<Schema>) => Promise<Result>;

export interface Transactions<Schema> {
	/** Resolves when what was written is on the disk. */
	run<Result>(work: Work<Schema, Result>): Promise<Result>;
}

/** An opened database with its transactions, which belong to it and to nothing else in the process. */
export class OpenedDatabase<Schema> extends Kysely<Schema> {
	readonly transactions: Transactions<Schema>;

	constructor(
		dialect: Dialect,
		makeTransactions: (database: Kysely<Schema>) => Transactions<Schema>,
	) {
		super({ dialect });
		this.transactions = makeTransactions(this);
	}
}
