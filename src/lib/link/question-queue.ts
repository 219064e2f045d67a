/** Questions that wait their turn, each of which can be taken back while it waits. */
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import type { AskOutcome } from './conversation.ts';

/** One question, from the moment it was asked. */
export interface Question {
	readonly wish: Wish;
	readonly settle: (outcome: AskOutcome) => void;
	/** For slips only. */
	readonly fail: (error: unknown) => void;
	/** It cannot be taken back any more. */
	readonly hold: () => void;
}

/** Nothing was sent, because there is nobody to send it to any more. */
export const OVER: AskOutcome = { kind: 'not-sent', because: { refused: 'over' } };
const CALLED_OFF: AskOutcome = { kind: 'not-sent', because: { refused: 'called-off' } };

export class QuestionQueue {
	#waiting: Question[] = [];

	get empty(): boolean {
		return this.#waiting.length === 0;
	}

	/** Puts a question at the end; its outcome. Taken back when `signal` aborts before its turn. */
	add(wish: Wish, signal?: AbortSignal): Promise<AskOutcome> {
		if (signal?.aborted) return Promise.resolve(CALLED_OFF);
		return new Promise((resolve, reject) => {
			const takeBack = (): void => {
				this.#waiting = this.#waiting.filter((each) => each !== question);
				resolve(CALLED_OFF);
			};
			const question: Question = {
				wish,
				settle: resolve,
				fail: reject,
				hold: () => signal?.removeEventListener('abort', takeBack),
			};
			signal?.addEventListener('abort', takeBack, { once: true });
			this.#waiting.push(question);
		});
	}

	/** Whose turn it is; undefined where nobody waits. */
	take(): Question | undefined {
		const question = this.#waiting.shift();
		question?.hold();
		return question;
	}

	/** Nobody will be asked any more. */
	close(): void {
		for (let question = this.take(); question; question = this.take()) question.settle(OVER);
	}
}
