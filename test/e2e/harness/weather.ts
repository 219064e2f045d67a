/**
 * The network of a whole day, at the gate: clear, flapping or gone, by chance that comes from a seed; and
 * strikes, which fall in the middle of an exchange of the journal.
 */
import type { Exchange, Gate, Verdict } from './gate.ts';

/**
 * `flapping`: some requests never reach the backend, and some answers never come back. `gone`: nothing gets
 * through. `files-only`: the app's own files do, and nothing of the backend's.
 */
export type Sky = 'clear' | 'flapping' | 'gone' | 'files-only';

/** Where a strike falls: before the backend hears the journal, or after it took it and before the till hears that. */
export type Side = 'request' | 'answer';

/** Share of requests, and of answers, that are lost while it flaps. */
const LOST = 0.12;

export const isJournal = ({ method, path }: Exchange): boolean =>
	method === 'POST' && path === '/api/v1/journal-batches';
const isBackends = ({ path }: Exchange): boolean => /^\/(api|healthz)(\/|$)/.test(path);

export class Weather {
	sky: Sky = 'clear';
	/** What happened to whom, for a day that failed. */
	readonly lost = { requests: 0, answers: 0 };
	readonly #chance: () => number;
	#strike: { readonly side: Side; readonly fall: () => Promise<void> } | undefined;

	constructor(gate: Gate, chance: () => number) {
		this.#chance = chance;
		gate.onRequest = (exchange) => this.#decide('request', exchange);
		gate.onAnswer = (exchange) => this.#decide('answer', exchange);
	}

	/** At the next exchange of the journal, whose message is lost with it. Resolves when it has fallen. */
	strikeAt(side: Side, strike: () => Promise<void>): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#strike = { side, fall: () => strike().then(resolve, reject) };
		});
	}

	/** @returns whether a strike was still to fall, which now will not */
	callOff(): boolean {
		const waits = this.#strike !== undefined;
		this.#strike = undefined;
		return waits;
	}

	async #decide(side: Side, exchange: Exchange): Promise<Verdict> {
		const strike = this.#strike;
		if (strike?.side === side && isJournal(exchange)) {
			this.#strike = undefined;
			await strike.fall();
			return 'lose';
		}
		const verdict = this.#verdict(exchange);
		if (verdict === 'lose' && isBackends(exchange))
			this.lost[side === 'request' ? 'requests' : 'answers'] += 1;
		return verdict;
	}

	#verdict(exchange: Exchange): Verdict {
		switch (this.sky) {
			case 'clear':
				return 'pass';
			case 'flapping':
				return isBackends(exchange) && this.#chance() < LOST ? 'lose' : 'pass';
			case 'files-only':
				return isBackends(exchange) ? 'lose' : 'pass';
			case 'gone':
				return 'lose';
		}
	}
}
