/** A meter on TCP as a port: octets come whole and at once, and there is no rate to set. */
import { connect, type Socket } from 'node:net';
import type { Line, LinePort, PortLabel } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { openWiredLine, type Wire, type WireSink } from '#lib/link/wired-line.ts';
import { NODE_TIMER } from '../meter/node-timer.ts';
import { feedSink, StreamSender } from './node-stream.ts';

/** How long a meter has to take a connection. */
const CONNECT_TIMEOUT_MS = 5000;

/** Where a meter listens. */
export interface TcpPlace {
	readonly host: string;
	readonly port: number;
}

export class TcpPort implements LinePort {
	readonly label: PortLabel;
	readonly medium = 'stream';
	readonly #place: TcpPlace;

	constructor(name: string, place: TcpPlace) {
		this.label = { kind: 'bridge', name };
		this.#place = place;
	}

	open(): Promise<Line> {
		return openWiredLine((sink) => openTcpWire(this.#place, sink), { timer: NODE_TIMER });
	}
}

async function openTcpWire(place: TcpPlace, sink: WireSink): Promise<Wire> {
	const socket = await connected(place);
	socket.setNoDelay(true);
	socket.on('end', () => sink.end());
	feedSink(socket, sink, 'meter-unreachable');
	const sender = new StreamSender(socket, 'meter-unreachable');
	return {
		write: (octets) => sender.send(octets),
		flush: () => sender.flush(),
		reset: () => {
			sink.drop();
			return Promise.resolve();
		},
		close: () => {
			socket.destroy();
			return Promise.resolve();
		},
	};
}

function connected({ host, port }: TcpPlace): Promise<Socket> {
	const opened = Promise.withResolvers<Socket>();
	const socket = connect({ host, port });
	const fail = (error?: Error): void => {
		socket.destroy();
		opened.reject(new LinkFault('meter-unreachable', error));
	};
	socket.setTimeout(CONNECT_TIMEOUT_MS, fail);
	socket.once('error', fail);
	socket.once('connect', () => {
		socket.setTimeout(0).off('error', fail);
		opened.resolve(socket);
	});
	return opened.promise;
}
