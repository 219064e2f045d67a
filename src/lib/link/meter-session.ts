/**
 * One association over a line that is open: the sans-IO endpoint on one side, octets, the clock and
 * durable counters on the other.
 *
 * Always holds: nothing goes on the line before the counters in it are safe; one question is on the line
 * at a time, and what comes later is never taken for the answer to the next one; a question of which any
 * octet may have left is `unknown` when its answer stays away, never `not-sent`.
 */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import type { Agreement } from '#lib/core/dlms/association/client.ts';
import type {
	ClientEndpoint,
	ClientEndpointEvent,
} from '#lib/core/dlms/association/client-endpoint.ts';
import type { RequestFailure } from '#lib/core/dlms/association/failure.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import type { AskOutcome, ConversationEnd } from './conversation.ts';
import { type CounterGuard, CountersNotKept } from './durable-counters.ts';
import { type KeepAlive, nextKeepAlive, STILL_HERE } from './keep-alive.ts';
import { keepsTrack } from './keeps-track.ts';
import { LinkFault } from './link-fault.ts';
import type { Happening, LineWaiter } from './line-waiter.ts';
import { OVER, type Question, QuestionQueue } from './question-queue.ts';
import type { Timer } from './transport.ts';

export interface SessionSettings {
	readonly waiter: LineWaiter;
	/** Puts octets on the line. @throws {LinkFault} */
	readonly put: (octets: Uint8Array) => Promise<void>;
	readonly endpoint: ClientEndpoint;
	readonly guard: CounterGuard;
	readonly timer: Timer;
	/** Absent: an idle meter is left alone. */
	readonly keepAlive?: KeepAlive;
	/** The meter's answers have no number of their own. */
	readonly fixedInvokeId?: boolean;
}

/** What asking for an association came to. */
export type Begun =
	| { readonly kind: 'associated'; readonly agreement: Agreement }
	| { readonly kind: 'refused'; readonly result: string; readonly diagnostic: string }
	| { readonly kind: 'over'; readonly end: ConversationEnd };

/** How long a meter may take to release an association before only the link is ended. */
export const RELEASE_MS = 3000;
/** How long it may take to end the link before it is left as it is. */
export const DISCONNECT_MS = 3000;

const RELEASED: ConversationEnd = { why: 'released' };

export class MeterSession {
	readonly ended: Promise<ConversationEnd>;
	readonly #settings: SessionSettings;
	readonly #questions = new QuestionQueue();
	#settleEnded: (end: ConversationEnd) => void = () => undefined;
	#settleBegun: (begun: Begun) => void = () => undefined;
	/** The question on the line; `left`: any of our octets has gone out since it was asked. */
	#asked: { readonly question: Question; left: boolean } | undefined;
	#end: ConversationEnd | undefined;
	#associated = false;
	/** How far leaving has come, and when it goes on without the meter. */
	#leaving:
		| { readonly step: 'wanted' }
		| { readonly step: 'releasing' | 'disconnecting'; readonly untilMs: number }
		| undefined;
	#keepLink = false;
	#quietSinceMs: number;

	constructor(settings: SessionSettings) {
		this.#settings = settings;
		this.#quietSinceMs = settings.timer.nowMs();
		this.ended = new Promise((resolve) => {
			this.#settleEnded = resolve;
		});
	}

	/** Connects the link and asks for the association. Once a session. */
	begin(): Promise<Begun> {
		const begun = new Promise<Begun>((resolve) => {
			this.#settleBegun = resolve;
		});
		this.#settings.endpoint.connect(this.#nowMs);
		void this.#run();
		return begun;
	}

	/** As `Conversation.ask`. */
	ask(wish: Wish, signal?: AbortSignal): Promise<AskOutcome> {
		if (this.#end || this.#leaving) return Promise.resolve(OVER);
		const outcome = this.#questions.add(wish, signal);
		this.#settings.waiter.call();
		return outcome;
	}

	/**
	 * Releases association and link (or keeps the link, for another client's association), after the answer to the question on the line; those that wait are not
	 * sent. The line stays open. Resolves within `RELEASE_MS` and `DISCONNECT_MS` of that answer.
	 */
	async leave(keepLink = false): Promise<void> {
		if (!this.#end && !this.#leaving) {
			this.#questions.close();
			this.#leaving = { step: 'wanted' };
			this.#keepLink = keepLink;
			this.#settings.waiter.call();
		}
		await this.ended;
	}

	/** Ends the link at once, whatever is on the line, with one last frame that says so. */
	async abandon(): Promise<void> {
		this.#giveUp(RELEASED);
		this.#settings.waiter.call();
		await this.ended;
	}

	get #nowMs(): number {
		return this.#settings.timer.nowMs();
	}

	async #run(): Promise<void> {
		try {
			this.#finish(await this.#untilOver());
		} catch (error) {
			this.#asked?.question.fail(error);
			this.#asked = undefined;
			this.#finish({ why: 'fault', fault: 'port-failed' });
		}
	}

	async #untilOver(): Promise<ConversationEnd> {
		try {
			for (;;) {
				this.#startNext();
				await this.#putOut();
				if (this.#end) return this.#end;
				this.#take(await this.#settings.waiter.next(this.#wakeAtMs()));
			}
		} catch (error) {
			if (error instanceof LinkFault) return { why: 'fault', fault: error.kind };
			if (error instanceof CountersNotKept) return { why: 'counters-not-kept' };
			throw error;
		}
	}

	#finish(end: ConversationEnd): void {
		this.#end = end;
		const asked = this.#asked;
		this.#asked = undefined;
		asked?.question.settle(asked.left ? { kind: 'unknown', because: end } : OVER);
		this.#questions.close();
		this.#settleBegun({ kind: 'over', end });
		this.#settleEnded(end);
	}

	/** The moment anything is to be done unless something happens before. */
	#wakeAtMs(): number | undefined {
		const times = [this.#settings.endpoint.wakeAtMs, this.#keepAliveAtMs(), this.#leaveAtMs()];
		const known = times.filter((time) => time !== undefined);
		return known.length > 0 ? Math.min(...known) : undefined;
	}

	#keepAliveAtMs(): number | undefined {
		const { keepAlive } = this.#settings;
		const idle = this.#associated && !this.#asked && !this.#leaving;
		return idle && keepAlive ? nextKeepAlive(keepAlive, this.#quietSinceMs) : undefined;
	}

	#leaveAtMs(): number | undefined {
		if (!this.#leaving || this.#leaving.step === 'wanted' || this.#asked) return undefined;
		return this.#leaving.untilMs;
	}

	/** Whatever is for us to begin: the next question, leaving, a sign of life. */
	#startNext(): void {
		if (this.#end || this.#asked) return;
		if (this.#leaving) return this.#goOnLeaving();
		while (this.#associated && !this.#asked && !this.#questions.empty) this.#askNext();
		const keepAliveAtMs = this.#keepAliveAtMs();
		if (keepAliveAtMs !== undefined && this.#nowMs >= keepAliveAtMs) this.#keepAlive();
	}

	#askNext(): void {
		const question = this.#questions.take();
		if (!question) return;
		try {
			const refusal = this.#settings.endpoint.request(question.wish, this.#nowMs);
			if (refusal) question.settle({ kind: 'not-sent', because: refusal });
			else this.#asked = { question, left: false };
		} catch (slip) {
			question.fail(slip);
		}
	}

	#keepAlive(): void {
		const { endpoint, keepAlive } = this.#settings;
		this.#quietSinceMs = this.#nowMs;
		if (keepAlive?.by === 'receive-ready') return endpoint.keepAlive(this.#nowMs);
		// Whatever the meter answers, it has heard us.
		void this.#questions.add(STILL_HERE);
		this.#askNext();
	}

	#goOnLeaving(): void {
		const { endpoint } = this.#settings;
		const dueAtMs = this.#leaveAtMs();
		if (dueAtMs !== undefined && this.#nowMs < dueAtMs) return;
		if (this.#leaving?.step === 'disconnecting') this.#end = RELEASED;
		else if (this.#leaving?.step === 'wanted' && this.#associated) {
			this.#leaving = { step: 'releasing', untilMs: this.#nowMs + RELEASE_MS };
			endpoint.release(this.#nowMs, this.#keepLink);
		} else this.#disconnect();
	}

	/** Ends the link without the association's consent. */
	#disconnect(): void {
		this.#leaving = { step: 'disconnecting', untilMs: this.#nowMs + DISCONNECT_MS };
		if (this.#keepLink) this.#end = RELEASED;
		else this.#settings.endpoint.disconnect(this.#nowMs);
	}

	async #putOut(): Promise<void> {
		const output = this.#settings.endpoint.takeOutput();
		if (output.length === 0) return;
		await this.#settings.guard.settle();
		if (this.#asked) this.#asked.left = true;
		this.#quietSinceMs = this.#nowMs;
		await this.#settings.put(concatBytes(...output));
	}

	#take(happening: Happening): void {
		const { endpoint } = this.#settings;
		switch (happening.kind) {
			case 'octets':
				this.#quietSinceMs = this.#nowMs;
				this.#takeEvents(endpoint.receive(happening.octets, this.#nowMs));
				return;
			case 'time':
				this.#takeEvents(endpoint.wake(this.#nowMs));
				return;
			case 'ended':
				this.#end = { why: 'failed', failure: { why: 'link', reason: 'peer-released' } };
				return;
			case 'broken':
				throw happening.error;
			case 'called':
		}
	}

	#takeEvents(events: readonly ClientEndpointEvent[]): void {
		for (const event of events) if (!this.#end) this.#takeEvent(event);
	}

	#takeEvent(event: ClientEndpointEvent): void {
		switch (event.kind) {
			case 'associated':
				this.#associated = true;
				this.#settleBegun(event);
				return;
			case 'refused':
				this.#settleBegun(event);
				// The link stands, and nobody wants it any more.
				void this.leave();
				return;
			case 'answer':
				this.#answered({ kind: 'answer', answer: event.answer });
				return;
			case 'failed':
				this.#takeFailure({ why: 'failed', failure: event.failure });
				return;
			case 'closed':
				this.#end = this.#leaving
					? RELEASED
					: { why: 'failed', failure: { why: 'link', reason: event.reason } };
				return;
			case 'released':
				// The endpoint ends the link by itself, where it is to be ended.
				this.#leaving = { step: 'disconnecting', untilMs: this.#nowMs + DISCONNECT_MS };
				if (this.#keepLink) this.#end = RELEASED;
				return;
			case 'notification':
		}
	}

	#answered(outcome: AskOutcome): void {
		const asked = this.#asked;
		this.#asked = undefined;
		asked?.question.settle(outcome);
	}

	#takeFailure(end: Extract<ConversationEnd, { why: 'failed' }>): void {
		const { fixedInvokeId = false } = this.#settings;
		if (this.#leaving?.step === 'releasing') this.#disconnect();
		else if (this.#asked && keepsTrack(end.failure, fixedInvokeId))
			this.#answered({ kind: 'unknown', because: end });
		else if (this.#asked || !this.#isStray(end.failure)) this.#giveUp(end);
	}

	/** Whether a failure is of something that nobody asked for: noise, or an answer that came too late. */
	#isStray({ why }: RequestFailure): boolean {
		return why !== 'link' && (this.#associated || this.#leaving !== undefined);
	}

	#giveUp(end: ConversationEnd): void {
		if (this.#end) return;
		this.#end = end;
		this.#settings.endpoint.disconnect(this.#nowMs);
	}
}
