import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { WrapperLink } from '#lib/core/dlms/wrapper/link.ts';
import { IncomingOctets } from '#lib/link/incoming-octets.ts';
import { memoryTransports } from '#lib/link/memory-transport.ts';
import { answerOn } from '#lib/link/meter-responder.ts';
import { messagesOf, SESSIONS } from '../core/dlms/sessions.ts';
import { Bench } from './meter-on-stream.ts';

/** A generator of whole numbers below a bound, the same at each run. */
function chance(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

describe('octets that wait', () => {
	it('come out as they came in, and hold the stream back', async () => {
		const flow: boolean[] = [];
		const incoming = new IncomingOctets(3, (flowing) => flow.push(flowing));
		incoming.push(Uint8Array.of(1, 2));
		incoming.push(Uint8Array.of(3, 4));
		expect(flow).toEqual([false]);
		expect(await incoming.take()).toEqual(Uint8Array.of(1, 2));
		expect(flow).toEqual([false, true]);
		incoming.end();
		incoming.push(Uint8Array.of(9));
		expect(await incoming.take()).toEqual(Uint8Array.of(3, 4));
		expect(await incoming.take()).toBeUndefined();
	});

	it('are for one reader', async () => {
		const incoming = new IncomingOctets(3);
		const first = incoming.take();
		expect(() => incoming.take()).toThrow(TypeError);
		incoming.end();
		expect(await first).toBeUndefined();
	});
});

describe('the responder', () => {
	it('ends with its stream', async () => {
		const bench = new Bench();
		await bench.stream('wrapper').close();
		await expect(Promise.all(bench.ended)).resolves.toEqual([undefined]);
	});

	it('keeps what must outlive it before it answers, and does not answer where it cannot', async () => {
		const bench = new Bench();
		const [ours, theirs] = memoryTransports();
		const endpoint = bench.device.endpoint(new WrapperLink({ role: 'meter' }));
		const ended = answerOn(theirs, endpoint, bench.timer, () => {
			throw new Error('the disk is full');
		});
		const request = messagesOf(SESSIONS[0] as (typeof SESSIONS)[number])[0];
		await ours.send(parseHex('000100100001001f'));
		await ours.send(request?.octets ?? new Uint8Array());
		await expect(ended).rejects.toThrow('the disk is full');
	});

	it('wakes the endpoint when its time has come', async () => {
		const bench = new Bench();
		const [ours, theirs] = memoryTransports();
		const endpoint = bench.device.endpoint(new WrapperLink({ role: 'meter' }));
		const wishes: number[] = [];
		const timer = {
			nowMs: () => bench.nowMs,
			wakeAt: (atMs: number, callBack: () => void) => {
				wishes.push(atMs - bench.nowMs);
				bench.nowMs = atMs;
				callBack();
				return () => undefined;
			},
		};
		const ended = answerOn(theirs, endpoint, timer);
		await ours.send(parseHex('0001'));
		await ours.close();
		await ended;
		expect(wishes).toEqual([5001]);
	});
});

describe('what comes from a stream', () => {
	it.each(['wrapper', 'hdlc'] as const)(
		'never ends the meter over %s, whatever it is',
		async (framing) => {
			const random = chance(11);
			const frames = SESSIONS.filter(({ transport }) => transport === framing).flatMap(
				({ steps }) => steps.filter(({ dir }) => dir === 'tx').map(({ bytes }) => parseHex(bytes)),
			);
			const bench = new Bench();
			const stream = bench.stream(framing);
			for (let round = 0; round < 5000; round += 1) {
				const octets = (frames[random(frames.length)] as Uint8Array).slice();
				const spoiled = random(4);
				for (let spot = 0; spot < spoiled; spot += 1) octets[random(octets.length)] = random(256);
				await stream.send(octets.subarray(0, 1 + random(octets.length)));
			}
			await stream.close();
			await expect(Promise.all(bench.ended)).resolves.toEqual([undefined]);
			const client = bench.client(16, framing);
			expect(await client.associate()).toMatchObject({ kind: 'associated' });
		},
	);
});
