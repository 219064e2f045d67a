/** A conversation with a token gateway that has whatever habits a test gives it. */
import { FULL_CONFORMANCE } from '#lib/core/dlms/apdu/conformance.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import type { AskOutcome, Conversation, ConversationEnd } from '#lib/link/conversation.ts';
import type { FakeGateway } from '../core/field/delivery/fake-gateway.ts';

const OVER: AskOutcome = { kind: 'not-sent', because: { refused: 'over' } };

export class FakeConversation implements Conversation {
	readonly agreement = {
		conformance: FULL_CONFORMANCE,
		maxPdu: 0xffff,
		meterTitle: new Uint8Array(8),
	};
	readonly ended = new Promise<ConversationEnd>(() => undefined);
	readonly asked: Wish[] = [];
	readonly #gateway: FakeGateway;
	/** What becomes of a wish in place of its answer; undefined: it is answered. */
	readonly #instead: (wish: Wish, index: number) => AskOutcome | undefined;
	over = false;

	constructor(
		gateway: FakeGateway,
		instead: (wish: Wish, index: number) => AskOutcome | undefined = () => undefined,
	) {
		this.#gateway = gateway;
		this.#instead = instead;
	}

	ask(wish: Wish, signal?: AbortSignal): Promise<AskOutcome> {
		if (this.over) return Promise.resolve(OVER);
		if (signal?.aborted)
			return Promise.resolve({ kind: 'not-sent', because: { refused: 'called-off' } });
		this.asked.push(wish);
		return Promise.resolve(this.#instead(wish, this.asked.length - 1) ?? this.answer(wish));
	}

	/** The gateway's own answer. */
	answer(wish: Wish): AskOutcome {
		if (wish.kind === 'get-list')
			return { kind: 'answer', answer: { kind: 'get-list', results: this.#gateway.results() } };
		if (wish.kind !== 'action' || wish.parameter?.type !== 'octet-string') return OVER;
		const data = this.#gateway.enter(wish.parameter.value);
		const outcome = { result: 0, ...(data && { returned: { data } }) };
		return { kind: 'answer', answer: { kind: 'action', outcome } };
	}

	end(): Promise<void> {
		this.over = true;
		return Promise.resolve();
	}
}
