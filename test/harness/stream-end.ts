/** The far end of a line on a Node stream: nothing is read but what is asked for. */
import type { Readable, Writable } from 'node:stream';

export class StreamEnd {
	readonly #readable: Readable;
	readonly #writable: Writable;
	#turn: Promise<unknown> = Promise.resolve();

	constructor(readable: Readable, writable: Writable) {
		this.#readable = readable;
		this.#writable = writable;
		for (const stream of [readable, writable]) stream.on('error', () => undefined);
	}

	/** Resolves when the system has taken all of it. */
	async send(octets: Uint8Array): Promise<void> {
		await new Promise((resolve) => this.#writable.write(octets, resolve));
	}

	/** The next so many octets, one asker after the other. */
	receive(count: number): Promise<Uint8Array> {
		const came = this.#turn.then(() => this.#take(count));
		this.#turn = came.catch(() => undefined);
		return came;
	}

	async #take(count: number): Promise<Uint8Array> {
		const octets = new Uint8Array(count);
		for (let at = 0; at < count;) {
			const wanted = Math.min(count - at, this.#readable.readableLength || 1);
			const piece = this.#readable.read(wanted) as Buffer | null;
			if (piece) {
				octets.set(piece, at);
				at += piece.length;
			} else await this.#more(count - at);
		}
		return octets;
	}

	async #more(missing: number): Promise<void> {
		if (this.#readable.readableEnded || this.#readable.destroyed)
			throw new Error(`the stream ended with ${missing} octets missing`);
		await new Promise<void>((resolve) => {
			const go = (): void => {
				this.#readable.off('readable', go).off('end', go).off('close', go);
				resolve();
			};
			this.#readable.on('readable', go).on('end', go).on('close', go);
		});
	}
}
