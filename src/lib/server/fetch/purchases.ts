/**
 * The purchases of one meter that were made with one phone number: those that said it at the purchase, as
 * where the token is sent to. A purchase without a number is nobody's here, and neither is a sealed token.
 */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Tables, VendRow } from '../database/schema.ts';
import { stillSealed } from '../till/reserve/sealed.ts';
import { tookPlace } from '../vend/took-place.ts';
import type { Pair } from './fetch-code.ts';

const DAY_MS = 24 * 60 * 60_000;

/** At once; the newest. */
const MOST = 50;

export async function findPurchases(
	database: Database,
	pair: Pair,
	sinceMs: number,
): Promise<VendRow[]> {
	return await database
		.selectFrom('vend')
		.selectAll()
		.where((is) => isOfPair(is, pair, sinceMs))
		.orderBy('accepted_at_ms', 'desc')
		.orderBy('id', 'desc')
		.limit(MOST)
		.execute();
}

/**
 * Whether a code goes out to the phone for them: at least one took place. Then an order that is not paid yet is
 * told of too, beside it.
 */
export async function hasPurchases(
	database: Database,
	pair: Pair,
	sinceMs: number,
): Promise<boolean> {
	const found = await database
		.selectFrom('vend')
		.select('id')
		.where((is) => is.and([isOfPair(is, pair, sinceMs), tookPlace(is)]))
		.limit(1)
		.executeTakeFirst();
	return found !== undefined;
}

export const sinceDays = (nowMs: number, days: number): number => nowMs - days * DAY_MS;

/** The index by phone and time answers it. */
function isOfPair(
	is: ExpressionBuilder<Tables, 'vend'>,
	{ utilityId, drn, phone }: Pair,
	sinceMs: number,
): Expression<SqlBool> {
	return is.and([
		is('notify_phone', '=', phone),
		is('accepted_at_ms', '>=', sinceMs),
		is('drn', '=', drn),
		is('utility_id', '=', utilityId),
		is.not(stillSealed(is)),
	]);
}
