/** A Node stream as one end of a wire: it is held back while nobody reads, and what is sent is waited for. */
import type { Duplex } from 'node:stream';
import { LinkFault, type LinkFaultKind } from '#lib/link/link-fault.ts';
import type { WireSink } from '#lib/link/wired-line.ts';

/** Lets what comes on a stream into a sink; its errors, and its end without one, are `broken`. */
export function feedSink(stream: Duplex, sink: WireSink, broken: LinkFaultKind): void {
	// A plain view: a Buffer's `slice` does not copy, whatever reads it may rely on a copy.
	stream.on('data', ({ buffer, byteOffset, length }: Buffer) => {
		sink.push(new Uint8Array(buffer, byteOffset, length));
		stream.pause();
		void sink.room().then(() => stream.resume());
	});
	stream.on('error', (error) => sink.fail(new LinkFault(broken, error)));
	stream.on('close', () => sink.fail(new LinkFault(broken)));
}

/** Sends on a stream. */
export class StreamSender {
	readonly #stream: Duplex;
	readonly #broken: LinkFaultKind;
	readonly #under = new Set<Promise<void>>();

	constructor(stream: Duplex, broken: LinkFaultKind) {
		this.#stream = stream;
		this.#broken = broken;
	}

	/** Resolves when the stream takes more. @throws {LinkFault} */
	async send(octets: Uint8Array): Promise<void> {
		const written = new Promise<void>((resolve, reject) => {
			this.#stream.write(octets, (error) => {
				if (error) reject(new LinkFault(this.#broken, error));
				else resolve();
			});
		});
		this.#under.add(written);
		const done = (): boolean => this.#under.delete(written);
		written.then(done, done);
		if (this.#stream.writableNeedDrain) await written;
	}

	/** Resolves when the system has everything. @throws {LinkFault} */
	async flush(): Promise<void> {
		await Promise.all(this.#under);
	}
}
