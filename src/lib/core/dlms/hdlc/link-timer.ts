/**
 * The clocks of an HDLC connection (IEC 62056-46, 6.4.4.7): response, silence inside a frame,
 * inactivity, and the pause before a busy peer is asked again. Also remembers what was sent last, which
 * is what an echoing line gives back.
 */
import { equalBytes } from '#lib/core/bytes/equal.ts';

export interface HdlcTimes {
	readonly responseTimeoutMs?: number;
	readonly retries?: number;
	readonly interOctetTimeoutMs?: number;
	readonly inactivityTimeoutMs?: number;
	readonly octetTimeMs?: number;
}

const RESPONSE_MS = 3000;
const RETRIES = 3;
/** The standard's 25 ms is for a bare line; drivers, USB and sockets hand octets over in lumps. */
const INTER_OCTET_MS = 500;
const INACTIVITY_MS = 120_000;
const POLL_PAUSE_MS = 200;
/** Frames of ours an echo may still bring back: one window. */
const MAX_ECHOES = 8;

/** What a wake-up is for. */
export type Due = 'response' | 'poll' | 'inactive' | undefined;

export class HdlcTimer {
	readonly #times: Required<HdlcTimes>;
	#responseAtMs: number | undefined;
	#pollAtMs: number | undefined;
	#inactiveAtMs: number | undefined;
	#lastOctetMs = 0;
	/** When the line has given away what was handed to it. */
	#lineFreeMs = 0;
	#attempts = 0;
	#echoes: Uint8Array[] = [];

	constructor(times: HdlcTimes) {
		this.#times = {
			responseTimeoutMs: times.responseTimeoutMs ?? RESPONSE_MS,
			retries: times.retries ?? RETRIES,
			interOctetTimeoutMs: times.interOctetTimeoutMs ?? INTER_OCTET_MS,
			inactivityTimeoutMs: times.inactivityTimeoutMs ?? INACTIVITY_MS,
			octetTimeMs: times.octetTimeMs ?? 0,
		};
	}

	/** The next moment anything is due; `partial` says that a frame has begun. */
	wakeAtMs(partial: boolean): number | undefined {
		const silenceAtMs = partial
			? this.#lastOctetMs + this.#times.interOctetTimeoutMs + 1
			: undefined;
		const times = [this.#responseAtMs, this.#pollAtMs, this.#inactiveAtMs, silenceAtMs];
		const known = times.filter((time) => time !== undefined);
		return known.length > 0 ? Math.min(...known) : undefined;
	}

	/** A new question: all its attempts are before us. */
	begin(): void {
		this.#attempts = 0;
	}

	/** Whether one attempt more is allowed; it then counts. */
	again(): boolean {
		this.#attempts += 1;
		return this.#attempts <= this.#times.retries;
	}

	/** The peer answered: nothing is awaited and attempts count from the start. */
	answered(): void {
		this.#responseAtMs = undefined;
		this.#pollAtMs = undefined;
		this.#attempts = 0;
	}

	/** Octets were handed to the line; `awaiting` an answer to them. */
	sent(octets: Uint8Array, nowMs: number, awaiting: boolean): void {
		const { octetTimeMs, responseTimeoutMs } = this.#times;
		this.#lineFreeMs = Math.max(this.#lineFreeMs, nowMs) + octets.length * octetTimeMs;
		this.#pollAtMs = undefined;
		if (awaiting) this.#responseAtMs = this.#lineFreeMs + responseTimeoutMs;
		this.#echoes.push(octets);
		if (this.#echoes.length > MAX_ECHOES) this.#echoes.shift();
	}

	/** Octets came; while a frame is coming in, its answer is not late. */
	heard(nowMs: number, partial: boolean): void {
		this.#lastOctetMs = nowMs;
		if (partial && this.#responseAtMs !== undefined)
			this.#responseAtMs = Math.max(this.#responseAtMs, nowMs + this.#times.responseTimeoutMs);
		if (this.#times.inactivityTimeoutMs > 0)
			this.#inactiveAtMs = nowMs + this.#times.inactivityTimeoutMs;
	}

	silentTooLong(nowMs: number): boolean {
		return nowMs - this.#lastOctetMs > this.#times.interOctetTimeoutMs;
	}

	pollLater(nowMs: number): void {
		this.#pollAtMs = nowMs + POLL_PAUSE_MS;
	}

	/** Gives up at the next wake-up. */
	exhaust(nowMs: number): void {
		this.#attempts = this.#times.retries;
		this.#responseAtMs = nowMs;
	}

	/** What is due at `nowMs`; it is then done with. */
	due(nowMs: number): Due {
		if (this.#pollAtMs !== undefined && nowMs >= this.#pollAtMs) {
			this.#pollAtMs = undefined;
			return 'poll';
		}
		if (this.#responseAtMs !== undefined && nowMs >= this.#responseAtMs) {
			this.#responseAtMs = undefined;
			return 'response';
		}
		if (this.#inactiveAtMs !== undefined && nowMs >= this.#inactiveAtMs) {
			this.#inactiveAtMs = undefined;
			return 'inactive';
		}
		return undefined;
	}

	/** Whether `octets` are the oldest frame that did not come back yet; those before it never will. */
	takeEcho(octets: Uint8Array): boolean {
		const at = this.#echoes.findIndex((sent) => equalBytes(sent, octets));
		if (at < 0) return false;
		this.#echoes.splice(0, at + 1);
		return true;
	}
}
