/** A few attributes read together over a conversation, or one by one where the meter takes no lists. */
import type { GetResult } from '#lib/core/dlms/apdu/get.ts';
import { batchResults, batchWish, mostInAList, type PlannedRead } from '#lib/core/field/batch.ts';
import { askInTurn, type Interruption } from './ask-in-turn.ts';
import type { Conversation } from './conversation.ts';

/** One result per read; undefined where no answer came. */
export async function readTogether(
	conversation: Conversation,
	reads: readonly PlannedRead[],
	signal?: AbortSignal,
): Promise<
	{ readonly results: readonly (GetResult | undefined)[] } | { readonly interrupted: Interruption }
> {
	const results: (GetResult | undefined)[] = [];
	let most = mostInAList(conversation.agreement);
	while (results.length < reads.length) {
		const batch = reads.slice(results.length, results.length + most);
		const asked = await askInTurn(conversation, batchWish(batch), signal);
		if ('interrupted' in asked) return asked;
		const got = batchResults(asked.answer, batch.length);
		if (got === 'ask-alone') most = 1;
		else results.push(...got);
	}
	return { results };
}
