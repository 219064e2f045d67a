import { describe, expect, it } from 'vitest';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import { addParity } from '#lib/core/dlms/opening/identification.ts';
import { faultyLine } from '#lib/link/faulty-line.ts';
import { eightN1, type Line } from '#lib/link/line.ts';
import { memoryTransports } from '#lib/link/memory-transport.ts';
import { heedingLine, pacedLine, plainLine } from '#lib/link/plain-line.ts';
import type { ProbeFault } from '#lib/link/probe-fault.ts';
import { seededChance } from '#lib/link/seeded-chance.ts';
import type { Transport } from '#lib/link/transport.ts';
import { VirtualTimer } from './virtual-timer.ts';

const REQUEST = asciiOctets('/?!\r\n');
const ANSWER = asciiOctets('answer');

/** Gathers what comes, with the time of each piece. */
function gather(end: Pick<Transport, 'receive'>, timer: VirtualTimer) {
	const heard: number[] = [];
	const times: number[] = [];
	const loop = async (): Promise<void> => {
		for (;;) {
			const octets = await end.receive();
			if (!octets) return;
			heard.push(...octets);
			times.push(timer.nowMs());
		}
	};
	return { heard, times, ended: loop() };
}

function lineOf(wrap: (line: Line, timer: VirtualTimer) => Line) {
	const timer = new VirtualTimer();
	const [client, theirs] = memoryTransports();
	const line = wrap(plainLine(theirs), timer);
	return { timer, client, line };
}

describe('a stream as a line', () => {
	it('carries octets as they are, and drops none when it is set anew', async () => {
		const { client, line } = lineOf((plain) => plain);
		await client.send(REQUEST);
		await line.configure(eightN1(300));
		expect(await line.receive()).toEqual(REQUEST);
		await line.send(ANSWER);
		expect(await client.receive()).toEqual(ANSWER);
		await line.close();
		expect(await client.receive()).toBeUndefined();
	});

	it('makes the parity of seven bits in software, and takes any', async () => {
		const { client, line } = lineOf((plain) => plain);
		for (const [parity, answer] of [
			['even', 'af3f218d0a'],
			['odd', '2fbfa10d8a'],
			['none', '2f3f210d0a'],
		] as const) {
			await line.configure({ baud: 300, dataBits: 7, parity });
			for (const request of [REQUEST, addParity(REQUEST)]) {
				await client.send(request);
				expect(await line.receive()).toEqual(REQUEST);
			}
			await line.send(REQUEST);
			expect(formatHex((await client.receive()) ?? new Uint8Array())).toBe(answer);
		}
		await line.close();
		expect(await line.receive()).toBeUndefined();
	});
});

describe('a paced line', () => {
	it('takes the time of its rate, both ways', async () => {
		const { timer, client, line } = lineOf((plain, clock) => pacedLine(plain, clock));
		await line.configure(eightN1(300));
		const meter = gather(line, timer);
		await client.send(REQUEST);
		await timer.pass(500);
		expect(meter.times).toEqual([expect.closeTo((5 * 10_000) / 300, 3)]);
		expect(meter.heard).toEqual([...REQUEST]);
		const us = gather(client, timer);
		await timer.run(line.send(ANSWER));
		expect(timer.nowMs()).toBeCloseTo(500 + (6 * 10_000) / 300, 3);
		expect(us.heard).toEqual([...ANSWER]);
		// One by one at this rate, as a slow line brings them.
		expect(us.times).toHaveLength(6);
	});

	it('takes less at a higher rate, in pieces', async () => {
		const { timer, client, line } = lineOf((plain, clock) => pacedLine(plain, clock));
		await line.configure(eightN1(115_200));
		const us = gather(client, timer);
		await timer.run(line.send(new Uint8Array(1000)));
		expect(timer.nowMs()).toBeCloseTo((1000 * 10_000) / 115_200, 3);
		expect(us.heard).toHaveLength(1000);
		expect(us.times.length).toBeLessThan(20);
	});

	it('ends with its stream', async () => {
		const { client, line } = lineOf((plain, clock) => pacedLine(plain, clock));
		await client.close();
		expect(await line.receive()).toBeUndefined();
		await line.close();
	});
});

describe('a line that heeds the rate of the other side', () => {
	it('carries what is sent at its own rate, and rubbish or nothing at another', async () => {
		let baud: number | undefined = 9600;
		const { timer, client, line } = lineOf((plain) => heedingLine(plain, () => baud));
		const [us, meter] = [gather(client, timer), gather(line, timer)];
		await client.send(REQUEST);
		await line.send(ANSWER);
		await timer.pass(1);
		expect([meter.heard, us.heard]).toEqual([[...REQUEST], [...ANSWER]]);
		baud = 300;
		await client.send(REQUEST);
		await line.send(ANSWER);
		await timer.pass(1);
		expect(meter.heard.slice(5)).not.toEqual([...REQUEST]);
		expect(us.heard.slice(6)).not.toEqual([...ANSWER]);
		await line.configure(eightN1(300));
		us.heard.length = 0;
		await line.send(ANSWER);
		await timer.pass(1);
		expect(us.heard).toEqual([...ANSWER]);
		baud = undefined;
		await client.send(REQUEST);
		await timer.pass(1);
		expect(meter.heard.slice(-5)).toEqual([...REQUEST]);
		await client.close();
		await meter.ended;
		await line.close();
	});
});

describe("a faulty probe, seen from the meter's end", () => {
	async function exchange(fault: ProbeFault, waitMs = 10) {
		const { timer, client, line } = lineOf((plain, clock) =>
			faultyLine(plain, fault, clock, seededChance(3)),
		);
		await line.configure(eightN1(9600));
		const [us, meter] = [gather(client, timer), gather(line, timer)];
		await client.send(REQUEST);
		await timer.pass(200);
		const echo = us.heard.splice(0);
		await line.send(ANSWER);
		await timer.pass(waitMs);
		const heard = us.heard.slice();
		await line.close();
		await meter.ended;
		return { echo, heard, meter: meter.heard };
	}

	it('echoes, is deaf on either side, sticks and loses', async () => {
		expect(await exchange({ echo: true })).toEqual({
			echo: [...REQUEST],
			heard: [...ANSWER],
			meter: [...REQUEST],
		});
		expect(await exchange({ weDeaf: true })).toMatchObject({ heard: [], meter: [...REQUEST] });
		expect(await exchange({ meterDeaf: true })).toMatchObject({ heard: [...ANSWER], meter: [] });
		expect(await exchange({ stuck: { bit: 3, value: 1 } })).toMatchObject({
			heard: [...ANSWER].map((octet) => octet | 8),
		});
		expect(await exchange({ dropEvery: 3 })).toMatchObject({ heard: [...asciiOctets('anwe')] });
		expect((await exchange({ preamble: 5 })).heard).toHaveLength(11);
	});

	it('makes noise while the line rests, and none once it is closed', async () => {
		const noisy = await exchange({ noiseMs: 50 }, 1000);
		expect(noisy.heard.length).toBeGreaterThan(ANSWER.length + 5);
		expect(String.fromCharCode(...noisy.heard)).toContain('answer');
	});
});
