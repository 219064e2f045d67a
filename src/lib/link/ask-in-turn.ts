/** What the drivers of a conversation have in common: one question, a pause, an end before its time. */
import type { Answer, Wish } from '#lib/core/dlms/association/wish.ts';
import type { Conversation, ConversationEnd } from './conversation.ts';
import type { Timer } from './transport.ts';

/** Why a driver ended before its time. What it had until then is good, and can be gone on with. */
export type Interruption =
	/** Whoever started it called it off. */
	| { readonly why: 'called-off' }
	/** The conversation is over; how is said where it is known. */
	| { readonly why: 'over'; readonly end?: ConversationEnd };

/** An answer; that none came, though another question may be asked; or an end. */
export type Asked =
	{ readonly answer: Answer | 'no-answer' } | { readonly interrupted: Interruption };

/**
 * Asks one question that may be asked twice. A question that was not agreed or does not fit has no answer;
 * so has one whose answer was lost: the next question tells whether the conversation still stands.
 */
export async function askInTurn(
	conversation: Conversation,
	wish: Wish,
	signal?: AbortSignal,
): Promise<Asked> {
	if (signal?.aborted) return { interrupted: { why: 'called-off' } };
	const outcome = await conversation.ask(wish, signal);
	switch (outcome.kind) {
		case 'answer':
			return { answer: outcome.answer };
		case 'unknown':
			return { answer: 'no-answer' };
		case 'not-sent':
			switch (outcome.because.refused) {
				case 'called-off':
					return { interrupted: { why: 'called-off' } };
				case 'not-agreed':
				case 'too-long':
					return { answer: 'no-answer' };
				default:
					return { interrupted: await endOf(conversation) };
			}
	}
}

/** How a conversation ended, where it has; asked of one that stands, nothing is known. */
async function endOf({ ended }: Conversation): Promise<Interruption> {
	const end = await Promise.race([ended, Promise.resolve(undefined)]);
	return { why: 'over', ...(end && { end }) };
}

/** Waits so long, or until called off. */
export function pause(timer: Timer, ms: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal?.aborted) return resolve();
		const done = (): void => {
			signal?.removeEventListener('abort', calledOff);
			resolve();
		};
		const callOff = timer.wakeAt(timer.nowMs() + ms, done);
		const calledOff = (): void => {
			callOff();
			done();
		};
		signal?.addEventListener('abort', calledOff);
	});
}

/** Lets the host do what else it has to do: a meter in memory answers without ever giving it a turn. */
export const breathe = (timer: Timer): Promise<void> => pause(timer, 0);
