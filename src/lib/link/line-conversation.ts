/** A session that stands, as everything above uses it: when it is over, for whatever reason, the line is closed. */
import type { Agreement } from '#lib/core/dlms/association/client.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import type { AskOutcome, Conversation, ConversationEnd } from './conversation.ts';
import type { Line } from './line.ts';
import type { MeterSession } from './meter-session.ts';

export class LineConversation implements Conversation {
	readonly agreement: Agreement;
	readonly ended: Promise<ConversationEnd>;
	readonly #session: MeterSession;

	constructor(session: MeterSession, line: Line, agreement: Agreement) {
		this.agreement = agreement;
		this.#session = session;
		this.ended = session.ended.then(async (end) => {
			await line.close();
			return end;
		});
	}

	ask(wish: Wish, signal?: AbortSignal): Promise<AskOutcome> {
		return this.#session.ask(wish, signal);
	}

	async end(): Promise<void> {
		await this.#session.leave();
		await this.ended;
	}
}
