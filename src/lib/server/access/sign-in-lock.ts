/**
 * Wrong attempts under one name are counted in the database and lock the name for a while. A name that
 * nobody has is counted and locked just the same. An attempt is counted before the password is looked at,
 * so that guesses made side by side are as many as guesses made one by one.
 */
import { createHmac } from 'node:crypto';
import type { Write } from '../database/open.ts';
import type { Refusal } from '../refusal.ts';

/** Attempts before the first lock. */
export const FREE_ATTEMPTS = 5;
export const FIRST_LOCK_MS = 60_000;
export const LONGEST_LOCK_MS = 3_600_000;
/** After this long without an attempt, the count begins anew. */
export const FORGOTTEN_AFTER_MS = 86_400_000;

/** How long the name is locked after so many wrong attempts: nothing, then a minute, doubling to an hour. */
export function lockAfter(failed: number): number {
	if (failed < FREE_ATTEMPTS) return 0;
	return Math.min(FIRST_LOCK_MS * 2 ** Math.min(failed - FREE_ATTEMPTS, 30), LONGEST_LOCK_MS);
}

/** Keyed, because people type their password into the wrong field too. */
export function attemptKey(secret: Uint8Array, utilityId: string, login: string): string {
	return createHmac('sha256', secret).update(`sign-in\0${utilityId}\0${login}`).digest('base64url');
}

/** Counts an attempt. Refusal: `locked-out` with the seconds that are left, and then nothing is counted. */
export async function takeAttempt(
	write: Write,
	key: string,
	nowMs: number,
): Promise<{ locked: boolean } | Refusal> {
	await write
		.deleteFrom('sign_in_attempt')
		.where('key', '=', key)
		.where('last_at_ms', '<=', nowMs - FORGOTTEN_AFTER_MS)
		.execute();
	const counted = await write
		.insertInto('sign_in_attempt')
		.values({ key, failed: 1, last_at_ms: nowMs, locked_until_ms: 0 })
		.onConflict((conflict) =>
			conflict
				.column('key')
				.doUpdateSet((row) => ({
					failed: row('sign_in_attempt.failed', '+', 1),
					last_at_ms: nowMs,
				}))
				.where('sign_in_attempt.locked_until_ms', '<=', nowMs),
		)
		.returning('failed')
		.executeTakeFirst();
	if (counted === undefined) return await lockedOut(write, key, nowMs);
	const lockMs = lockAfter(counted.failed);
	if (lockMs === 0) return { locked: false };
	await write
		.updateTable('sign_in_attempt')
		.set({ locked_until_ms: nowMs + lockMs })
		.where('key', '=', key)
		.execute();
	return { locked: true };
}

async function lockedOut(write: Write, key: string, nowMs: number): Promise<Refusal> {
	const { locked_until_ms: untilMs } = await write
		.selectFrom('sign_in_attempt')
		.select('locked_until_ms')
		.where('key', '=', key)
		.executeTakeFirstOrThrow();
	return { refusal: 'locked-out', facts: { seconds: Math.ceil((untilMs - nowMs) / 1000) } };
}

/** After a right one. */
export async function forgetAttempts(write: Write, key: string): Promise<void> {
	await write.deleteFrom('sign_in_attempt').where('key', '=', key).execute();
}
