/**
 * The wrapper as a link, either end (IEC 62056-47), sans-IO: no connection of its own, no numbers, no
 * retransmission; the byte stream below is trusted to keep order.
 */
import type { LinkEvent, LinkPeers, MessageLink } from '../message-link.ts';
import type { Role } from '../hdlc/llc.ts';
import { encodeWrapper, type WrapperFrame } from './header.ts';
import { WrapperSplitter } from './splitter.ts';

export interface WrapperLinkSettings {
	readonly role: Role;
	/** Client SAP; a meter answers whoever asks. */
	readonly client?: number;
	/** Logical device asked for; a meter answers for every one. */
	readonly device?: number;
	/** How long a client waits for an answer. */
	readonly responseTimeoutMs?: number;
	/** Silence that ends a frame that began. */
	readonly interOctetTimeoutMs?: number;
}

const RESPONSE_MS = 10_000;
const INTER_OCTET_MS = 5000;
const PUBLIC_CLIENT = 16;
const MANAGEMENT_DEVICE = 1;

/** One end of a wrapper stream. */
export class WrapperLink implements MessageLink {
	readonly #settings: WrapperLinkSettings;
	readonly #splitter: WrapperSplitter;
	#peers: LinkPeers;
	#connected: boolean;
	#output: Uint8Array[] = [];
	#events: LinkEvent[] = [];
	#responseAtMs: number | undefined;
	#lastOctetMs = 0;

	constructor(settings: WrapperLinkSettings) {
		this.#settings = settings;
		this.#peers = {
			client: settings.client ?? PUBLIC_CLIENT,
			device: settings.device ?? MANAGEMENT_DEVICE,
		};
		this.#connected = settings.role === 'meter';
		// A client knows whom it hears; a meter takes every client and every device.
		this.#splitter = new WrapperSplitter(
			settings.role === 'client'
				? { source: this.#peers.device, destination: this.#peers.client }
				: { destination: settings.device },
		);
	}

	/** Octets that belonged to no frame. */
	get skipped(): number {
		return this.#splitter.skipped;
	}

	get wakeAtMs(): number | undefined {
		if (this.#events.length > 0) return 0;
		const silenceAtMs = this.#splitter.partial
			? this.#lastOctetMs + this.#interOctetMs + 1
			: undefined;
		if (this.#responseAtMs === undefined) return silenceAtMs;
		return silenceAtMs === undefined
			? this.#responseAtMs
			: Math.min(this.#responseAtMs, silenceAtMs);
	}

	get #interOctetMs(): number {
		return this.#settings.interOctetTimeoutMs ?? INTER_OCTET_MS;
	}

	/** There is nothing to agree on: the next wake-up tells that the link stands. */
	connect(_nowMs: number): void {
		this.#connected = true;
		this.#events.push({ kind: 'connected', peers: this.#peers });
	}

	disconnect(_nowMs: number): void {
		if (!this.#connected) return;
		this.#connected = false;
		this.#responseAtMs = undefined;
		this.#events.push({ kind: 'disconnected', reason: 'released' });
	}

	/** @throws {TypeError} slip: not connected @throws {RangeError} slip: longer than a header can say */
	send(message: Uint8Array, nowMs: number, answerAwaited = true, to = this.#peers): void {
		if (!this.#connected) throw new TypeError('the link is not connected');
		const { client, device } = to;
		const frame: WrapperFrame =
			this.#settings.role === 'client'
				? { source: client, destination: device, apdu: message }
				: { source: device, destination: client, apdu: message };
		this.#output.push(encodeWrapper(frame));
		if (this.#settings.role === 'client' && answerAwaited)
			this.#responseAtMs = nowMs + (this.#settings.responseTimeoutMs ?? RESPONSE_MS);
	}

	awaitMore(nowMs: number): void {
		this.#responseAtMs = nowMs + (this.#settings.responseTimeoutMs ?? RESPONSE_MS);
	}

	/** Nobody waits for a turn. */
	pass(_nowMs: number): void {}

	receive(octets: Uint8Array, nowMs: number): LinkEvent[] {
		if (this.#splitter.partial && nowMs - this.#lastOctetMs > this.#interOctetMs)
			this.#splitter.discardPartial();
		this.#lastOctetMs = nowMs;
		const events = this.#takeEvents();
		for (const frame of this.#splitter.push(octets)) {
			if (this.#settings.role === 'meter')
				this.#peers = { client: frame.source, device: frame.destination };
			this.#responseAtMs = undefined;
			events.push({ kind: 'message', octets: frame.apdu, peers: this.#peers });
		}
		return events;
	}

	wake(nowMs: number): LinkEvent[] {
		const events = this.#takeEvents();
		if (this.#splitter.partial && nowMs - this.#lastOctetMs > this.#interOctetMs)
			this.#splitter.discardPartial();
		if (this.#responseAtMs !== undefined && nowMs >= this.#responseAtMs) {
			this.#responseAtMs = undefined;
			this.#connected = false;
			events.push({ kind: 'disconnected', reason: 'no-answer' });
		}
		return events;
	}

	takeOutput(): Uint8Array[] {
		const output = this.#output;
		this.#output = [];
		return output;
	}

	#takeEvents(): LinkEvent[] {
		const events = this.#events;
		this.#events = [];
		return events;
	}
}
