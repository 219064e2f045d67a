import { describe, expect, it } from 'vitest';
import { eightN1, type LineSettings, sevenE1 } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { characterTimeMs, leavesAtMs } from '#lib/link/character-time.ts';
import {
	LINGER_MS,
	openWiredLine,
	SETTLE_MS,
	type Wire,
	type WireSink,
} from '#lib/link/wired-line.ts';
import { VirtualTimer } from './virtual-timer.ts';

/** A line on a wire whose every act the test decides. */
async function wired(acts: Partial<Wire> = {}, settings: LineSettings | undefined = eightN1(9600)) {
	const timer = new VirtualTimer();
	const log: string[] = [];
	const at = (what: string): Promise<void> => {
		log.push(`${what} ${timer.nowMs()}`);
		return Promise.resolve();
	};
	let sink: WireSink | undefined;
	const line = await openWiredLine(
		(given) => {
			sink = given;
			return Promise.resolve({
				write: ({ length }) => at(`write ${length}`),
				flush: () => at('flush'),
				reset: ({ baud }) => at(`reset ${baud}`),
				close: () => at('close'),
				...acts,
			});
		},
		{ timer, ...(settings && { settings }) },
	);
	return { timer, log, line, sink: sink as WireSink };
}

describe('the time octets take', () => {
	it('counts start, parity and stop bits', () => {
		expect(characterTimeMs(6, sevenE1(300))).toBe(200);
		expect(characterTimeMs(6, eightN1(300))).toBe(200);
		expect(characterTimeMs(1, { baud: 1000, dataBits: 8, parity: 'odd' })).toBe(11);
		expect(leavesAtMs(50, 100, 3, sevenE1(300))).toBe(200);
		expect(leavesAtMs(150, 100, 3, sevenE1(300))).toBe(250);
	});
});

describe('a wired line', () => {
	it('sets anew when the last octet has left at the rate it was sent at', async () => {
		const { timer, log, line } = await wired({}, sevenE1(300));
		await line.send(new Uint8Array(5));
		await line.send(new Uint8Array(1));
		await timer.run(line.configure(eightN1(9600)));
		await line.send(new Uint8Array(96));
		await timer.run(line.configure(eightN1(300)));
		const first = 200 + SETTLE_MS;
		const second = first + 100 + SETTLE_MS;
		expect(log).toEqual([
			'write 5 0',
			'write 1 0',
			'flush 0',
			`reset 9600 ${first}`,
			`write 96 ${first}`,
			`flush ${first}`,
			`reset 300 ${second}`,
		]);
	});

	it('waits for nothing where the far side keeps the time', async () => {
		const timer = new VirtualTimer();
		const times: number[] = [];
		const line = await openWiredLine(
			() =>
				Promise.resolve({
					write: () => Promise.resolve(),
					flush: () => Promise.resolve(),
					reset: () => {
						times.push(timer.nowMs());
						return Promise.resolve();
					},
					close: () => Promise.resolve(),
				}),
			{ timer },
		);
		await line.send(new Uint8Array(1000));
		await timer.run(line.configure(eightN1(300)));
		expect(times).toEqual([0]);
	});

	it('closes within its time although what was sent never leaves', async () => {
		const { timer, line, log } = await wired({ flush: () => new Promise(() => undefined) });
		await line.send(new Uint8Array(1));
		await timer.run(line.close());
		expect(log.at(-1)).toBe(`close ${LINGER_MS}`);
	});

	it('goes on as it was where the wire refuses new settings', async () => {
		const refusal = new LinkFault('settings-refused');
		const { timer, line, sink } = await wired({ reset: () => Promise.reject(refusal) });
		await expect(timer.run(line.configure(eightN1(1)))).rejects.toBe(refusal);
		sink.push(Uint8Array.of(4));
		expect(await line.receive()).toEqual(Uint8Array.of(4));
		await line.send(Uint8Array.of(5));
	});

	it('has broken for whoever receives when sending finds it broken', async () => {
		const fault = new LinkFault('unplugged');
		const { line } = await wired({ write: () => Promise.reject(fault) });
		await expect(line.send(Uint8Array.of(1))).rejects.toBe(fault);
		await expect(line.receive()).rejects.toBe(fault);
		expect(await line.receive()).toBeUndefined();
	});

	it('tells the first reason only', async () => {
		const { line, sink } = await wired();
		sink.fail(new LinkFault('port-taken'));
		sink.fail(new LinkFault('unplugged'));
		await expect(line.receive()).rejects.toMatchObject({ kind: 'port-taken' });
		await expect(line.send(Uint8Array.of(1))).rejects.toMatchObject({ kind: 'port-taken' });
	});

	it('ends in good order for whoever sends and receives', async () => {
		const { line, sink, log } = await wired();
		sink.push(Uint8Array.of(1));
		sink.end();
		sink.fail(new LinkFault('unplugged'));
		expect(await line.receive()).toEqual(Uint8Array.of(1));
		expect(await line.receive()).toBeUndefined();
		await line.send(Uint8Array.of(2));
		await line.configure(eightN1(300));
		expect(log).toEqual(['close 0']);
	});

	it('holds the wire back from 64 kB on, until half of it is read or dropped', async () => {
		const { line, sink } = await wired();
		const room = async (): Promise<boolean> => {
			const held = Symbol('held');
			const first = await Promise.race([sink.room(), Promise.resolve(held).then((h) => h)]);
			return first !== held;
		};
		sink.push(new Uint8Array(65_536));
		expect(await room()).toBe(true);
		sink.push(new Uint8Array(1));
		expect(await room()).toBe(false);
		await line.receive();
		expect(await room()).toBe(true);
		sink.push(new Uint8Array(65_536));
		expect(await room()).toBe(false);
		sink.drop();
		expect(await room()).toBe(true);
	});

	it('lets a slip of the wire through as what it is', async () => {
		const slip = new TypeError('slip');
		const { line } = await wired({ write: () => Promise.reject(slip) });
		await expect(line.send(Uint8Array.of(1))).rejects.toBe(slip);
	});
});
