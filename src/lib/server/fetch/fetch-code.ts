/**
 * Codes by which somebody fetches a meter's purchases again (`access/six-digits`), bound to one meter and one
 * phone together: whose phone and meter a row is for can only be found by whoever names both and has the
 * home's secret.
 */
import { createHmac } from 'node:crypto';
import { countGuess, sixDigits } from '../access/six-digits.ts';
import type { Write } from '../database/open.ts';
import type { FetchCodeRow } from '../database/schema.ts';

/** One meter and one phone, in one utility. */
export interface Pair {
	readonly utilityId: string;
	/** Digits of the meter number. */
	readonly drn: string;
	/** E.164. */
	readonly phone: string;
}

/** HMAC-SHA-256, hex: what a row is found by. */
export function hashPair(homeSecret: Uint8Array, { utilityId, drn, phone }: Pair): string {
	const text = ['fetch-pair', utilityId, drn, phone].join('\0');
	return createHmac('sha256', homeSecret).update(text).digest('hex');
}

/** The six digits of a code. */
export const fetchDigits = (homeSecret: Uint8Array, id: string): string =>
	sixDigits(homeSecret, 'fetch-code', id);

/** The last code of a pair, when a guess at it may still be made; the guess is counted first. */
export async function takeGuess(
	write: Write,
	pairHash: string,
	nowMs: number,
): Promise<Pick<FetchCodeRow, 'id'> | undefined> {
	const last = await write
		.selectFrom('fetch_code')
		.select(['id', 'expires_at_ms'])
		.where('pair_hash', '=', pairHash)
		.orderBy('expires_at_ms', 'desc')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	return await countGuess(write, 'fetch_code', last, nowMs);
}
