/**
 * Codes by which somebody fetches a meter's purchases again: as `access/one-time-code` has them, and bound to
 * one meter and one phone together. The six digits are stored nowhere, and whose phone and meter a row is for
 * can only be found by whoever names both and has the home's secret.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Write } from '../database/open.ts';
import type { FetchCodeRow } from '../database/schema.ts';

export const FETCH_CODE_LIFE_MS = 10 * 60_000;
/** Guesses at one code. */
export const FETCH_CODE_ATTEMPTS = 5;

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
export function fetchDigits(homeSecret: Uint8Array, id: string): string {
	const octets = createHmac('sha256', homeSecret).update(`fetch-code\0${id}`).digest();
	return String(octets.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

/** In a time that does not tell how much of it is right. */
export function isRightCode(homeSecret: Uint8Array, id: string, typed: string): boolean {
	const right = Buffer.from(fetchDigits(homeSecret, id));
	const given = Buffer.from(typed);
	return right.length === given.length && timingSafeEqual(right, given);
}

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
	if (last === undefined || nowMs >= last.expires_at_ms) return undefined;
	return await write
		.updateTable('fetch_code')
		.set((row) => ({ attempts: row('attempts', '+', 1) }))
		.where('id', '=', last.id)
		.where('attempts', '<', FETCH_CODE_ATTEMPTS)
		.where('used_at_ms', 'is', null)
		.returning('id')
		.executeTakeFirst();
}
