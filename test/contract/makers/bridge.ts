/** TCP and terminals, straight and through a bridge, with a browser's side in Node. */
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passes } from 'node:timers/promises';
import { bridgePorts } from '#lib/browser/bridge/bridge-ports.ts';
import { eightN1, type LinePort } from '#lib/link/line.ts';
import { TcpPort } from '../../../src/cli/bridge/tcp-port.ts';
import { TtyPort } from '../../../src/cli/bridge/tty-port.ts';
import { pageOf, startBridge } from '../../harness/bridge.ts';
import { Pty } from '../../harness/pty.ts';
import { StreamEnd } from '../../harness/stream-end.ts';
import type { Connected, FarEnd, LineMaker } from '../line-contract.ts';

/** A pty paces nothing: its rate is only how long a close waits. */
const settings = eightN1(115_200);
const otherSettings = eightN1(57_600);

/** Where a line leads to: a port, and the far end once it is open. */
export interface Place {
	readonly port: LinePort;
	readonly farEnd: () => Promise<FarEnd>;
	dispose(): Promise<void>;
}

export async function tcpPlace(): Promise<Place> {
	const accepted = Promise.withResolvers<Socket>();
	const server = createServer({ noDelay: true }, accepted.resolve);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		port: new TcpPort('meter', { host: '127.0.0.1', port }),
		farEnd: async () => {
			const socket = await accepted.promise;
			const end = new StreamEnd(socket, socket);
			return {
				send: (octets) => end.send(octets),
				receive: (count) => end.receive(count),
				breakOff: () => {
					socket.resetAndDestroy();
					return Promise.resolve();
				},
			};
		},
		dispose: async () => {
			server.close();
			(await accepted.promise).destroy();
		},
	};
}

async function ptyPlace(): Promise<Place> {
	const folder = mkdtempSync(join(tmpdir(), 'tokenline-line-'));
	const pty = await Pty.plugIn(join(folder, 'ttyUSB0'));
	return {
		port: new TtyPort('probe', pty.link),
		farEnd: () =>
			Promise.resolve({
				send: (octets) => pty.send(octets),
				receive: (count) => pty.receive(count),
				breakOff: () => pty.unplug(),
			}),
		dispose: async () => {
			await pty.unplug();
			rmSync(folder, { recursive: true });
		},
	};
}

async function connect(
	place: Place,
	port: LinePort,
	more: () => Promise<void>,
): Promise<Connected> {
	const line = await port.open(settings);
	return {
		line,
		farEnd: await place.farEnd(),
		rest: (ms) => passes(ms),
		dispose: async () => {
			await line.close();
			await place.dispose();
			await more();
		},
	};
}

const straight = async (makePlace: () => Promise<Place>): Promise<Connected> => {
	const place = await makePlace();
	return connect(place, place.port, () => Promise.resolve());
};

const bridged = async (makePlace: () => Promise<Place>): Promise<Connected> => {
	const place = await makePlace();
	const bridge = await startBridge({ ports: [place.port] });
	const [port] = await bridgePorts(bridge, pageOf());
	return connect(place, port as LinePort, () => bridge.close());
};

const common = { settings, otherSettings };

export const tcpLines: readonly LineMaker[] = [
	{ ...common, name: 'TCP', broken: 'meter-unreachable', make: () => straight(tcpPlace) },
	{
		...common,
		name: 'a bridge to TCP',
		broken: 'meter-unreachable',
		make: () => bridged(tcpPlace),
	},
];

export const ptyLines: readonly LineMaker[] = [
	{ ...common, name: 'a terminal', broken: 'unplugged', make: () => straight(ptyPlace) },
	{
		...common,
		name: 'a bridge to a terminal',
		broken: 'unplugged',
		make: () => bridged(ptyPlace),
	},
];
