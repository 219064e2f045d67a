import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import { eightN1, type Line, sevenE1 } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { seededChance } from '#lib/link/seeded-chance.ts';
import { SimulatedLine, type SimulatedLineSettings } from '#lib/link/simulated-line.ts';
import { VirtualTimer } from './virtual-timer.ts';

const REQUEST = asciiOctets('/?!\r\n');

function lineOf(settings: Partial<SimulatedLineSettings> = {}) {
	const timer = new VirtualTimer();
	return { timer, line: new SimulatedLine({ timer, ...settings }) };
}

/** Everything that comes within `ms`, and when the last of it came. */
function listen(line: Line, timer: VirtualTimer) {
	const heard: number[] = [];
	const times: number[] = [];
	const loop = async (): Promise<void> => {
		for (;;) {
			const octets = await line.receive();
			if (!octets) return;
			heard.push(...octets);
			times.push(timer.nowMs());
		}
	};
	const ended = loop();
	// Whoever wants to know how it ended looks at `ended`.
	ended.catch(() => undefined);
	return { heard, times, ended };
}

describe('a simulated line', () => {
	it('takes ten bits of time for each octet, in both directions', async () => {
		const { timer, line } = lineOf();
		const ours = await line.port.open(sevenE1(300));
		await line.meterEnd.configure(sevenE1(300));
		const meter = listen(line.meterEnd, timer);
		await timer.run(ours.send(REQUEST));
		await timer.pass(1000);
		expect(meter.heard).toEqual([...REQUEST]);
		expect(meter.times.at(-1)).toBeCloseTo((5 * 10_000) / 300, 3);
		const us = listen(ours, timer);
		const fromMs = timer.nowMs();
		await line.meterEnd.send(REQUEST);
		await timer.pass(1000);
		expect(us.heard).toEqual([...REQUEST]);
		expect((us.times.at(-1) ?? 0) - fromMs).toBeCloseTo((5 * 10_000) / 300, 3);
	});

	it('is there at once without pace', async () => {
		const { timer, line } = lineOf({ pace: false });
		const ours = await line.port.open(eightN1(9600));
		const meter = listen(line.meterEnd, timer);
		await ours.send(REQUEST);
		expect(meter.heard).toEqual([...REQUEST]);
		expect(timer.nowMs()).toBe(0);
	});

	it('shows the parity of 7E1 on a port of 8N1, and other octets at another rate', async () => {
		for (const pace of [true, false]) {
			const { timer, line } = lineOf({ pace });
			const ours = await line.port.open(eightN1(300));
			await line.meterEnd.configure(sevenE1(300));
			const us = listen(ours, timer);
			await line.meterEnd.send(REQUEST);
			await timer.pass(1000);
			expect(us.heard).toEqual([...parseHex('af3f218d0a')]);
			await line.meterEnd.configure(sevenE1(2400));
			us.heard.length = 0;
			await line.meterEnd.send(REQUEST);
			await timer.pass(1000);
			expect(us.heard).not.toEqual([...parseHex('af3f218d0a')]);
		}
	});

	it('loses or hands over what is flawed, and counts what it loses', async () => {
		for (const flawed of ['lost', 'handed-over'] as const) {
			const { timer, line } = lineOf({ flawed });
			const ours = await line.port.open({ baud: 300, dataBits: 7, parity: 'odd' });
			await line.meterEnd.configure(sevenE1(300));
			const us = listen(ours, timer);
			await line.meterEnd.send(REQUEST);
			await timer.pass(1000);
			expect(us.heard).toEqual(flawed === 'lost' ? [] : [...REQUEST]);
			expect(ours.disturbances?.parity).toBe(flawed === 'lost' ? 5 : 0);
		}
	});

	it('sets a port anew only when everything has left, and is deaf meanwhile', async () => {
		const { timer, line } = lineOf({ reopenMs: 100 });
		await line.meterEnd.configure(eightN1(300));
		const ours = await line.port.open(eightN1(300));
		const meter = listen(line.meterEnd, timer);
		const us = listen(ours, timer);
		await ours.send(REQUEST);
		// Of these, the first comes in before the port is closed, the second while it is.
		await line.meterEnd.send(Uint8Array.of(0x31));
		const done = ours.configure(eightN1(300));
		timer.wakeAt(180, () => void line.meterEnd.send(Uint8Array.of(0x32)));
		timer.wakeAt(300, () => void line.meterEnd.send(Uint8Array.of(0x33)));
		await timer.run(done);
		expect(timer.nowMs()).toBeCloseTo((5 * 10_000) / 300 + 100, 3);
		await timer.pass(1000);
		expect(meter.heard).toEqual([...REQUEST]);
		expect(us.heard).toEqual([0x31, 0x33]);
	});

	it('drops what waits when it is set anew; the meter keeps it', async () => {
		const { timer, line } = lineOf({ pace: false });
		const ours = await line.port.open(eightN1(9600));
		await ours.send(REQUEST);
		await line.meterEnd.send(REQUEST);
		await timer.run(
			Promise.all([ours.configure(eightN1(9600)), line.meterEnd.configure(eightN1(9600))]),
		);
		const [us, meter] = [listen(ours, timer), listen(line.meterEnd, timer)];
		await timer.pass(10);
		expect(us.heard).toEqual([]);
		expect(meter.heard).toEqual([...REQUEST]);
	});

	it('makes whoever sends too much wait', async () => {
		const { timer, line } = lineOf();
		const ours = await line.port.open(eightN1(9600));
		await ours.send(new Uint8Array(4096));
		expect(timer.nowMs()).toBe(0);
		await timer.run(ours.send(new Uint8Array(960)));
		expect(timer.nowMs()).toBeCloseTo(1000, 3);
	});

	it('can be opened once at a time, and again when it was closed', async () => {
		const { timer, line } = lineOf();
		const ours = await line.port.open(eightN1(9600));
		await expect(line.port.open(eightN1(9600))).rejects.toMatchObject({ kind: 'port-busy' });
		await ours.send(REQUEST);
		const meter = listen(line.meterEnd, timer);
		await timer.run(ours.close());
		await timer.pass(1);
		expect(meter.heard).toEqual([...REQUEST]);
		expect(await ours.receive()).toBeUndefined();
		await ours.send(REQUEST);
		await ours.close();
		const again = await line.port.open(eightN1(9600));
		const us = listen(again, timer);
		await line.meterEnd.send(REQUEST);
		await timer.pass(100);
		expect(us.heard).toEqual([...REQUEST]);
	});

	it('tells whoever receives and whoever sends that the cable was pulled', async () => {
		const { timer, line } = lineOf();
		const ours = await line.port.open(eightN1(300));
		await line.meterEnd.configure(eightN1(300));
		const us = listen(ours, timer);
		const meter = listen(line.meterEnd, timer);
		await ours.send(REQUEST);
		timer.wakeAt(101, () => line.pull());
		await timer.pass(1000);
		await expect(us.ended).rejects.toEqual(new LinkFault('unplugged'));
		await expect(ours.send(REQUEST)).rejects.toMatchObject({ kind: 'unplugged' });
		await expect(ours.configure(eightN1(300))).rejects.toMatchObject({ kind: 'unplugged' });
		expect(await ours.receive()).toBeUndefined();
		await ours.close();
		expect(meter.heard).toEqual([...REQUEST.subarray(0, 3)]);
		await expect(line.port.open(eightN1(300))).rejects.toMatchObject({ kind: 'unplugged' });
		line.plugIn();
		await expect(line.port.open(eightN1(300))).resolves.toBeDefined();
	});
});

describe('a faulty probe', () => {
	async function exchange(settings: Partial<SimulatedLineSettings>, waitMs = 200) {
		const { timer, line } = lineOf({ chance: seededChance(5), ...settings });
		const ours = await line.port.open(eightN1(9600));
		const [us, meter] = [listen(ours, timer), listen(line.meterEnd, timer)];
		await ours.send(REQUEST);
		await timer.pass(50);
		const echo = us.heard.splice(0);
		await line.meterEnd.send(asciiOctets('answer'));
		await timer.pass(waitMs);
		await timer.run(ours.close());
		return { echo, heard: us.heard, meter: meter.heard };
	}
	const ANSWER = [...asciiOctets('answer')];

	it('gives back what was sent, at the time it leaves', async () => {
		expect(await exchange({ fault: { echo: true } })).toEqual({
			echo: [...REQUEST],
			heard: ANSWER,
			meter: [...REQUEST],
		});
	});

	it('is deaf on one side, on the other, on both', async () => {
		expect(await exchange({ fault: { weDeaf: true } })).toMatchObject({
			heard: [],
			meter: [...REQUEST],
		});
		expect(await exchange({ fault: { meterDeaf: true } })).toMatchObject({
			heard: ANSWER,
			meter: [],
		});
	});

	it('sticks in one bit, and loses each nth octet', async () => {
		const stuck = await exchange({ fault: { stuck: { bit: 3, value: 1 } } });
		expect(stuck.heard).toEqual(ANSWER.map((octet) => octet | 8));
		const low = await exchange({ fault: { stuck: { bit: 0, value: 0 } } });
		expect(low.heard).toEqual(ANSWER.map((octet) => octet & 0xfe));
		const lost = await exchange({ fault: { dropEvery: 3 } });
		expect(String.fromCharCode(...lost.heard)).toBe('anwe');
	});

	it('puts rubbish before what the meter says, once for each silence', async () => {
		const { timer, line } = lineOf({ fault: { preamble: 5 }, chance: seededChance(5) });
		const ours = await line.port.open(eightN1(9600));
		const us = listen(ours, timer);
		await line.meterEnd.send(concatBytes(REQUEST, REQUEST));
		await timer.pass(300);
		expect(us.heard).toHaveLength(15);
		expect(us.heard.slice(5)).toEqual([...REQUEST, ...REQUEST]);
		await line.meterEnd.send(REQUEST);
		await timer.pass(300);
		expect(us.heard).toHaveLength(25);
	});

	it('makes noise between messages, never within one, and the same for the same chance', async () => {
		const noisy = await exchange({ fault: { noiseMs: 250 } }, 2000);
		expect(noisy.heard.length).toBeGreaterThan(ANSWER.length + 7);
		expect(String.fromCharCode(...noisy.heard)).toContain('answer');
		expect(noisy.meter).toEqual([...REQUEST]);
		expect(await exchange({ fault: { noiseMs: 250 } }, 2000)).toEqual(noisy);
	});
});
