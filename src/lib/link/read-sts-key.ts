/** The key of a meter as class 116 tells it, read before and after a key change. */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { Obis } from '#lib/core/dlms/cosem/obis.ts';
import { type KeyBefore, keyReads } from '#lib/core/field/engineering/key-run.ts';
import { keyFrom, keyTokensIn, panIn } from '#lib/core/field/glance/sts-attributes.ts';
import type { Interruption } from './ask-in-turn.ts';
import type { Conversation } from './conversation.ts';
import { readTogether } from './read-together.ts';

/** What the meter shows of its number and key; what it does not show is missing. */
export async function readStsKey(
	conversation: Conversation,
	logicalName: Obis,
	signal?: AbortSignal,
): Promise<KeyBefore | { readonly interrupted: Interruption }> {
	const reads = keyReads(logicalName);
	const read = await readTogether(conversation, reads, signal);
	if ('interrupted' in read) return read;
	const told = new Map<number, Data>();
	for (const [at, { attribute }] of reads.entries()) {
		const result = read.results[at];
		if (result && 'data' in result) told.set(attribute, result.data);
	}
	const pan = told.get(2);
	return {
		drn: pan && panIn(pan)?.drn,
		key: keyFrom((attribute) => told.get(attribute)),
		keyChangeTokens: keyTokensIn(told.get(11)),
	};
}
