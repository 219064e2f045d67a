/** Where a bridge can be reached: HTTP or HTTPS that becomes WebSockets and is good for nothing else. */
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { BRIDGE_PROTOCOL, MAX_FRAME_OCTETS } from '#lib/link/bridge-words.ts';
import { type Admission, decideAdmission } from './admission.ts';
import { BridgeSession, type SessionPlace } from './session.ts';

/** Connections of whatever kind, before any of them has said what it wants. */
const MAX_SOCKETS = 64;

export interface Listening {
	readonly host: string;
	readonly port: number;
	readonly origins: readonly string[];
	/** Certificate and key, PEM; undefined: without TLS. */
	readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined;
	/** Told of each refusal: which origin, and with which status. */
	readonly refused: (origin: string | undefined, status: number) => void;
}

/** A bridge that listens. */
export interface BridgeServer {
	readonly place: AddressInfo;
	/** Ends every session and listens no more. */
	close(): Promise<void>;
}

/** Listens; resolves when it does. Port 0 takes any that is free. */
export async function listenBridge(
	listening: Listening,
	place: SessionPlace,
): Promise<BridgeServer> {
	const { host, port, origins, tls, refused } = listening;
	const sockets = new WebSocketServer({
		noServer: true,
		maxPayload: MAX_FRAME_OCTETS,
		perMessageDeflate: false,
		handleProtocols: () => BRIDGE_PROTOCOL,
	});
	const server = tls ? createSecureServer(tls) : createServer();
	server.maxConnections = MAX_SOCKETS;
	server.on('request', (_request, response) => response.writeHead(426).end());
	server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		socket.on('error', () => socket.destroy());
		const admission = decideAdmission(knockOf(request, sockets.clients.size), origins);
		if (admission !== 'welcome') {
			refused(request.headers.origin, admission);
			return refuse(socket, admission);
		}
		sockets.handleUpgrade(request, socket, head, (opened) => new BridgeSession(opened, place));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	return {
		place: server.address() as AddressInfo,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const client of sockets.clients) client.terminate();
				server.closeAllConnections();
			}),
	};
}

const knockOf = ({ headers }: IncomingMessage, open: number) => ({
	origin: headers.origin,
	protocols: headers['sec-websocket-protocol'],
	open,
});

function refuse(socket: Duplex, status: Exclude<Admission, 'welcome'>): void {
	socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
