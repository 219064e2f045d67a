/** A conversation with a meter that answers at once, and what may go wrong with one. */
import type { Agreement } from '#lib/core/dlms/association/client.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { missingBits } from '#lib/core/dlms/association/wish.ts';
import type { AskOutcome, Conversation, ConversationEnd } from '#lib/link/conversation.ts';
import type { Timer } from '#lib/link/transport.ts';
import { agreement, type Answering } from '../core/field/answering.ts';

const PULLED: ConversationEnd = { why: 'fault', fault: 'unplugged' };

export interface ConversationFaults {
	/** The question, from 1, whose answer is lost: the meter acts on it, and the cable is out. */
	readonly losesAnswer?: number;
	/** The question that does not reach the meter, with the cable out. */
	readonly losesQuestion?: number;
	/** The question without an answer after which the conversation still stands. */
	readonly silentAt?: number;
	readonly agreed?: Agreement;
}

export class AnsweringConversation implements Conversation {
	readonly agreement: Agreement;
	readonly asked: Wish[] = [];
	readonly ended: Promise<ConversationEnd>;
	readonly #answer: Answering;
	readonly #faults: ConversationFaults;
	#end!: (end: ConversationEnd) => void;
	#over = false;

	constructor(answer: Answering, faults: ConversationFaults = {}) {
		this.#answer = answer;
		this.#faults = faults;
		this.agreement = faults.agreed ?? agreement();
		this.ended = new Promise((resolve) => {
			this.#end = resolve;
		});
	}

	async ask(wish: Wish, signal?: AbortSignal): Promise<AskOutcome> {
		await Promise.resolve();
		if (signal?.aborted) return { kind: 'not-sent', because: { refused: 'called-off' } };
		if (this.#over) return { kind: 'not-sent', because: { refused: 'over' } };
		const bits = missingBits(wish, this.agreement.conformance);
		if (bits.length > 0) return { kind: 'not-sent', because: { refused: 'not-agreed', bits } };
		this.asked.push(wish);
		const question = this.asked.length;
		const { losesAnswer, losesQuestion, silentAt } = this.#faults;
		if (question === losesQuestion) return this.#pull();
		const answer = this.#answer(wish);
		if (question === losesAnswer) return this.#pull();
		if (question === silentAt || answer === 'no-answer')
			return { kind: 'unknown', because: PULLED };
		return { kind: 'answer', answer };
	}

	end(): Promise<void> {
		this.#over = true;
		this.#end({ why: 'released' });
		return Promise.resolve();
	}

	#pull(): AskOutcome {
		this.#over = true;
		this.#end(PULLED);
		return { kind: 'unknown', because: PULLED };
	}
}

/** A clock that stands still but for waits, which are over at once. */
export class InstantTimer implements Timer {
	ms: number;
	waitedMs = 0;
	turns = 0;

	constructor(ms: number) {
		this.ms = ms;
	}

	nowMs(): number {
		return this.ms;
	}

	wakeAt(atMs: number, callBack: () => void): () => void {
		const waitMs = Math.max(0, atMs - this.ms);
		this.waitedMs += waitMs;
		this.turns += 1;
		let calledOff = false;
		queueMicrotask(() => {
			if (calledOff) return;
			this.ms = Math.max(this.ms, atMs);
			callBack();
		});
		return () => {
			calledOff = true;
		};
	}
}
