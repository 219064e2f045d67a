/**
 * Transactions of the embedded database, many to one wait for the disk. Works that are wanted at the same
 * time are done one after the other inside one transaction, each but the first in a savepoint of its own,
 * and all are answered when that is on the disk. To each it is as if it had a transaction to itself: one that throws
 * undoes what it did and nothing else.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { CompiledQuery, type Kysely, type Transaction } from 'kysely';
import type { Transactions, Work } from './transactions.ts';

/** Works in one group: the last of them waits for all, so that this bounds the wait. */
export const MAX_GROUP = 64;

interface Member<Schema> {
	readonly work: Work<Schema, unknown>;
	readonly resolve: (result: never) => void;
	readonly reject: (reason: unknown) => void;
}

const SAVEPOINT = CompiledQuery.raw('savepoint member');
const RELEASE = CompiledQuery.raw('release member');
const ROLLBACK = CompiledQuery.raw('rollback to member');

type Outcome = { readonly result: unknown } | { readonly error: unknown };

interface Done<Schema> {
	readonly member: Member<Schema>;
	readonly outcome: Outcome;
}

export class GroupCommit<Schema> implements Transactions<Schema> {
	readonly #database: Kysely<Schema>;
	/** In the order in which they were asked for, which is the order in which they are done. */
	readonly #waiting: Member<Schema>[] = [];
	#isRunning = false;

	constructor(database: Kysely<Schema>) {
		this.#database = database;
	}

	run<Result>(work: Work<Schema, Result>): Promise<Result> {
		return new Promise((resolve, reject) => {
			// Whoever asked is still the one in whose name it is done, in whatever group that is.
			this.#waiting.push({ work: AsyncLocalStorage.bind(work), resolve, reject });
			if (!this.#isRunning) void this.#runAll();
		});
	}

	async #runAll(): Promise<void> {
		this.#isRunning = true;
		while (this.#waiting.length > 0) await this.#runGroup();
		this.#isRunning = false;
	}

	/** Answers nobody before the commit, not even one that failed: it may have failed by what another one wrote. */
	async #runGroup(): Promise<void> {
		const done: Done<Schema>[] = [];
		try {
			await this.#database.transaction().execute((write) => this.#fill(write, done));
			done.forEach(answer);
		} catch (error) {
			if (done.length > 1 && isConstraint(error)) await this.#runApart(done);
			else this.#failed(done).forEach((member) => member.reject(error));
		}
	}

	/** Whose transaction it was; where it could not even be begun, those who would have been in it. */
	#failed(done: readonly Done<Schema>[]): Member<Schema>[] {
		return done.length > 0 ? done.map(({ member }) => member) : this.#waiting.splice(0, MAX_GROUP);
	}

	/** Takes in also those who come while it is under way. */
	async #fill(write: Transaction<Schema>, done: Done<Schema>[]): Promise<void> {
		while (done.length < MAX_GROUP) {
			const member = this.#waiting.shift();
			if (member === undefined) return;
			const place = done.push({ member, outcome: { error: new Error('not done yet') } }) - 1;
			// When the first one throws, the transaction has nothing in it but what that one did.
			const outcome =
				place === 0 ? { result: await member.work(write) } : await attempt(write, member.work);
			done[place] = { member, outcome };
		}
	}

	/**
	 * What is only checked at the commit was broken by one of them, and nothing of any of them stayed. Each is
	 * done again, alone.
	 */
	async #runApart(done: readonly Done<Schema>[]): Promise<void> {
		for (const { member } of done)
			try {
				const result = await this.#database.transaction().execute(member.work);
				member.resolve(result as never);
			} catch (error) {
				member.reject(error);
			}
	}
}

/** @throws when the transaction as a whole is lost */
async function attempt<Schema>(
	write: Transaction<Schema>,
	work: Work<Schema, unknown>,
): Promise<Outcome> {
	await write.executeQuery(SAVEPOINT);
	try {
		const result = await work(write);
		await write.executeQuery(RELEASE);
		return { result };
	} catch (error) {
		await undo(write, error);
		return { error };
	}
}

/** A disk that is full undoes the whole transaction by itself: then there is no savepoint to go back to. */
async function undo<Schema>(write: Transaction<Schema>, reason: unknown): Promise<void> {
	try {
		await write.executeQuery(ROLLBACK);
		await write.executeQuery(RELEASE);
	} catch {
		throw reason;
	}
}

function answer<Schema>({ member, outcome }: Done<Schema>): void {
	if ('error' in outcome) member.reject(outcome.error);
	else member.resolve(outcome.result as never);
}

const SQLITE_CONSTRAINT = 19;

function isConstraint(error: unknown): boolean {
	const { errcode } = error as { errcode?: number };
	return errcode !== undefined && (errcode & 0xff) === SQLITE_CONSTRAINT;
}
