/** Two ends of a byte stream in memory: what one sends, the other receives. */
import { IncomingOctets } from './incoming-octets.ts';
import type { Transport } from './transport.ts';

const HIGH_WATER = 65_536;

function endOf(own: IncomingOctets, peer: IncomingOctets): Transport {
	return {
		receive: () => own.take(),
		send: (octets) => {
			peer.push(octets.slice());
			return Promise.resolve();
		},
		close: () => {
			own.end();
			peer.end();
			return Promise.resolve();
		},
	};
}

/** A pair of connected ends. */
export function memoryTransports(): [Transport, Transport] {
	const [a, b] = [new IncomingOctets(HIGH_WATER), new IncomingOctets(HIGH_WATER)];
	return [endOf(a, b), endOf(b, a)];
}
