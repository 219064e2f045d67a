import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { bridgePorts } from '#lib/browser/bridge/bridge-ports.ts';
import { asciiOctets, octetString } from '#lib/core/dlms/axdr/build.ts';
import { BRIDGE_PROTOCOL } from '#lib/link/bridge-words.ts';
import { eightN1, type Line, type LinePort, sevenE1 } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { VirtualMeterDevice } from '#lib/link/virtual-meter-device.ts';
import { SESSION_LIMITS } from '../../../src/cli/bridge/session.ts';
import { TcpPort } from '../../../src/cli/bridge/tcp-port.ts';
import { TtyPort } from '../../../src/cli/bridge/tty-port.ts';
import { listenTcp } from '../../../src/cli/meter/listen.ts';
import { startMeter, TEST_METER } from '../../../src/cli/meter/test-meter.ts';
import { PAGE_ORIGIN, pageOf, startBridge } from '../../harness/bridge.ts';
import { hasSocat, NO_SOCAT, Pty } from '../../harness/pty.ts';
import { associationOf, linkOfClient, setupOf, TestClient } from '../../link/test-client.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});

async function bridgeTo(...place: Parameters<typeof startBridge>) {
	const bridge = await startBridge(...place);
	closing.push(() => bridge.close());
	return bridge;
}

/** A meter that says nothing; what was connected to it. */
async function silentMeter() {
	const sockets: Socket[] = [];
	const server: Server = createServer((socket) =>
		sockets.push(socket.on('error', () => undefined)),
	);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	closing.push(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	const { port } = server.address() as AddressInfo;
	return { sockets, server, port: new TcpPort('meter', { host: '127.0.0.1', port }) };
}

const kindOf = async (work: Promise<unknown>): Promise<string> => {
	try {
		await work;
		return 'done';
	} catch (error) {
		return error instanceof LinkFault ? error.kind : String(error);
	}
};

async function portAt(address: string, bearer?: string): Promise<LinePort> {
	const [port] = await bridgePorts({ address, bearer }, pageOf());
	if (!port) throw new Error('no target');
	return port;
}

async function lineTo(port: LinePort): Promise<Line> {
	const line = await port.open(eightN1(9600));
	closing.push(() => line.close());
	return line;
}

/** A WebSocket without our client behind it, which may say anything; how it ended. */
async function stranger(address: string, options: { origin?: string; protocol?: string } = {}) {
	const { origin = PAGE_ORIGIN, protocol = BRIDGE_PROTOCOL } = options;
	const socket = new WebSocket(address, protocol, { origin });
	const ended = new Promise<number>((resolve) => {
		socket.on('error', () => undefined);
		socket.on('close', resolve);
	});
	const words: string[] = [];
	socket.on('message', (content, isBinary) => {
		words.push(isBinary ? `${(content as Buffer).length} octets` : (content as Buffer).toString());
	});
	await Promise.race([once(socket, 'open'), ended]).catch(() => undefined);
	return { socket, ended, words };
}

describe('a bridge', () => {
	it('lets in a page of the app and no other, and tells who was refused', async () => {
		const { address, refused } = await bridgeTo({});
		expect(await bridgePorts({ address }, pageOf())).toEqual([]);
		const asked = bridgePorts({ address }, pageOf('https://evil.example'));
		expect(await kindOf(asked)).toBe('bridge-unreachable');
		expect(await (await stranger(address, { protocol: 'chat' })).ended).toBe(1006);
		expect(refused).toEqual(['403 https://evil.example', '400 http://localhost:4180']);
	});

	it('is good for nothing but WebSockets', async () => {
		const { address } = await bridgeTo({});
		const answer = await fetch(address.replace('ws:', 'http:'));
		expect(answer.status).toBe(426);
	});

	it('wants its bearer, for the list and for a line', async () => {
		const { port } = await silentMeter();
		const { address } = await bridgeTo({ ports: [port], bearer: 'the right one' });
		expect(await kindOf(bridgePorts({ address }, pageOf()))).toBe('bridge-refused');
		const wrong = bridgePorts({ address, bearer: 'a wrong one' }, pageOf());
		expect(await kindOf(wrong)).toBe('bridge-refused');
		await lineTo(await portAt(address, 'the right one'));
		const { socket, ended, words } = await stranger(address);
		socket.send(JSON.stringify({ do: 'open', target: 'meter', settings: eightN1(9600) }));
		expect(await ended).toBe(1000);
		expect(words).toEqual(['{"is":"fault","fault":"bridge-refused"}']);
	});

	it('leads to the targets it was started with and nowhere else', async () => {
		const { port } = await silentMeter();
		const { address } = await bridgeTo({ ports: [port] });
		const { socket, ended, words } = await stranger(address);
		socket.send(JSON.stringify({ do: 'open', target: 'other', settings: eightN1(9600) }));
		expect(await ended).toBe(1000);
		expect(words).toEqual(['{"is":"fault","fault":"bridge-refused"}']);
	});

	it('takes eight at a time', async () => {
		const { address, refused } = await bridgeTo({});
		const there = await Promise.all(Array.from({ length: 8 }, () => stranger(address)));
		expect(await (await stranger(address)).ended).toBe(1006);
		expect(refused).toEqual([`503 ${PAGE_ORIGIN}`]);
		there[0]?.socket.close();
		await there[0]?.ended;
		expect(await bridgePorts({ address }, pageOf())).toEqual([]);
	});

	it.each([
		['a word nobody knows', (socket: WebSocket) => socket.send('{"do":"exec"}')],
		['no JSON', (socket: WebSocket) => socket.send('{')],
		['octets before a line', (socket: WebSocket) => socket.send(new Uint8Array(1))],
		['an empty frame', (socket: WebSocket) => socket.send(new Uint8Array())],
		['a frame that is too large', (socket: WebSocket) => socket.send(new Uint8Array(16_385))],
		[
			'settings before a line',
			(socket: WebSocket) =>
				socket.send(JSON.stringify({ do: 'configure', settings: eightN1(300) })),
		],
		['more taken than was sent', (socket: WebSocket) => socket.send('{"do":"taken","octets":1}')],
		[
			'a flood of words',
			(socket: WebSocket) => {
				for (let word = 0; word < 5000; word += 1) socket.send('{"do":"list"}');
			},
		],
	])('shows the door to %s', async (_name, misbehave) => {
		const { address } = await bridgeTo({});
		const { socket, ended } = await stranger(address);
		misbehave(socket);
		expect([1006, 1008, 1009]).toContain(await ended);
	});

	it('shows the door to who sends more than the window', async () => {
		const { port, sockets } = await silentMeter();
		const { address } = await bridgeTo({ ports: [port] });
		const { socket, ended } = await stranger(address);
		socket.send(JSON.stringify({ do: 'open', target: 'meter', settings: eightN1(9600) }));
		// A meter that reads nothing: nothing more is taken.
		await once(socket, 'message');
		sockets[0]?.pause();
		for (let frame = 0; frame < 4000 && socket.readyState === WebSocket.OPEN; frame += 1)
			socket.send(new Uint8Array(16_384));
		expect([1006, 1008]).toContain(await ended);
	});

	it('opens one line for one browser', async () => {
		const { port } = await silentMeter();
		const { address } = await bridgeTo({ ports: [port] });
		const { socket, ended } = await stranger(address);
		const open = JSON.stringify({ do: 'open', target: 'meter', settings: eightN1(9600) });
		socket.send(open);
		socket.send(open);
		expect([1006, 1008]).toContain(await ended);
	});

	it('ends in good order with a browser that says nothing', async () => {
		const limits = { ...SESSION_LIMITS, firstWordMs: 20 };
		const { address } = await bridgeTo({ limits });
		const { ended, words } = await stranger(address);
		expect(await ended).toBe(1000);
		expect(words).toEqual(['{"is":"closed"}']);
	});

	it('ends in good order where no octet crosses for long', async () => {
		const { port, sockets } = await silentMeter();
		const limits = { ...SESSION_LIMITS, idleMs: 50 };
		const { address } = await bridgeTo({ ports: [port], limits });
		const line = await lineTo(await portAt(address));
		expect(await line.receive()).toBeUndefined();
		if (sockets[0]?.closed === false) await once(sockets[0], 'close');
	});

	it('lets go of the meter when the browser is gone without a word', async () => {
		const { port, sockets } = await silentMeter();
		const limits = { ...SESSION_LIMITS, aliveMs: 20 };
		const { address } = await bridgeTo({ ports: [port], limits });
		const { socket, ended } = await stranger(address);
		socket.send(JSON.stringify({ do: 'open', target: 'meter', settings: eightN1(9600) }));
		await once(socket, 'message');
		// Frozen: not even a pong comes.
		socket.pause();
		if (sockets[0]?.closed === false) await once(sockets[0], 'close');
		socket.resume();
		expect(await ended).toBe(1006);
	});

	it('breaks every line when it ends itself', async () => {
		const { port } = await silentMeter();
		const bridge = await startBridge({ ports: [port] });
		const line = await lineTo(await portAt(bridge.address));
		const waiting = kindOf(line.receive());
		await bridge.close();
		expect(await waiting).toBe('bridge-unreachable');
	});
});

describe('a bridge to TCP', () => {
	it('says when the meter is away', async () => {
		const { port, server } = await silentMeter();
		const { address } = await bridgeTo({ ports: [port] });
		server.close();
		await once(server, 'close');
		expect(await kindOf((await portAt(address)).open(eightN1(9600)))).toBe('meter-unreachable');
	});

	it('ends in good order when the meter does', async () => {
		const { port, sockets } = await silentMeter();
		const { address } = await bridgeTo({ ports: [port] });
		const line = await lineTo(await portAt(address));
		sockets[0]?.end(Uint8Array.of(1));
		expect(await line.receive()).toEqual(Uint8Array.of(1));
		expect(await line.receive()).toBeUndefined();
	});

	it('carries an association with the virtual meter, a token in it', async () => {
		const nowMs = Date.UTC(2026, 10, 20, 12);
		const device = new VirtualMeterDevice(
			{ meter: startMeter(TEST_METER, 460, nowMs), counters: {} },
			{ nowMs: () => nowMs, random: (octets) => new Uint8Array(octets).fill(7) },
		);
		const place = { host: '127.0.0.1', port: 0 };
		const surroundings = { makeSafe: () => undefined, failed: () => undefined };
		const meter = await listenTcp(device, 'wrapper', place, surroundings);
		closing.push(() => meter.close());
		const { port } = meter.address() as AddressInfo;
		const { address } = await bridgeTo({ ports: [new TcpPort('meter', { ...place, port })] });
		const line = await lineTo(await portAt(address));
		const client = new TestClient(line, linkOfClient('wrapper', 1), associationOf(setupOf(1)));
		expect(await client.associate()).toMatchObject({ kind: 'associated' });
		expect(await client.get(1, '0.0.96.1.0', 2)).toEqual(octetString(asciiOctets(TEST_METER.drn)));
		const rows = await client.get(7, '1.0.99.1.0', 2);
		expect(typeof rows !== 'number' && rows.type === 'array' && rows.value.length).toBeGreaterThan(
			1,
		);
	});
});

describe('a bridge to a terminal', () => {
	async function probe() {
		const folder = mkdtempSync(join(tmpdir(), 'tokenline-bridge-'));
		const pty = await Pty.plugIn(join(folder, 'ttyUSB0'));
		closing.push(async () => {
			await pty.unplug();
			rmSync(folder, { recursive: true });
		});
		return pty;
	}

	it('lets one browser at a time have it', async ({ skip }) => {
		if (!hasSocat()) skip(NO_SOCAT);
		const pty = await probe();
		const { address } = await bridgeTo({ ports: [new TtyPort('probe', pty.link)] });
		const line = await (await portAt(address)).open(sevenE1(300));
		expect(await kindOf((await portAt(address)).open(sevenE1(300)))).toBe('port-busy');
		await line.close();
		await lineTo(await portAt(address));
	});

	it('sets the rate of the terminal, and goes on where one is refused', async ({ skip }) => {
		if (!hasSocat()) skip(NO_SOCAT);
		const pty = await probe();
		const { address } = await bridgeTo({ ports: [new TtyPort('probe', pty.link)] });
		const line = await lineTo(await portAt(address));
		expect(await pty.baud()).toBe(9600);
		await line.configure(eightN1(300));
		expect(await pty.baud()).toBe(300);
		expect(await kindOf(line.configure(eightN1(12_345)))).toBe('settings-refused');
		expect(await pty.baud()).toBe(300);
		await pty.send(Uint8Array.of(1));
		expect(await line.receive()).toEqual(Uint8Array.of(1));
	});

	it('says when nothing is plugged in, or it is no terminal', async ({ skip }) => {
		if (!hasSocat()) skip(NO_SOCAT);
		const pty = await probe();
		await pty.unplug();
		const ports = [new TtyPort('gone', pty.link), new TtyPort('file', '/dev/null')];
		const { address } = await bridgeTo({ ports });
		const [gone, file] = await bridgePorts({ address }, pageOf());
		expect(await kindOf(gone?.open(eightN1(300)) as Promise<Line>)).toBe('unplugged');
		expect(await kindOf(file?.open(eightN1(300)) as Promise<Line>)).toBe('not-supported');
		// What failed to open is not busy for the next one.
		expect(await kindOf(gone?.open(eightN1(300)) as Promise<Line>)).toBe('unplugged');
	});
});
