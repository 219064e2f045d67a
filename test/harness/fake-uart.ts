/**
 * The wire behind a fake port: octets leave at the rate that is set and are on the far side then, not
 * before. What has not left yet can be lost, as in the buffer of a real adapter.
 */
import type { Timer } from '#lib/link/transport.ts';

/** Octets that leave together. */
const SLICE = 16;
/** Start, eight bits, stop; or start, seven bits, parity, stop. */
const BITS = 10;

export class FakeUart {
	baud = 9600;
	/** What came in from the far side. */
	onReceive: (octets: Uint8Array) => Promise<void> = () => Promise.resolve();
	readonly #timer: Timer;
	readonly #fifo: number;
	readonly #arrived: number[] = [];
	#waiting: { count: number; resolve: (octets: Uint8Array) => void } | undefined;
	#freeAtMs = 0;
	#inside = 0;
	#flushes = 0;
	#room: PromiseWithResolvers<undefined>[] = [];

	/** @param fifo octets that wait inside before a sender has to */
	constructor(timer: Timer, fifo: number) {
		this.#timer = timer;
		this.#fifo = fifo;
	}

	/** Takes octets to send; resolves when most of them have left. */
	async transmit(octets: Uint8Array): Promise<void> {
		const flushes = this.#flushes;
		for (let at = 0; at < octets.length; at += SLICE) {
			while (this.#inside > this.#fifo) {
				const room = Promise.withResolvers<undefined>();
				this.#room.push(room);
				await room.promise;
			}
			if (flushes !== this.#flushes) return;
			this.#queue(octets.slice(at, at + SLICE));
		}
	}

	/** Loses what has not left yet. */
	flush(): void {
		this.#flushes += 1;
		this.#inside = 0;
		this.#freeAtMs = 0;
		this.#makeRoom();
	}

	/** The far side puts octets on the wire. */
	async send(octets: Uint8Array): Promise<void> {
		await this.onReceive(octets.slice());
	}

	/** The next so many octets that reached the far side. */
	receive(count: number): Promise<Uint8Array> {
		return new Promise((resolve) => {
			this.#waiting = { count, resolve };
			this.#hand();
		});
	}

	#queue(slice: Uint8Array): void {
		const flushes = this.#flushes;
		this.#inside += slice.length;
		const startMs = Math.max(this.#freeAtMs, this.#timer.nowMs());
		this.#freeAtMs = startMs + (slice.length * BITS * 1000) / this.baud;
		this.#timer.wakeAt(this.#freeAtMs, () => {
			if (flushes !== this.#flushes) return;
			this.#inside -= slice.length;
			for (const octet of slice) this.#arrived.push(octet);
			this.#makeRoom();
			this.#hand();
		});
	}

	#makeRoom(): void {
		for (const room of this.#room.splice(0)) room.resolve(undefined);
	}

	#hand(): void {
		const waiting = this.#waiting;
		if (!waiting || this.#arrived.length < waiting.count) return;
		this.#waiting = undefined;
		waiting.resolve(Uint8Array.from(this.#arrived.splice(0, waiting.count)));
	}
}
