/**
 * Codes of six digits that are sent to a phone and typed back. The digits are stored nowhere: they follow by
 * HMAC from the code's id and the home's secret. Whatever a code is for, it lives as long and bears as many
 * guesses.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Write } from '../database/open.ts';

export const CODE_LIFE_MS = 10 * 60_000;
/** Wrong guesses that a code survives, less one. */
export const CODE_ATTEMPTS = 5;

/** What a code is for; those of one kind are never those of the other. */
type CodeKind = 'one-time-code' | 'fetch-code';

/** Where the codes of each kind are: tables that have `id`, `attempts`, `expires_at_ms` and `used_at_ms`. */
type CodeTable = 'one_time_code' | 'fetch_code';

/** The six digits of a code. */
export function sixDigits(homeSecret: Uint8Array, kind: CodeKind, id: string): string {
	const octets = createHmac('sha256', homeSecret).update(`${kind}\0${id}`).digest();
	return String(octets.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

/** In a time that does not tell how much of it is right. */
export function isSameCode(right: string, typed: string): boolean {
	const [one, other] = [Buffer.from(right), Buffer.from(typed)];
	return one.length === other.length && timingSafeEqual(one, other);
}

/** Counts a guess at a code, before it is looked at. Undefined: none may be made at it any more. */
export async function countGuess(
	write: Write,
	table: CodeTable,
	last: { readonly id: string; readonly expires_at_ms: number } | undefined,
	nowMs: number,
): Promise<{ readonly id: string } | undefined> {
	if (last === undefined || nowMs >= last.expires_at_ms) return undefined;
	return await write
		.updateTable(table)
		.set((row) => ({ attempts: row('attempts', '+', 1) }))
		.where('id', '=', last.id)
		.where('attempts', '<', CODE_ATTEMPTS)
		.where('used_at_ms', 'is', null)
		.returning('id')
		.executeTakeFirst();
}
