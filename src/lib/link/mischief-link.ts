/**
 * A client's link that does one thing wrong on purpose: for the bench that tests what meters make of it. It
 * remembers what went out, so that it can be sent again, and what came back to the mistake.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { decodeAare, encodeAare } from '#lib/core/dlms/acse/association.ts';
import { decodeApduLeniently } from '#lib/core/dlms/apdu/apdu.ts';
import { codeName, EXCEPTION_SERVICES } from '#lib/core/dlms/apdu/results.ts';
import type { LinkEvent, LinkPeers, MessageLink } from '#lib/core/dlms/message-link.ts';
import type { Reply, SendMistake } from '#lib/core/field/gateway-bench/step.ts';

const AARE = 0x61;
/** Octets that a message is cut by. */
const CUT_OCTETS = 5;

export class MischiefLink implements MessageLink {
	readonly #link: MessageLink;
	readonly #spoilsChallenge: boolean;
	#mistake: SendMistake | undefined;
	#awaited = false;
	#reply: Reply | undefined;
	#first: Uint8Array | undefined;
	#last: Uint8Array = new Uint8Array();

	/** `spoilsChallenge`: of the meter's challenge one bit is turned before we prove ourselves with it. */
	constructor(link: MessageLink, first?: SendMistake, spoilsChallenge = false) {
		this.#link = link;
		this.#mistake = first;
		this.#spoilsChallenge = spoilsChallenge;
	}

	/** The first message that went out: what asked for the association. */
	get first(): Uint8Array | undefined {
		return this.#first;
	}

	/** What came back to the last mistake; undefined where nothing did. */
	get reply(): Reply | undefined {
		return this.#reply;
	}

	/** The next message is sent wrongly. */
	mistake(mistake: SendMistake): void {
		this.#mistake = mistake;
		this.#reply = undefined;
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
		const mistake = this.#mistake;
		this.#mistake = undefined;
		this.#awaited = mistake !== undefined;
		const octets = mistake ? mistaken(mistake, message, this.#last) : message;
		this.#first ??= octets;
		this.#last = octets;
		this.#link.send(octets, nowMs, answerAwaited, to);
	}

	receive(octets: Uint8Array, nowMs: number): LinkEvent[] {
		return this.#look(this.#link.receive(octets, nowMs));
	}

	wake(nowMs: number): LinkEvent[] {
		return this.#look(this.#link.wake(nowMs));
	}

	takeOutput(): Uint8Array[] {
		return this.#link.takeOutput();
	}

	#look(events: LinkEvent[]): LinkEvent[] {
		return events.map((event) => {
			if (event.kind !== 'message') return event;
			if (this.#awaited) {
				this.#awaited = false;
				this.#reply = replyOf(event.octets);
			}
			return this.#spoilsChallenge ? { ...event, octets: withOtherChallenge(event.octets) } : event;
		});
	}
}

function mistaken(mistake: SendMistake, message: Uint8Array, last: Uint8Array): Uint8Array {
	switch (mistake.kind) {
		case 'instead':
			return mistake.octets;
		case 'again':
			return last;
		case 'cut':
			return message.subarray(0, Math.max(1, message.length - CUT_OCTETS));
		case 'spoilt':
			return message.map((octet, at) => (at === message.length - 1 ? octet ^ 1 : octet));
	}
}

/** What can be told of an answer without a key. */
function replyOf(octets: Uint8Array): Reply {
	try {
		const { apdu } = decodeApduLeniently(octets);
		if (apdu.apdu === 'exception-response')
			return { apdu: apdu.apdu, exception: codeName(EXCEPTION_SERVICES, apdu.service) };
		if (apdu.apdu === 'confirmed-service-error') return { apdu: apdu.apdu, exception: apdu.apdu };
		return { apdu: apdu.apdu, ...(apdu.apdu === 'AARE' && { accepted: apdu.result === 0 }) };
	} catch (error) {
		if (!(error instanceof Breach)) throw error;
		return { apdu: 'rubbish' };
	}
}

/** An AARE with one bit of its challenge turned; anything else as it is. */
function withOtherChallenge(octets: Uint8Array): Uint8Array {
	if (octets[0] !== AARE) return octets;
	try {
		const aare = decodeAare(octets);
		const { authenticationValue } = aare;
		if (!authenticationValue) return octets;
		const turned = authenticationValue.map((octet, at) => (at === 0 ? octet ^ 1 : octet));
		return encodeAare({ ...aare, authenticationValue: turned });
	} catch (error) {
		if (!(error instanceof Breach)) throw error;
		return octets;
	}
}
