/** A slow mobile link, at the gate: what page and service worker ask for passes it alike. */
import type { Exchange, Gate, Verdict } from './gate.ts';

export interface Link {
	/** Of every exchange, to and fro. */
	readonly roundTripMs: number;
	readonly bitsPerSecond: number;
}

/** As a phone has it at the edge of a cell: the round trip and the rate that audits of pages use for a slow one. */
export const SLOW_MOBILE: Link = { roundTripMs: 150, bitsPerSecond: 1_600_000 };

/** The link, which can be cut for all, or for what the backend is asked. */
export class SlowLink {
	/** Asked before anything passes; `lose` cuts it. */
	request: (exchange: Exchange) => Verdict = () => 'pass';
	/** Asked when the backend has answered. */
	answer: (exchange: Exchange) => Verdict = () => 'pass';
	readonly #link: Link;
	/** When the link is free again: one octet after the other. */
	#freeAtMs = 0;

	constructor(gate: Gate, link: Link) {
		this.#link = link;
		gate.onRequest = (exchange) => this.request(exchange);
		gate.onAnswer = async (exchange) => {
			const verdict = this.answer(exchange);
			if (verdict === 'pass') await this.#carry(exchange.octets ?? 0);
			return verdict;
		};
	}

	/** No network at all. */
	cut(): void {
		this.request = () => 'lose';
	}

	/** Everything passes again, at its pace. */
	mend(): void {
		this.request = () => 'pass';
		this.answer = () => 'pass';
	}

	async #carry(octets: number): Promise<void> {
		const nowMs = Date.now();
		const { roundTripMs, bitsPerSecond } = this.#link;
		this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + (octets * 8_000) / bitsPerSecond;
		await new Promise((resolve) => setTimeout(resolve, this.#freeAtMs + roundTripMs - nowMs));
	}
}
