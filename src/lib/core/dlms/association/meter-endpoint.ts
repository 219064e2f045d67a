/**
 * A whole meter: link and associations together, sans-IO. It answers whoever its settings let in and
 * never speaks first.
 *
 * Always holds: at most one association a client SAP and logical device, and only for SAPs with a
 * set-up.
 */
import type { LinkEvent, LinkPeers, MessageLink } from '../message-link.ts';
import { MeterAssociation } from './meter.ts';
import type { MeterSettings } from './meter-settings.ts';

export type MeterEndpointEvent =
	/** A client connected (HDLC only). */
	| { readonly kind: 'connected'; readonly peers: LinkPeers }
	/** A message was answered. */
	| { readonly kind: 'served'; readonly peers: LinkPeers }
	| { readonly kind: 'disconnected' };

export class MeterEndpoint {
	readonly #link: MessageLink;
	readonly #settings: MeterSettings;
	readonly #associations = new Map<number, MeterAssociation>();

	constructor(link: MessageLink, settings: MeterSettings) {
		this.#link = link;
		this.#settings = settings;
	}

	get wakeAtMs(): number | undefined {
		return this.#link.wakeAtMs;
	}

	takeOutput(): Uint8Array[] {
		return this.#link.takeOutput();
	}

	receive(octets: Uint8Array, nowMs: number): MeterEndpointEvent[] {
		return this.#take(this.#link.receive(octets, nowMs), nowMs);
	}

	wake(nowMs: number): MeterEndpointEvent[] {
		return this.#take(this.#link.wake(nowMs), nowMs);
	}

	#take(linkEvents: readonly LinkEvent[], nowMs: number): MeterEndpointEvent[] {
		const events: MeterEndpointEvent[] = [];
		// The same octets may end the connection a question came on: whoever asked is not there any more.
		const last = linkEvents.findLastIndex(
			({ kind }) => kind === 'connected' || kind === 'disconnected',
		);
		for (const [index, event] of linkEvents.entries()) {
			if (event.kind === 'connected') {
				this.#associations.clear();
				events.push({ kind: 'connected', peers: event.peers });
			} else if (event.kind === 'disconnected') {
				this.#associations.clear();
				events.push({ kind: 'disconnected' });
			} else if (event.kind === 'message') {
				this.#answer(event.octets, event.peers, nowMs, index > last);
				events.push({ kind: 'served', peers: event.peers });
			}
		}
		return events;
	}

	#answer(octets: Uint8Array, peers: LinkPeers, nowMs: number, heard: boolean): void {
		const answers = this.#associationOf(peers).receive(octets);
		if (!heard) return;
		for (const answer of answers) this.#link.send(answer, nowMs, false, peers);
		if (answers.length === 0) this.#link.pass(nowMs);
	}

	#associationOf(peers: LinkPeers): MeterAssociation {
		// Both are at most 16 bits, on every link.
		const id = peers.client * 0x1_0000 + peers.device;
		const known = this.#associations.get(id);
		if (known) return known;
		const association = new MeterAssociation(this.#settings, peers);
		// A SAP without a set-up is only ever refused, so there is nothing to remember of it.
		const setUp = this.#settings.setups.some(({ client }) => client === peers.client);
		if (setUp && this.#associations.size < this.#settings.setups.length * 4)
			this.#associations.set(id, association);
		return association;
	}
}
