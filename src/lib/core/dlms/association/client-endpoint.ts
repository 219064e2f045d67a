/**
 * A whole client: link and association together, sans-IO. Octets, wishes and the time go in, octets and
 * what became true come out.
 */
import type { DisconnectReason, LinkEvent, MessageLink } from '../message-link.ts';
import type { ClientAssociation, ClientEvent, WishRefusal } from './client.ts';
import type { Wish } from './wish.ts';

export type ClientEndpointEvent =
	| Exclude<ClientEvent, { kind: 'send' } | { kind: 'more' }>
	/** The link is gone; asked for or not. */
	| { readonly kind: 'closed'; readonly reason: DisconnectReason };

export class ClientEndpoint {
	readonly #link: MessageLink;
	readonly #association: ClientAssociation;
	/** Whether a request, or the association itself, waits for the meter. */
	#waiting = false;
	#keepLink = false;

	constructor(link: MessageLink, association: ClientAssociation) {
		this.#link = link;
		this.#association = association;
	}

	get wakeAtMs(): number | undefined {
		return this.#link.wakeAtMs;
	}

	takeOutput(): Uint8Array[] {
		return this.#link.takeOutput();
	}

	/** Connects the link; the association follows by itself. */
	connect(nowMs: number): void {
		this.#waiting = true;
		this.#link.connect(nowMs);
	}

	/** Sends a wish, or says why not; the answer comes as an event. */
	request(wish: Wish, nowMs: number): WishRefusal | undefined {
		const asked = this.#association.request(wish);
		if ('refused' in asked) return asked;
		this.#waiting = true;
		this.#carryOut(asked, nowMs, []);
		return undefined;
	}

	/** Lets the meter hear that we are there, where the link has a frame for that (HDLC: RR). */
	keepAlive(nowMs: number): void {
		if (!this.#waiting) this.#link.pass(nowMs);
	}

	/** Ends the link, and with it an association that does not let itself be released. */
	disconnect(nowMs: number): void {
		this.#association.linkLost();
		this.#waiting = false;
		this.#link.disconnect(nowMs);
	}

	/** Releases the association and then the link, which may also be kept for another association. */
	release(nowMs: number, keepLink = false): void {
		this.#keepLink = keepLink;
		if (this.#association.state === 'associated')
			this.#carryOut(this.#association.release(), nowMs, []);
		else this.#link.disconnect(nowMs);
	}

	receive(octets: Uint8Array, nowMs: number): ClientEndpointEvent[] {
		return this.#take(this.#link.receive(octets, nowMs), nowMs);
	}

	wake(nowMs: number): ClientEndpointEvent[] {
		return this.#take(this.#link.wake(nowMs), nowMs);
	}

	#take(linkEvents: readonly LinkEvent[], nowMs: number): ClientEndpointEvent[] {
		const events: ClientEndpointEvent[] = [];
		const ending = linkEvents.some(({ kind }) => kind === 'disconnected');
		for (const event of linkEvents) this.#takeOne(event, nowMs, events, ending);
		return events;
	}

	/** `ending`: the same octets also ended the link, so that nothing can be sent any more. */
	#takeOne(event: LinkEvent, nowMs: number, events: ClientEndpointEvent[], ending: boolean): void {
		switch (event.kind) {
			case 'connected':
				if (!ending) this.#carryOut(this.#association.associate(), nowMs, events);
				return;
			case 'message':
			case 'notification':
				this.#carryOut(this.#association.receive(event.octets), nowMs, events, ending);
				return;
			case 'disconnected':
				this.#association.linkLost();
				if (this.#waiting)
					events.push({ kind: 'failed', failure: { why: 'link', reason: event.reason } });
				this.#waiting = false;
				events.push({ kind: 'closed', reason: event.reason });
		}
	}

	#carryOut(
		steps: readonly ClientEvent[],
		nowMs: number,
		events: ClientEndpointEvent[],
		ending = false,
	): void {
		for (const step of steps) {
			if (step.kind === 'send') {
				if (!ending) this.#link.send(step.octets, nowMs);
			} else if (step.kind === 'more') this.#link.awaitMore(nowMs);
			else {
				if (step.kind !== 'notification') this.#waiting = false;
				events.push(step);
				if (step.kind === 'released' && !this.#keepLink) this.#link.disconnect(nowMs);
			}
		}
	}
}
