/** The message with a one-time code. */
import { messages } from '#lib/core/words/en/messages.ts';
import { codeDigits } from '../access/one-time-code.ts';
import type { Backend } from '../backend.ts';
import type { MessageRow } from '../database/schema.ts';

/** Undefined: the code is used or too old, and nobody waits for it any more. */
export async function codeText(
	{ database, clock, homeSecret }: Pick<Backend, 'database' | 'clock' | 'homeSecret'>,
	{ subject_id: id }: Pick<MessageRow, 'subject_id'>,
): Promise<string | undefined> {
	const code = await database
		.selectFrom('one_time_code')
		.innerJoin('utility', 'utility.id', 'one_time_code.utility_id')
		.select(['utility.name', 'expires_at_ms', 'used_at_ms'])
		.where('one_time_code.id', '=', id)
		.executeTakeFirst();
	if (code === undefined || code.used_at_ms !== null || clock.nowMs() >= code.expires_at_ms)
		return undefined;
	return messages.code(code.name, codeDigits(homeSecret, id));
}
