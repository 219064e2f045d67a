/** The day's tokens against the day's bookings, vend by vend: each question is answered by the database alone. */
import type { Database } from '../database/open.ts';
import { accountId } from '../ledger/accounts.ts';
import { MOST_FOUND, type CloseFacts, type DayWindow, type Findings } from './close-facts.ts';

export interface Day extends DayWindow {
	readonly utilityId: string;
}

export async function sumTokens(database: Database, day: Day): Promise<CloseFacts['tokens']> {
	const row = await tokensOf(database, day)
		.select(({ fn }) => [
			fn.countAll<number>().as('count'),
			fn.count<number>('token.vend_id').distinct().as('vends'),
			fn.sum<number | null>('token.energy_deci_kwh').as('energy'),
		])
		.executeTakeFirstOrThrow();
	return {
		count: Number(row.count),
		vends: Number(row.vends),
		energyDeciKwh: Number(row.energy ?? 0),
	};
}

export async function sumBookings(database: Database, day: Day): Promise<CloseFacts['bookings']> {
	const held = accountId(day.utilityId, 'customer-held');
	const row = await bookingsOf(database, day)
		.innerJoin('ledger_entry as entry', 'entry.transaction_id', 'tx.id')
		.select(({ fn, eb }) => [
			fn.count<number>('tx.id').distinct().as('vends'),
			fn.sum<number | null>('entry.energy_deci_kwh').as('energy'),
			fn
				.sum<number | null>(
					eb
						.case()
						.when('entry.account_id', '=', held)
						.then(eb.ref('entry.amount_minor'))
						.else(0)
						.end(),
				)
				.as('tendered'),
		])
		.executeTakeFirstOrThrow();
	return {
		vends: Number(row.vends),
		energyDeciKwh: Number(row.energy ?? 0),
		tenderedMinor: Number(row.tendered ?? 0),
	};
}

export async function compareTokens(database: Database, day: Day): Promise<Findings[]> {
	return [
		await tokensWithoutBooking(database, day),
		await bookingsWithoutToken(database, day),
		await otherEnergy(database, day),
		await otherMoney(database, day),
		await reversalsWithoutBooking(database, day),
		await unbalanced(database, day),
	];
}

/**
 * Of the utility's vends, by the instant they were made at. The day's are found first, of all utilities: they
 * are few, and a utility's vends are all there ever were.
 */
export function tokensOf(database: Database, { utilityId, fromMs, toMs }: Day) {
	return (
		database
			.with(
				(cte) => cte('token').materialized(),
				(db) =>
					db
						.selectFrom('vend_token')
						.select(['vend_id', 'kind', 'tid', 'energy_deci_kwh'])
						.where('made_at_ms', '>=', fromMs)
						.where('made_at_ms', '<', toMs),
			)
			.selectFrom('token')
			// A cross join is done in the order in which it is written.
			.crossJoin('vend')
			.whereRef('vend.id', '=', 'token.vend_id')
			.where('vend.utility_id', '=', utilityId)
	);
}

function bookingsOf(database: Database, day: Day) {
	return transactionsOf(database, day).where('tx.kind', '=', 'vend');
}

/** The day's are found first, here too: of one kind there are as many as there ever were vends. */
function transactionsOf(database: Database, { utilityId, fromMs, toMs }: Day) {
	return database
		.with(
			(cte) => cte('tx').materialized(),
			(db) =>
				db
					.selectFrom('ledger_transaction')
					.select(['id', 'kind', 'subject_id'])
					.where('utility_id', '=', utilityId)
					.where('at_ms', '>=', fromMs)
					.where('at_ms', '<', toMs),
		)
		.selectFrom('tx');
}

const subjects = (rows: readonly { subject: string }[]) => rows.map(({ subject }) => ({ subject }));

async function tokensWithoutBooking(database: Database, day: Day): Promise<Findings> {
	const rows = await tokensOf(database, day)
		.select('token.vend_id as subject')
		.where('token.energy_deci_kwh', '>', 0)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('ledger_transaction as tx')
						.select('tx.id')
						.whereRef('tx.subject_id', '=', 'token.vend_id')
						.where('tx.kind', '=', 'vend'),
				),
			),
		)
		.limit(MOST_FOUND)
		.execute();
	return { 'token-without-booking': subjects(rows) };
}

async function bookingsWithoutToken(database: Database, day: Day): Promise<Findings> {
	const rows = await bookingsOf(database, day)
		.select('tx.subject_id as subject')
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('vend_token as token')
						.select('token.vend_id')
						.whereRef('token.vend_id', '=', 'tx.subject_id')
						.where('token.kind', '<>', 'key-change'),
				),
			),
		)
		.limit(MOST_FOUND)
		.execute();
	return { 'booking-without-token': subjects(rows) };
}

async function otherEnergy(database: Database, day: Day): Promise<Findings> {
	const rows = await database
		.selectFrom(
			tokensOf(database, day)
				.select('token.vend_id as subject')
				.select(({ fn }) => fn.sum<number>('token.energy_deci_kwh').as('carried'))
				.groupBy('token.vend_id')
				.as('made'),
		)
		.innerJoin(
			bookingsOf(database, day)
				.innerJoin('ledger_entry as entry', 'entry.transaction_id', 'tx.id')
				.select('tx.subject_id as vend_id')
				.select(({ fn }) => fn.sum<number>('entry.energy_deci_kwh').as('energy'))
				.groupBy('tx.subject_id')
				.as('booked'),
			'booked.vend_id',
			'made.subject',
		)
		.select(['made.subject', 'made.carried', 'booked.energy'])
		.whereRef('made.carried', '<>', 'booked.energy')
		.limit(MOST_FOUND)
		.execute();
	return {
		'energy-differs': rows.map(({ subject, carried, energy }) => ({
			...{ subject, expected: Number(energy), found: Number(carried) },
		})),
	};
}

async function otherMoney(database: Database, day: Day): Promise<Findings> {
	const held = accountId(day.utilityId, 'customer-held');
	const rows = await database
		.selectFrom(
			bookingsOf(database, day)
				.innerJoin('ledger_entry as entry', 'entry.transaction_id', 'tx.id')
				.select('tx.subject_id')
				.select(({ fn, eb }) =>
					fn
						.sum<number>(
							eb
								.case()
								.when('entry.account_id', '=', held)
								.then(eb.ref('entry.amount_minor'))
								.else(0)
								.end(),
						)
						.as('amount'),
				)
				.groupBy('tx.subject_id')
				.as('booked'),
		)
		.crossJoin('vend')
		.select(['vend.id as subject', 'vend.amount_minor as tendered', 'booked.amount'])
		.whereRef('vend.id', '=', 'booked.subject_id')
		.whereRef('vend.amount_minor', '<>', 'booked.amount')
		.limit(MOST_FOUND)
		.execute();
	return {
		'money-differs': rows.map(({ subject, tendered, amount }) => ({
			...{ subject, expected: tendered, found: Number(amount) },
		})),
	};
}

/** Of a vend that was taken back after it was booked. */
async function reversalsWithoutBooking(
	database: Database,
	{ utilityId, fromMs, toMs }: Day,
): Promise<Findings> {
	const rows = await database
		.selectFrom('vend')
		.innerJoin('ledger_transaction as booked', (join) =>
			join.onRef('booked.subject_id', '=', 'vend.id').on('booked.kind', '=', 'vend'),
		)
		.leftJoin('ledger_transaction as undone', (join) =>
			join.onRef('undone.subject_id', '=', 'vend.id').on('undone.kind', '=', 'reversal'),
		)
		.select('vend.id as subject')
		.where('vend.utility_id', '=', utilityId)
		.where('vend.state_at_ms', '>=', fromMs)
		.where('vend.state_at_ms', '<', toMs)
		.where('vend.state', '=', 'reversed')
		.where('undone.id', 'is', null)
		.limit(MOST_FOUND)
		.execute();
	return { 'reversal-without-booking': subjects(rows) };
}

/** Each transaction by itself; one without its seal might still be added to. */
async function unbalanced(database: Database, day: Day): Promise<Findings> {
	const rows = await transactionsOf(database, day)
		.leftJoin('ledger_entry as entry', 'entry.transaction_id', 'tx.id')
		.leftJoin('ledger_seal as seal', 'seal.transaction_id', 'tx.id')
		.select('tx.id as subject')
		.select(({ fn, val }) => fn.coalesce(fn.sum<number>('entry.amount_minor'), val(0)).as('sum'))
		.groupBy(['tx.id', 'entry.currency', 'seal.transaction_id'])
		.having(({ or, eb, fn, ref, val }) =>
			or([
				eb(fn.coalesce(fn.sum<number>('entry.amount_minor'), val(0)), '<>', 0),
				eb(ref('seal.transaction_id'), 'is', null),
			]),
		)
		.limit(MOST_FOUND)
		.execute();
	return {
		'transaction-not-zero': rows.map(({ subject, sum }) => ({
			...{ subject, expected: 0, found: Number(sum) },
		})),
	};
}
