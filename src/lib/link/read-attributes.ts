/** Reading several attributes: in one question where the meter agreed to lists, else one after the other. */
import { allows } from '#lib/core/dlms/apdu/conformance.ts';
import type { GetResult } from '#lib/core/dlms/apdu/get.ts';
import type { AttributeTarget } from '#lib/core/dlms/apdu/target.ts';
import type { AskOutcome, Conversation } from './conversation.ts';

/** What is needed to ask. */
export type Asker = Pick<Conversation, 'agreement' | 'ask'>;

/** Why there is nothing to read any more. */
export type Interruption = Exclude<AskOutcome, { readonly kind: 'answer' }>;

/** Refusals that the next question need not meet. */
const OF_THIS_QUESTION = ['not-agreed', 'too-long'];

/** Stands for an answer that could not be read: it is of this attribute alone. */
const OTHER_REASON: GetResult = { error: 250 };

/**
 * One result a target, in their order. An attribute that the meter refuses, or answers with rubbish, is a
 * result like any other; only an end of the conversation, or `signal`, interrupts.
 */
export async function readAttributes(
	asker: Asker,
	targets: readonly AttributeTarget[],
	signal?: AbortSignal,
): Promise<readonly GetResult[] | Interruption> {
	if (targets.length > 1 && allows(asker.agreement.conformance, 'multiple-references')) {
		const outcome = await asker.ask({ kind: 'get-list', targets }, signal);
		if (isInterruption(outcome)) return outcome;
		const results = listOf(outcome);
		// A meter that refuses a list as a whole may well give each of its entries.
		if (results?.length === targets.length && results.some((each) => 'data' in each))
			return results;
	}
	const results: GetResult[] = [];
	for (const target of targets) {
		const outcome = await asker.ask({ kind: 'get', target }, signal);
		if (isInterruption(outcome)) return outcome;
		const isGet = outcome.kind === 'answer' && outcome.answer.kind === 'get';
		results.push(isGet && outcome.answer.kind === 'get' ? outcome.answer.result : OTHER_REASON);
	}
	return results;
}

/** Whether results came, and not an end. */
export function isRead<Results extends readonly GetResult[]>(
	read: Results | Interruption,
): read is Results {
	return Array.isArray(read);
}

function listOf(outcome: AskOutcome): readonly GetResult[] | undefined {
	return outcome.kind === 'answer' && outcome.answer.kind === 'get-list'
		? outcome.answer.results
		: undefined;
}

/** An answer that failed by itself is no interruption: where the conversation ended too, the next one is. */
function isInterruption(outcome: AskOutcome): outcome is Interruption {
	if (outcome.kind === 'answer') return false;
	if (outcome.kind === 'not-sent') return !OF_THIS_QUESTION.includes(outcome.because.refused);
	return outcome.because.why !== 'failed' || outcome.because.failure.why === 'link';
}
