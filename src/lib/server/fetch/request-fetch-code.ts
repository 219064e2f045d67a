/**
 * `POST /fetch-codes`. It writes the same rows and gives the same answer for every phone and meter: whether
 * there is anything to fetch is looked up when the message is sent, by a round that nobody waits for, so that
 * neither words nor time tell.
 */
import { v7 as uuidV7 } from 'uuid';
import type { FetchCodeAnswer, FetchCodeRequest } from '#lib/core/sync/fetch.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import type { Caller } from '../access/caller.ts';
import { CODE_LIFE_MS } from '../access/six-digits.ts';
import type { Backend } from '../backend.ts';
import { transact } from '../database/transact.ts';
import { queueMessage } from '../message/queue.ts';
import type { Refusal } from '../refusal.ts';
import { hashPair } from './fetch-code.ts';

export const FETCH_TEMPLATE = 'fetch-code';

/** Refusals: those of the number's form. */
export async function requestFetchCode(
	{ database, clock, homeSecret }: Pick<Backend, 'database' | 'clock' | 'homeSecret'>,
	{ utilityId }: Caller,
	{ drn: typed, phone, language = 'en' }: FetchCodeRequest,
): Promise<FetchCodeAnswer | Refusal> {
	const number = decideMeterNumber(typed);
	if ('refusal' in number) return number;
	const { drn } = number;
	const nowMs = clock.nowMs();
	const id = uuidV7({ msecs: nowMs });
	const expiresAtMs = nowMs + CODE_LIFE_MS;
	const row = {
		...{ id, utility_id: utilityId, pair_hash: hashPair(homeSecret, { utilityId, drn, phone }) },
		...{ attempts: 0, expires_at_ms: expiresAtMs, used_at_ms: null },
	};
	const message = { utilityId, phone, template: FETCH_TEMPLATE, subjectId: id, language };
	await transact(database, async (write) => {
		await write.insertInto('fetch_code').values(row).execute();
		await queueMessage(write, { ...message, facts: { drn } }, nowMs);
	});
	return { expiresAtMs };
}
