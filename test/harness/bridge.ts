/** A bridge in the test's own process, and a browser's side of it. */
import { WebSocket } from 'ws';
import type { BridgeHost, SocketShape } from '#lib/browser/bridge/bridge-call.ts';
import { listenBridge } from '../../src/cli/bridge/listen.ts';
import { SESSION_LIMITS, type SessionPlace } from '../../src/cli/bridge/session.ts';
import { NODE_TIMER } from '../../src/cli/meter/node-timer.ts';

export const PAGE_ORIGIN = 'http://localhost:4180';

/** A page of `origin`: what a browser says for itself is said here by hand. */
export const pageOf = (origin = PAGE_ORIGIN): BridgeHost => ({
	timer: NODE_TIMER,
	connect: (address, protocol) => {
		const socket = new WebSocket(address, protocol, { origin });
		// A browser's says no more than that it closed.
		socket.on('error', () => undefined);
		return socket as unknown as SocketShape;
	},
});

export interface TestBridge {
	readonly address: string;
	readonly refused: string[];
	close(): Promise<void>;
}

export async function startBridge(
	place: Partial<SessionPlace>,
	origin = PAGE_ORIGIN,
): Promise<TestBridge> {
	const refused: string[] = [];
	const server = await listenBridge(
		{
			host: '127.0.0.1',
			port: 0,
			origins: [origin],
			tls: undefined,
			refused: (from, status) => refused.push(`${status} ${from}`),
		},
		{ ports: [], bearer: undefined, limits: SESSION_LIMITS, ...place },
	);
	return {
		address: `ws://127.0.0.1:${server.place.port}/`,
		refused,
		close: () => server.close(),
	};
}
