/** Carries the steps of the bench out: one association at a time, made when a step needs it. */
import type { FrameSink } from '#lib/core/field/frame-log/frame-piece.ts';
import type {
	BenchStep,
	ConnectMistake,
	Mate,
	Reply,
	Seen,
} from '#lib/core/field/gateway-bench/step.ts';
import { breathe, pause } from './ask-in-turn.ts';
import type { Opened } from './bench-connector.ts';
import type { AskOutcome } from './conversation.ts';
import type { BenchOrder } from './run-bench.ts';

/** What the steps are carried out with. */
type Lent = Pick<BenchOrder, 'connector' | 'timer' | 'hand' | 'passTime' | 'progress'>;
type Standing = Extract<Opened, { kind: 'stands' }> & { readonly as: Mate };

/** A wait longer than this is announced. */
const ANNOUNCED_MS = 2000;

export class BenchHands {
	readonly #order: Lent;
	readonly #frames: FrameSink;
	#standing: Standing | undefined;

	constructor(order: Lent, frames: FrameSink) {
		this.#order = order;
		this.#frames = frames;
	}

	/** What came of a step. `signal` ends a wait. */
	async carryOut(step: BenchStep, signal?: AbortSignal): Promise<Seen> {
		switch (step.do) {
			case 'connect':
				return this.#connect(step.as, step.mistake);
			case 'ask':
				return this.#ask(step);
			case 'wait':
				return this.#wait(step, signal);
			case 'hand':
				return { is: (await this.#order.hand?.(step.request)) ? 'done' : 'declined' };
		}
	}

	/** Releases the association that stands, if one does. */
	async letGo(): Promise<void> {
		const standing = this.#standing;
		this.#standing = undefined;
		await standing?.conversation.end();
	}

	/** Always anew: what stands is let go first. */
	async #connect(as: Mate, mistake?: ConnectMistake): Promise<Seen> {
		await this.letGo();
		const opened = await this.#order.connector(as, mistake, this.#frames);
		if (opened.kind === 'cut') return { is: 'cut', fault: opened.fault };
		if (opened.kind === 'refused') {
			const { why, reply } = opened;
			return { is: 'not-associated', why, ...(reply && { reply }) };
		}
		const { conversation, mischief, title } = opened;
		const { reply } = mischief;
		if (mistake) await conversation.end();
		else this.#stand({ ...opened, as });
		return { is: 'associated', title, ...(reply && { reply }) };
	}

	#stand(standing: Standing): void {
		this.#standing = standing;
		void standing.conversation.ended.then(() => {
			if (this.#standing === standing) this.#standing = undefined;
		});
	}

	async #ask({ as, wish, mistake }: Extract<BenchStep, { do: 'ask' }>): Promise<Seen> {
		// A meter in memory answers without ever giving the host its turn.
		await breathe(this.#order.timer);
		if (this.#standing?.as !== as) {
			const seen = await this.#connect(as);
			if (seen.is === 'cut') return seen;
			if (seen.is !== 'associated') return { is: 'cut', fault: 'no-association' };
		}
		const standing = this.#standing;
		if (!standing) return { is: 'not-sent' };
		if (mistake) standing.mischief.mistake(mistake);
		const outcome = await standing.conversation.ask(wish);
		return seenOf(outcome, mistake && standing.mischief.reply);
	}

	async #wait(
		{ ms, why }: Extract<BenchStep, { do: 'wait' }>,
		signal?: AbortSignal,
	): Promise<Seen> {
		const { timer, progress, passTime } = this.#order;
		if (passTime) {
			passTime(ms);
			return { is: 'done' };
		}
		if (ms > ANNOUNCED_MS) {
			progress?.({ at: 'waiting', why, untilMs: timer.nowMs() + ms });
			// No meter keeps an association that long.
			await this.letGo();
		}
		await pause(timer, ms, signal);
		return { is: 'done' };
	}
}

function seenOf(outcome: AskOutcome, reply: Reply | undefined): Seen {
	const more = reply && { reply };
	switch (outcome.kind) {
		case 'answer':
			return { is: 'answer', answer: outcome.answer, ...more };
		case 'not-sent':
			return { is: 'not-sent' };
		case 'unknown': {
			const { because } = outcome;
			if (because.why === 'fault') return { is: 'cut', fault: because.fault };
			if (because.why !== 'failed') return { is: 'not-sent' };
			return { is: 'failed', failure: because.failure, ...more };
		}
	}
}
