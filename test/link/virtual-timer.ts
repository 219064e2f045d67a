/**
 * A clock that nobody waits for: it stands while anything can still happen without it, and jumps to the
 * next wake-up once everybody waits. Minutes of a line take milliseconds of a test, and take the same
 * milliseconds of the line each time.
 *
 * Only for work whose every waiting is a promise or a wake-up of this clock: what waits for a disk, a
 * socket or a thread is passed over by it.
 */
import { setImmediate } from 'node:timers';
import type { Timer } from '#lib/link/transport.ts';

interface WakeUp {
	readonly atMs: number;
	readonly callBack: () => void;
}

/** Wake-ups at one moment: a loop that waits for nothing ends with a sentence. */
const MAX_WAKE_UPS = 10_000;
const AN_HOUR_MS = 3_600_000;

export class VirtualTimer implements Timer {
	#nowMs: number;
	/** Ordered by time, and by who asked first. */
	readonly #wakeUps: WakeUp[] = [];

	constructor(nowMs = 0) {
		this.#nowMs = nowMs;
	}

	nowMs(): number {
		return this.#nowMs;
	}

	/** Never calls back within the call itself, however late it is. */
	wakeAt(atMs: number, callBack: () => void): () => void {
		const wakeUp: WakeUp = { atMs: Math.max(atMs, this.#nowMs), callBack };
		const later = this.#wakeUps.findIndex((other) => other.atMs > wakeUp.atMs);
		this.#wakeUps.splice(later < 0 ? this.#wakeUps.length : later, 0, wakeUp);
		return () => {
			const at = this.#wakeUps.indexOf(wakeUp);
			if (at >= 0) this.#wakeUps.splice(at, 1);
		};
	}

	/** Resolves in `ms` of this clock. */
	sleep(ms: number): Promise<void> {
		return new Promise((resolve) => {
			this.wakeAt(this.#nowMs + ms, resolve);
		});
	}

	/**
	 * What `work` comes to, with the clock moved as far as that takes.
	 * @throws {Error} a sentence where it would take more than `limitMs`, or waits for nothing
	 */
	async run<Result>(work: Promise<Result>, limitMs = AN_HOUR_MS): Promise<Result> {
		const untilMs = this.#nowMs + limitMs;
		let settled = false;
		const settle = (): void => {
			settled = true;
		};
		work.then(settle, settle);
		for (let wakeUps = 0; wakeUps < MAX_WAKE_UPS; wakeUps += 1) {
			await everybodyWaits();
			if (settled) return work;
			const next = this.#wakeUps.shift();
			if (!next) throw new Error(`at ${this.#nowMs} ms everybody waits and nobody is to be woken`);
			if (next.atMs > untilMs) {
				this.#wakeUps.unshift(next);
				throw new Error(`not done within ${limitMs} ms of the virtual clock`);
			}
			if (next.atMs > this.#nowMs) wakeUps = 0;
			this.#nowMs = next.atMs;
			next.callBack();
		}
		throw new Error(`at ${this.#nowMs} ms somebody is woken again and again`);
	}

	/** Lets `ms` pass, with everything that happens in them. */
	pass(ms: number): Promise<void> {
		return this.run(this.sleep(ms), ms);
	}
}

/** Resolves when no promise has anything left to do. */
function everybodyWaits(): Promise<void> {
	return new Promise((resolve) => {
		setImmediate(resolve);
	});
}
