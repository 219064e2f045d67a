import { describe, expect, it } from 'vitest';
import type { BridgeHost, SocketShape } from '#lib/browser/bridge/bridge-call.ts';
import { bridgePorts } from '#lib/browser/bridge/bridge-ports.ts';
import { type BridgeWish, type BridgeWord } from '#lib/link/bridge-words.ts';
import { eightN1 } from '#lib/link/line.ts';
import { VirtualTimer } from '../../link/virtual-timer.ts';

const ADDRESS = 'ws://bridge:4190/';

/** A WebSocket whose other end says what the test says. */
class ScriptedSocket implements SocketShape {
	binaryType: BinaryType = 'blob';
	onopen: SocketShape['onopen'] = null;
	onclose: SocketShape['onclose'] = null;
	onmessage: SocketShape['onmessage'] = null;
	readonly said: (BridgeWish | number)[] = [];
	closed = false;
	readonly #answer: (wish: BridgeWish, socket: ScriptedSocket) => void;

	constructor(answer: (wish: BridgeWish, socket: ScriptedSocket) => void) {
		this.#answer = answer;
	}

	send(content: unknown): void {
		if (typeof content === 'string') {
			const wish = JSON.parse(content) as BridgeWish;
			this.said.push(wish);
			this.#answer(wish, this);
		} else this.said.push((content as Uint8Array).length);
	}

	close(): void {
		this.closed = true;
	}

	begin(): void {
		this.onopen?.call(this as never, new Event('open'));
	}

	lose(): void {
		this.onclose?.call(this as never, new Event('close') as CloseEvent);
	}

	say(word: BridgeWord): void {
		this.raw(JSON.stringify(word));
	}

	raw(data: unknown): void {
		this.onmessage?.call(this as never, { data } as MessageEvent);
	}
}

const TARGETS: BridgeWord = { is: 'targets', targets: [{ name: 'cellar', medium: 'serial' }] };

/** A bridge that answers as bridges do, but for what the test changes. */
function bench(change: (wish: BridgeWish, socket: ScriptedSocket) => boolean = () => false) {
	const timer = new VirtualTimer();
	const sockets: ScriptedSocket[] = [];
	const host: BridgeHost = {
		timer,
		connect: () => {
			const socket = new ScriptedSocket((wish) => {
				if (change(wish, socket)) return;
				if (wish.do === 'list') socket.say(TARGETS);
				if (wish.do === 'open') socket.say({ is: 'opened', medium: 'serial' });
				if (wish.do === 'configure') socket.say({ is: 'configured' });
				if (wish.do === 'close') socket.say({ is: 'closed' });
			});
			sockets.push(socket);
			queueMicrotask(() => socket.begin());
			return socket;
		},
	};
	const open = async () => {
		const [port] = await bridgePorts({ address: ADDRESS }, host);
		const line = await (port as NonNullable<typeof port>).open(eightN1(9600));
		return { line, socket: sockets.at(-1) as ScriptedSocket };
	};
	return { timer, sockets, host, open };
}

describe('calling a bridge', () => {
	it('asks by name and with the bearer, and hangs up after the list', async () => {
		const { host, sockets } = bench();
		const [port] = await bridgePorts({ address: ADDRESS, bearer: 'b' }, host);
		expect(port?.label).toEqual({ kind: 'bridge', name: 'cellar' });
		expect(port?.medium).toBe('serial');
		await port?.open(eightN1(300));
		expect(sockets.map(({ said }) => said[0])).toEqual([
			{ do: 'list', bearer: 'b' },
			{ do: 'open', target: 'cellar', settings: eightN1(300), bearer: 'b' },
		]);
		expect(sockets.map(({ closed }) => closed)).toEqual([true, false]);
	});

	it('finds it out of reach when the socket closes', async () => {
		const host: BridgeHost = {
			timer: new VirtualTimer(),
			connect: () => {
				const socket = new ScriptedSocket(() => undefined);
				queueMicrotask(() => socket.lose());
				return socket;
			},
		};
		const asked = bridgePorts({ address: ADDRESS }, host);
		await expect(asked).rejects.toMatchObject({ kind: 'bridge-unreachable' });
	});

	it('waits for an answer, but not for ever', async () => {
		const { host, timer, sockets } = bench(() => true);
		const asked = timer.run(bridgePorts({ address: ADDRESS }, host));
		await expect(asked).rejects.toMatchObject({ kind: 'bridge-unreachable' });
		expect(timer.nowMs()).toBe(5000);
		expect(sockets[0]?.closed).toBe(true);
	});

	it('says when a page like this one may not call there', async () => {
		const connect = (): never => {
			throw new DOMException('mixed content', 'SecurityError');
		};
		const asked = bridgePorts({ address: ADDRESS }, { timer: new VirtualTimer(), connect });
		await expect(asked).rejects.toMatchObject({ kind: 'permission-refused' });
	});

	it.each([
		['rubbish', 'rubbish'],
		['a word of another kind', '{"is":"opened","medium":"serial"}'],
		['octets in a list', 'x'],
	])('takes %s for no bridge', async (_name, raw) => {
		const { host } = bench((_wish, socket) => {
			socket.raw(raw);
			return true;
		});
		const asked = bridgePorts({ address: ADDRESS }, host);
		await expect(asked).rejects.toMatchObject({ kind: 'bridge-unreachable' });
	});
});

describe('a line through a bridge', () => {
	it('sends no more than the window until some of it is taken', async () => {
		const { open } = bench();
		const { line, socket } = await open();
		const sent = line.send(new Uint8Array(100_000));
		await new Promise((resolve) => setImmediate(resolve));
		expect(socket.said.slice(1)).toEqual([16_384, 16_384, 16_384, 16_384]);
		socket.say({ is: 'taken', octets: 40_000 });
		await sent;
		expect(socket.said.slice(5)).toEqual([16_384, 16_384, 1696]);
	});

	it('breaks with a bridge that takes more than it was sent', async () => {
		const { open } = bench();
		const { line, socket } = await open();
		socket.say({ is: 'taken', octets: 1 });
		await expect(line.receive()).rejects.toMatchObject({ kind: 'bridge-unreachable' });
	});

	it('says what was read, once it was read', async () => {
		const { open } = bench();
		const { line, socket } = await open();
		socket.raw(new Uint8Array(65_536).buffer);
		socket.raw(new Uint8Array(10).buffer);
		socket.raw(new ArrayBuffer(0));
		await new Promise((resolve) => setImmediate(resolve));
		expect(socket.said.slice(1)).toEqual([{ do: 'taken', octets: 65_536 }]);
		await line.receive();
		await new Promise((resolve) => setImmediate(resolve));
		expect(socket.said.slice(2)).toEqual([{ do: 'taken', octets: 10 }]);
	});

	it('drops what came before the bridge says it is set anew, and not an octet after', async () => {
		const { open } = bench((wish, socket) => {
			if (wish.do !== 'configure') return false;
			socket.raw(Uint8Array.of(1).buffer);
			socket.say({ is: 'configured' });
			socket.raw(Uint8Array.of(2).buffer);
			return true;
		});
		const { line } = await open();
		await line.configure(eightN1(300));
		expect(await line.receive()).toEqual(Uint8Array.of(2));
	});

	it('goes on as it was where the bridge refuses settings', async () => {
		const { open } = bench((wish, socket) => {
			if (wish.do !== 'configure') return false;
			socket.say({ is: 'refused' });
			return true;
		});
		const { line, socket } = await open();
		const set = line.configure(eightN1(12_345));
		await expect(set).rejects.toMatchObject({ kind: 'settings-refused' });
		socket.raw(Uint8Array.of(1).buffer);
		expect(await line.receive()).toEqual(Uint8Array.of(1));
	});

	it('waits for settings at 300 Bd, but not for ever', async () => {
		const { open, timer } = bench((wish) => wish.do === 'configure');
		const { line } = await open();
		const set = timer.run(line.configure(eightN1(300)));
		await expect(set).rejects.toMatchObject({ kind: 'bridge-unreachable' });
		expect(timer.nowMs()).toBe(30_000);
		await expect(line.receive()).rejects.toMatchObject({ kind: 'bridge-unreachable' });
	});

	it('ends in good order when the bridge says so, and breaks when it is lost', async () => {
		const { open } = bench();
		const ended = await open();
		ended.socket.say({ is: 'closed' });
		expect(await ended.line.receive()).toBeUndefined();
		const lost = await open();
		const waiting = lost.line.receive();
		lost.socket.lose();
		await expect(waiting).rejects.toMatchObject({ kind: 'bridge-unreachable' });
	});

	it('hangs up although the bridge does not answer a goodbye', async () => {
		const { open, timer } = bench((wish) => wish.do === 'close');
		const { line, socket } = await open();
		await timer.run(line.close());
		expect(socket.closed).toBe(true);
	});
});
