/**
 * The link of a virtual meter: whatever link there is, cut off when the meter starts anew, and hurt where
 * that was planted. Rubbish is an answer in a sound frame that is no APDU; half an answer stops in the
 * middle of its octets, and nothing follows.
 *
 * Always holds: whoever wants to associate gets a true answer; only what is asked afterwards is hurt.
 */
import type { LinkEvent, LinkPeers, MessageLink } from '#lib/core/dlms/message-link.ts';

/** What the meter says of itself while it is spoken to. */
export interface MeterWatch {
	/** Rises when the meter starts anew. */
	readonly restarts: () => number;
	readonly answersRubbish: () => boolean;
	readonly answersHalf: () => boolean;
}

/** First octets of what answers a wish to associate, or to end it. */
const AARE = 0x61;
const RLRE = 0x63;

/** Always the same octets, none of which begins an APDU. */
function rubbish(length: number): Uint8Array {
	return Uint8Array.from({ length }, (_, at) => 0xf0 + ((at * 7) % 11));
}

export class MeterLink implements MessageLink {
	readonly #link: MessageLink;
	readonly #watch: MeterWatch;
	#restarts: number;
	/** From the first hurt answer on, until a client connects or associates anew, every output is cut. */
	#isCut = false;

	constructor(link: MessageLink, watch: MeterWatch) {
		this.#link = link;
		this.#watch = watch;
		this.#restarts = watch.restarts();
	}

	get wakeAtMs(): number | undefined {
		return this.#link.wakeAtMs;
	}

	connect(nowMs: number): void {
		this.#link.connect(nowMs);
	}

	disconnect(nowMs: number): void {
		this.#link.disconnect(nowMs);
	}

	awaitMore(nowMs: number): void {
		this.#link.awaitMore(nowMs);
	}

	pass(nowMs: number): void {
		this.#link.pass(nowMs);
	}

	send(message: Uint8Array, nowMs: number, answerAwaited?: boolean, to?: LinkPeers): void {
		const isAnswer = message[0] !== AARE && message[0] !== RLRE;
		this.#isCut = isAnswer && (this.#isCut || this.#watch.answersHalf());
		const isRubbish = isAnswer && this.#watch.answersRubbish();
		this.#link.send(isRubbish ? rubbish(message.length) : message, nowMs, answerAwaited, to);
	}

	receive(octets: Uint8Array, nowMs: number): LinkEvent[] {
		return [...this.#restarted(), ...this.#look(this.#link.receive(octets, nowMs))];
	}

	wake(nowMs: number): LinkEvent[] {
		return [...this.#restarted(), ...this.#look(this.#link.wake(nowMs))];
	}

	takeOutput(): Uint8Array[] {
		const output = this.#link.takeOutput();
		return this.#isCut
			? output.map((octets) => octets.subarray(0, Math.floor(octets.length / 2)))
			: output;
	}

	/** To those above, a meter that started anew has forgotten every association. */
	#restarted(): LinkEvent[] {
		const restarts = this.#watch.restarts();
		if (restarts === this.#restarts) return [];
		this.#restarts = restarts;
		return [{ kind: 'disconnected', reason: 'lost' }];
	}

	#look(events: LinkEvent[]): LinkEvent[] {
		if (events.some(({ kind }) => kind === 'connected')) this.#isCut = false;
		return events;
	}
}
