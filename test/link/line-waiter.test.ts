import { describe, expect, it } from 'vitest';
import { volatileCounters } from '#lib/core/dlms/security/counter.ts';
import { CounterGuard, CountersNotKept } from '#lib/link/durable-counters.ts';
import { eightN1, type Line } from '#lib/link/line.ts';
import { LineWaiter } from '#lib/link/line-waiter.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { memoryTransports } from '#lib/link/memory-transport.ts';
import { VirtualTimer } from './virtual-timer.ts';

function waiting() {
	const timer = new VirtualTimer(100);
	const [ours, theirs] = memoryTransports();
	const line: Line = { ...ours, configure: () => Promise.resolve() };
	return { timer, theirs, waiter: new LineWaiter(line, timer) };
}
const octets = (...values: number[]) => ({ kind: 'octets', octets: Uint8Array.from(values) });

describe('waiting at a line', () => {
	it('ends with what happens first, and loses no octets by it', async () => {
		const { timer, theirs, waiter } = waiting();
		expect(await timer.run(waiter.next(150))).toEqual({ kind: 'time' });
		const wait = waiter.next(10_000);
		waiter.call();
		expect(await wait).toEqual({ kind: 'called' });
		await theirs.send(Uint8Array.of(1));
		await theirs.send(Uint8Array.of(2));
		await timer.pass(0);
		expect(await waiter.next()).toEqual(octets(1));
		expect(await waiter.next(0)).toEqual(octets(2));
		expect(timer.nowMs()).toBe(150);
	});

	it('is ended by a call that came before it, once', async () => {
		const { timer, waiter } = waiting();
		waiter.call();
		expect(await waiter.next()).toEqual({ kind: 'called' });
		expect(await timer.run(waiter.next(101))).toEqual({ kind: 'time' });
	});

	it('forgets octets of before the line was set anew, and never its end', async () => {
		const { timer, theirs, waiter } = waiting();
		await timer.run(waiter.next(101));
		await theirs.send(Uint8Array.of(9));
		await timer.pass(0);
		await waiter.configure(eightN1(9600));
		expect(await timer.run(waiter.next(120))).toEqual({ kind: 'time' });
		await theirs.close();
		await timer.pass(0);
		await waiter.configure(eightN1(9600));
		expect(await waiter.next()).toEqual({ kind: 'ended' });
		expect(await waiter.next()).toEqual({ kind: 'ended' });
	});

	it('tells what broke, again and again', async () => {
		const error = new LinkFault('unplugged');
		const line: Line = {
			receive: () => Promise.reject(error),
			send: () => Promise.resolve(),
			close: () => Promise.resolve(),
			configure: () => Promise.resolve(),
		};
		const waiter = new LineWaiter(line, new VirtualTimer());
		expect(await waiter.next()).toEqual({ kind: 'broken', error });
		expect(await waiter.next(5)).toEqual({ kind: 'broken', error });
	});
});

describe('counters that are kept before they are used', () => {
	it('are made safe once for each use, and not where none was', async () => {
		let calls = 0;
		const guard = new CounterGuard({
			port: volatileCounters(),
			safe: () => {
				calls += 1;
				return Promise.resolve();
			},
		});
		await guard.settle();
		expect(guard.port.read('a')).toBe(0);
		await guard.settle();
		expect(calls).toBe(0);
		guard.port.write('a', 1);
		guard.port.write('a', 2);
		await guard.settle();
		await guard.settle();
		expect(calls).toBe(1);
	});

	it('are not safe until they are, however often one asks', async () => {
		let full = true;
		const guard = new CounterGuard({
			port: volatileCounters(),
			safe: () => (full ? Promise.reject(new Error('disk')) : Promise.resolve()),
		});
		guard.port.write('a', 1);
		await expect(guard.settle()).rejects.toThrow(CountersNotKept);
		await expect(guard.settle()).rejects.toThrow(CountersNotKept);
		full = false;
		await guard.settle();
	});
});
