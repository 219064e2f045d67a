/** The message with a code, made only where there is something to fetch by it. */
import { messages as ar } from '#lib/core/words/ar/messages.ts';
import { messages as en } from '#lib/core/words/en/messages.ts';
import { messages as fr } from '#lib/core/words/fr/messages.ts';
import { messages as pt } from '#lib/core/words/pt/messages.ts';
import { messages as sw } from '#lib/core/words/sw/messages.ts';
import type { Backend } from '../backend.ts';
import type { MessageRow } from '../database/schema.ts';
import { fetchDigits } from './fetch-code.ts';
import { hasPurchases, sinceDays } from './purchases.ts';

const WORDS: Readonly<Partial<Record<string, typeof en>>> = { en, fr, pt, sw, ar };

/** Undefined: nothing was bought for that meter with that phone, or the code is used or too old. */
export async function fetchText(
	{ database, clock, homeSecret, fetch }: Backend,
	{ subject_id: id, utility_id: utilityId, phone, facts, language }: MessageRow,
): Promise<string | undefined> {
	const nowMs = clock.nowMs();
	const code = await database
		.selectFrom('fetch_code')
		.innerJoin('utility', 'utility.id', 'fetch_code.utility_id')
		.select(['utility.name', 'expires_at_ms', 'used_at_ms'])
		.where('fetch_code.id', '=', id)
		.executeTakeFirst();
	if (code === undefined || code.used_at_ms !== null || nowMs >= code.expires_at_ms)
		return undefined;
	const { drn = '' } = JSON.parse(facts) as { drn?: string };
	const pair = { utilityId, drn, phone };
	if (!(await hasPurchases(database, pair, sinceDays(nowMs, fetch.days)))) return undefined;
	return (WORDS[language] ?? en).fetchCode(code.name, drn, fetchDigits(homeSecret, id));
}
