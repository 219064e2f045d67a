/** A Node stream as a transport: it holds back what nobody reads yet. */
import type { Readable, Writable } from 'node:stream';
import { IncomingOctets } from '#lib/link/incoming-octets.ts';
import type { Transport } from '#lib/link/transport.ts';

/** Octets that wait for us before the stream is held back. */
const HIGH_WATER = 65_536;

/** A transport over a stream, or over the two directions of one. Errors of the stream end it. */
export function streamTransport(readable: Readable, writable: Writable): Transport {
	const incoming = new IncomingOctets(HIGH_WATER, (flowing) => {
		if (flowing) readable.resume();
		else readable.pause();
	});
	const end = (): void => incoming.end();
	// A plain view: a Buffer's `slice` does not copy, whatever reads it may rely on a copy.
	readable.on('data', ({ buffer, byteOffset, length }: Buffer) =>
		incoming.push(new Uint8Array(buffer, byteOffset, length)),
	);
	for (const stream of new Set([readable, writable])) {
		stream.on('error', end);
		stream.on('close', end);
	}
	readable.on('end', end);
	return {
		receive: () => incoming.take(),
		send: (octets) => {
			if (writable.destroyed || writable.write(octets)) return Promise.resolve();
			return new Promise((resolve) => {
				const go = (): void => {
					writable.off('drain', go).off('close', go);
					resolve();
				};
				writable.on('drain', go).on('close', go);
			});
		},
		close: () => {
			readable.destroy();
			writable.destroy();
			return Promise.resolve();
		},
	};
}
