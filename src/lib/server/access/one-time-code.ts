/**
 * Codes by which a consumer shows that a phone is theirs. The six digits are stored nowhere (`six-digits.ts`):
 * the sender of messages can write them and the door can compare them, and neither the database nor an outbox
 * row is worth reading. A code goes only to a phone that this utility knows: a customer's, or one that a vend
 * which took place was made with. An order alone, which anybody makes at no cost with any number, makes none
 * known, so nobody is made to pay for messages to any number. The answer is the same for all.
 */
import { v7 as uuidV7 } from 'uuid';
import type { LoginSessionRequest } from '#lib/core/sync/wire-people.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { OneTimeCodeRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { queueMessage } from '../message/queue.ts';
import type { Refusal } from '../refusal.ts';
import { tookPlace } from '../vend/took-place.ts';
import type { Caller } from './caller.ts';
import { openSession, type OpenedSession } from './login-sessions.ts';
import { CODE_ATTEMPTS, CODE_LIFE_MS, countGuess, isSameCode, sixDigits } from './six-digits.ts';

type Parts = Pick<Backend, 'database' | 'clock' | 'homeSecret'>;
type Request = Extract<LoginSessionRequest, { by: 'code' }>;

/** The six digits of a code. */
export const codeDigits = (homeSecret: Uint8Array, id: string): string =>
	sixDigits(homeSecret, 'one-time-code', id);

/** Says nothing of the phone: one that is not known gets a code that no digits fit. */
export async function requestCode(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	{ utilityId }: Caller,
	{ phone }: { readonly phone: string },
): Promise<{ expiresAtMs: number }> {
	const nowMs = clock.nowMs();
	const id = uuidV7({ msecs: nowMs });
	const expiresAtMs = nowMs + CODE_LIFE_MS;
	await transact(database, async (write) => {
		const known = await isKnownPhone(write, utilityId, phone);
		const attempts = known ? 0 : CODE_ATTEMPTS;
		const row = { id, utility_id: utilityId, phone, attempts, used_at_ms: null };
		await write
			.insertInto('one_time_code')
			.values({ ...row, expires_at_ms: expiresAtMs })
			.execute();
		if (known)
			await queueMessage(write, { utilityId, phone, template: 'code', subjectId: id }, nowMs);
	});
	return { expiresAtMs };
}

async function isKnownPhone(write: Write, utilityId: string, phone: string): Promise<boolean> {
	const customer = await write
		.selectFrom('customer')
		.select('id')
		.where('utility_id', '=', utilityId)
		.where('phone', '=', phone)
		.limit(1)
		.executeTakeFirst();
	if (customer !== undefined) return true;
	const vend = await write
		.selectFrom('vend')
		.select('id')
		.where('notify_phone', '=', phone)
		.where('utility_id', '=', utilityId)
		.where((is) => tookPlace(is))
		.limit(1)
		.executeTakeFirst();
	return vend !== undefined;
}

/** Only the code that was asked for last is good, once. Refusal: `code-wrong`. */
export async function signInByCode(
	{ database, clock, homeSecret }: Parts,
	caller: Caller,
	{ phone, code, carrier }: Request,
): Promise<OpenedSession | Refusal> {
	const nowMs = clock.nowMs();
	return await transact(database, async (write) => {
		const sent = await takeGuess(write, caller.utilityId, phone, nowMs);
		if (sent === undefined) return { refusal: 'code-wrong' };
		const subject = { kind: 'one-time-code', id: sent.id };
		if (!isSameCode(codeDigits(homeSecret, sent.id), code)) {
			await recordDeed(write, caller, { action: 'sign-in-failed', subject }, nowMs);
			return { refusal: 'code-wrong' };
		}
		await write
			.updateTable('one_time_code')
			.set({ used_at_ms: nowMs })
			.where('id', '=', sent.id)
			.execute();
		const opened = await openSession(write, caller, { phone }, carrier, nowMs);
		const facts = { by: 'code', session: opened.sessionId };
		await recordDeed(write, { ...caller, phone }, { action: 'signed-in', subject, facts }, nowMs);
		return opened;
	});
}

/** The last code of a phone, when a guess at it may still be made; the guess is counted first. */
async function takeGuess(
	write: Write,
	utilityId: string,
	phone: string,
	nowMs: number,
): Promise<Pick<OneTimeCodeRow, 'id'> | undefined> {
	const last = await write
		.selectFrom('one_time_code')
		.select(['id', 'expires_at_ms'])
		.where('utility_id', '=', utilityId)
		.where('phone', '=', phone)
		.orderBy('expires_at_ms', 'desc')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	return await countGuess(write, 'one_time_code', last, nowMs);
}
