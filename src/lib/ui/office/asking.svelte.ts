/** What a screen of the office asks of the backend: one thing at a time, and why there was no answer. */
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { Problem } from '#lib/core/sync/wire.ts';
import { SIGNED_OUT, type Trouble } from './desk.svelte.ts';

/** Called when the backend says that nobody is signed in any more. */
export type SignedOut = (problem: Problem) => void;

export class Asking {
	readonly #signedOut: SignedOut;
	busy = $state(false);
	trouble = $state.raw<Trouble>();

	constructor(signedOut: SignedOut) {
		this.#signedOut = signedOut;
	}

	/** @returns the answer; undefined: there is none, and `trouble` says why, or something is being asked already */
	async ask<Answer>(question: () => Promise<ApiOutcome<Answer>>): Promise<Answer | undefined> {
		if (this.busy) return undefined;
		this.busy = true;
		this.trouble = undefined;
		try {
			return this.#take(await question());
		} finally {
			this.busy = false;
		}
	}

	#take<Answer>(outcome: ApiOutcome<Answer>): Answer | undefined {
		if (outcome.kind === 'answer') return outcome.answer;
		if (outcome.kind === 'unknown') this.trouble = { kind: 'no-answer' };
		else if (SIGNED_OUT.includes(outcome.problem.code)) this.#signedOut(outcome.problem);
		else this.trouble = outcome;
		return undefined;
	}
}
