/**
 * What each kind of account stood at when the day began, and what the day moved. Where a day before was
 * closed, its balances are gone on from: what was booked never changes.
 */
import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { CloseReport } from '#lib/core/sync/wire-office.ts';
import type { Database } from '../database/open.ts';
import type { KindSum } from './close-facts.ts';
import type { Day } from './day-tokens.ts';

const DAY_MS = 86_400_000;

/** @param before the last close of an earlier day */
export async function readOpening(
	database: Database,
	{ utilityId, fromMs }: Day,
	before: CloseReport | undefined,
): Promise<KindSum[]> {
	const startMs = before?.toMs ?? (await firstBooking(database, utilityId)) ?? fromMs;
	const closed = (before?.trialBalance ?? []).map(({ kind, currency, closingMinor }) => ({
		...{ kind, currency, amountMinor: closingMinor },
	}));
	let sums = closed;
	// A day at a time: others sell meanwhile.
	for (let atMs = startMs; atMs < fromMs; atMs += DAY_MS) {
		const part = { utilityId, fromMs: atMs, toMs: Math.min(fromMs, atMs + DAY_MS) };
		sums = added(sums, await readMovements(database, part));
		await letOthersRun();
	}
	return sums;
}

export async function readMovements(
	database: Database,
	{ utilityId, fromMs, toMs }: Day,
): Promise<KindSum[]> {
	const rows = await database
		.selectFrom('ledger_transaction as tx')
		.innerJoin('ledger_entry as entry', 'entry.transaction_id', 'tx.id')
		.innerJoin('ledger_account as account', 'account.id', 'entry.account_id')
		.select(['account.kind', 'entry.currency'])
		.select(({ fn }) => fn.sum<number>('entry.amount_minor').as('sum'))
		.where('tx.utility_id', '=', utilityId)
		.where('tx.at_ms', '>=', fromMs)
		.where('tx.at_ms', '<', toMs)
		.groupBy(['account.kind', 'entry.currency'])
		.execute();
	return rows.map(({ kind, currency, sum }) => ({ kind, currency, amountMinor: Number(sum) }));
}

async function firstBooking(database: Database, utilityId: string): Promise<number | undefined> {
	const row = await database
		.selectFrom('ledger_transaction')
		.select('at_ms')
		.where('utility_id', '=', utilityId)
		.orderBy('at_ms')
		.limit(1)
		.executeTakeFirst();
	return row?.at_ms;
}

function added(sums: readonly KindSum[], more: readonly KindSum[]): KindSum[] {
	const total = new Map<string, KindSum>();
	for (const sum of [...sums, ...more]) {
		const name = `${sum.kind} ${sum.currency}`;
		const amountMinor = (total.get(name)?.amountMinor ?? 0) + sum.amountMinor;
		total.set(name, { ...sum, amountMinor });
	}
	return [...total.values()];
}
