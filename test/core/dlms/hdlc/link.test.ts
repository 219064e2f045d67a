import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { clientAddress, meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { decodeFrame, encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { HdlcLink, type HdlcLinkSettings } from '#lib/core/dlms/hdlc/link.ts';
import type { LinkEvent } from '#lib/core/dlms/message-link.ts';
import { type Faults, Line, NO_FAULTS, seeded } from '../line.ts';

const CLIENT = clientAddress(16);
const METER = meterAddress(1, 17);

function pair(client: Partial<HdlcLinkSettings> = {}, meter: Partial<HdlcLinkSettings> = {}) {
	return {
		client: new HdlcLink({ role: 'client', own: CLIENT, peer: METER, ...client }),
		meter: new HdlcLink({ role: 'meter', own: METER, ...meter }),
	};
}

/** A client that sends each message once the last was answered, and a meter that answers reversed. */
function exchange(
	messages: readonly Uint8Array[],
	links: ReturnType<typeof pair>,
	faults: Faults = NO_FAULTS,
	seed = 1,
) {
	const answers: string[] = [];
	const ends: string[] = [];
	const line: Line<LinkEvent, LinkEvent> = new Line(
		links.client,
		links.meter,
		(event) => {
			if (event.kind === 'message') answers.push(formatHex(event.octets));
			if (event.kind === 'disconnected') ends.push(event.reason);
			const next = messages[answers.length];
			if ((event.kind === 'connected' || event.kind === 'message') && next)
				links.client.send(next, line.nowMs);
		},
		(event) => {
			if (event.kind === 'message') links.meter.send(event.octets.toReversed(), line.nowMs);
		},
		faults,
		seed,
	);
	links.client.connect(0);
	const done = line.run(() => answers.length === messages.length || ends.length > 0);
	return { answers, ends, done, line };
}

const expected = (messages: readonly Uint8Array[]) =>
	messages.map((message) => formatHex(message.toReversed()));

/** Messages from one octet to several segments. */
function someMessages(count: number, seed: number): Uint8Array[] {
	const random = seeded(seed);
	return Array.from({ length: count }, () =>
		Uint8Array.from({ length: 1 + Math.floor(random() * 700) }, () => Math.floor(random() * 256)),
	);
}

describe('HDLC link', () => {
	it('gives up on a meter whose every answer comes too late', () => {
		const { client } = pair({ responseTimeoutMs: 1000 });
		const ua = encodeFrame({
			segmented: false,
			destination: CLIENT,
			source: METER,
			control: { type: 'UA', pollFinal: true },
			information: new Uint8Array(),
		});
		const ends: string[] = [];
		let asked = 0;
		client.connect(0);
		for (let nowMs = 1000; ends.length === 0 && asked < 100; nowMs += 1500) {
			asked += client.takeOutput().length;
			// SNRM was not answered in time; its UA comes after DISC has gone out.
			const late = [...client.wake(nowMs), ...client.receive(ua, nowMs + 400)];
			for (const event of late) if (event.kind === 'disconnected') ends.push(event.reason);
		}
		expect(ends).toEqual(['no-answer']);
		expect(asked).toBeLessThan(12);
	});

	it('listens to addresses of the lengths it was told, and to all of them where none were', () => {
		const addresses = [meterAddress(1), METER, meterAddress(1, 17, 4)];
		for (const addressLengths of [undefined, [1], [2], [4], [1, 4]] as const)
			for (const peer of addresses) {
				const links = pair({ peer, retries: 0 }, addressLengths ? { addressLengths } : {});
				const { ends, done } = exchange([Uint8Array.of(1)], links);
				const heard = addressLengths === undefined || addressLengths.some((n) => n === peer.length);
				expect([done, ends]).toEqual([true, heard ? [] : ['no-answer']]);
			}
	});

	it('connects, agrees on the least of both and names the peers', () => {
		const links = pair(
			{ parameters: { infoTransmit: 512, infoReceive: 200, windowTransmit: 7, windowReceive: 3 } },
			{ parameters: { infoTransmit: 256, infoReceive: 300, windowTransmit: 2, windowReceive: 5 } },
		);
		links.client.connect(0);
		const [snrm] = links.client.takeOutput() as [Uint8Array];
		expect(links.meter.receive(snrm, 1)).toMatchObject([
			{ kind: 'connected', peers: { client: 16, device: 1 } },
		]);
		const [ua] = links.meter.takeOutput() as [Uint8Array];
		expect(links.client.receive(ua, 2)).toEqual([
			{
				kind: 'connected',
				peers: { client: 16, device: 1 },
				parameters: { infoTransmit: 300, infoReceive: 200, windowTransmit: 5, windowReceive: 2 },
			},
		]);
		expect(links.meter.parameters).toEqual({
			infoTransmit: 200,
			infoReceive: 300,
			windowTransmit: 2,
			windowReceive: 5,
		});
	});

	it.each([1, 2, 3, 7])('carries long messages both ways with a window of %i', (window) => {
		const parameters = {
			infoTransmit: 64,
			infoReceive: 64,
			windowTransmit: window,
			windowReceive: window,
		};
		const messages = someMessages(20, window);
		const { answers, line } = exchange(messages, pair({ parameters }, { parameters }));
		expect(answers).toEqual(expected(messages));
		expect(line.nowMs).toBeLessThan(3000);
	});

	it.each([
		['drops', { ...NO_FAULTS, drop: 0.1 }],
		['splits', { ...NO_FAULTS, split: 0.5 }],
		['repeats', { ...NO_FAULTS, repeat: 0.3 }],
		['delays', { ...NO_FAULTS, delay: 0.1 }],
		['flips', { ...NO_FAULTS, flip: 0.1 }],
		['does all of it', { drop: 0.03, split: 0.1, repeat: 0.05, delay: 0.03, flip: 0.03 }],
	])('is right or says why on a line that %s', (_, faults) => {
		for (let seed = 1; seed <= 40; seed += 1) {
			const window = 1 + (seed % 7);
			const parameters = {
				infoTransmit: 64,
				infoReceive: 64,
				windowTransmit: window,
				windowReceive: window,
			};
			const messages = someMessages(10, seed);
			const { answers, ends, done } = exchange(
				messages,
				pair({ parameters, retries: 6 }, { parameters }),
				faults,
				seed,
			);
			expect(done, `seed ${seed} came to an end`).toBe(true);
			expect(answers).toEqual(expected(messages).slice(0, answers.length));
			if (answers.length < messages.length)
				expect(['no-answer', 'lost', 'frame-rejected']).toContain(ends[0]);
		}
	});

	it('keeps going through a line that only splits, repeats and echoes', () => {
		const links = pair();
		const echoing = {
			...links,
			client: Object.assign(links.client, {}),
		};
		const take = links.client.takeOutput.bind(links.client);
		const heard: Uint8Array[] = [];
		links.client.takeOutput = () => {
			const output = take();
			heard.push(...output);
			return output;
		};
		const receive = links.client.receive.bind(links.client);
		links.client.receive = (octets, nowMs) => {
			// A two-wire head gives back what was sent before it gives the answer.
			const events = heard.splice(0).flatMap((own) => receive(own, nowMs));
			return [...events, ...receive(octets, nowMs)];
		};
		const messages = someMessages(10, 3);
		expect(exchange(messages, echoing).answers).toEqual(expected(messages));
		expect(links.client.counters.echoes).toBeGreaterThan(10);
	});

	it('knows its echo even where both ends have the same address', () => {
		const same = meterAddress(1);
		const client = new HdlcLink({ role: 'client', own: clientAddress(1), peer: same });
		client.connect(0);
		const [snrm] = client.takeOutput() as [Uint8Array];
		expect(client.receive(snrm, 1)).toEqual([]);
		expect(client.counters.echoes).toBe(1);
		const ua = encodeFrame({
			...decodeFrame(snrm),
			control: { type: 'UA', pollFinal: true },
			information: new Uint8Array(),
		});
		expect(client.receive(ua, 2)).toMatchObject([{ kind: 'connected' }]);
		client.send(Uint8Array.of(0xc0), 3);
		const [request] = client.takeOutput() as [Uint8Array];
		expect(client.receive(request, 4)).toEqual([]);
		expect(client.counters.echoes).toBe(2);
	});

	it('asks again on time-out, clears an old session with DISC, and gives up by name', () => {
		const { client } = pair({ responseTimeoutMs: 1000, retries: 2 });
		client.connect(0);
		const sent: string[] = [];
		const events: LinkEvent[] = [];
		for (let nowMs = 0; nowMs < 20_000 && events.length === 0; nowMs = client.wakeAtMs ?? 99_999) {
			events.push(...client.wake(nowMs));
			sent.push(...client.takeOutput().map((frame) => decodeFrame(frame).control.type));
		}
		expect(sent).toEqual(['SNRM', 'DISC', 'SNRM', 'DISC', 'SNRM', 'DISC']);
		expect(events).toEqual([{ kind: 'disconnected', reason: 'no-answer' }]);
		expect(client.wakeAtMs).toBeUndefined();
	});

	it('connects to a meter that takes SNRM only after DISC', () => {
		const { client, meter } = pair();
		client.connect(0);
		client.takeOutput();
		client.wake(3000);
		const [disc] = client.takeOutput() as [Uint8Array];
		meter.receive(disc, 3001);
		const [dm] = meter.takeOutput() as [Uint8Array];
		expect(decodeFrame(dm).control.type).toBe('DM');
		client.receive(dm, 3002);
		meter.receive((client.takeOutput() as [Uint8Array])[0], 3003);
		expect(client.receive((meter.takeOutput() as [Uint8Array])[0], 3004)).toMatchObject([
			{ kind: 'connected' },
		]);
	});

	it('answers as a meter without a connection, and ends as asked', () => {
		const { client, meter } = pair();
		expect(exchange([Uint8Array.of(1)], { client, meter }).answers).toEqual(['01']);
		client.disconnect(100);
		const [disc] = client.takeOutput() as [Uint8Array];
		expect(meter.receive(disc, 101)).toEqual([{ kind: 'disconnected', reason: 'peer-released' }]);
		expect(client.receive((meter.takeOutput() as [Uint8Array])[0], 102)).toEqual([
			{ kind: 'disconnected', reason: 'released' },
		]);
		meter.receive(disc, 103);
		expect(decodeFrame((meter.takeOutput() as [Uint8Array])[0]).control.type).toBe('DM');
	});

	it('forgets a silent client, and rejects information longer than agreed', () => {
		const { client, meter } = pair({}, { inactivityTimeoutMs: 5000 });
		client.connect(0);
		meter.receive((client.takeOutput() as [Uint8Array])[0], 0);
		meter.takeOutput();
		const long = encodeFrame({
			segmented: false,
			destination: METER,
			source: CLIENT,
			control: { type: 'I', pollFinal: true, sendNumber: 0, receiveNumber: 0 },
			information: new Uint8Array(129),
		});
		expect(meter.receive(long, 10)).toEqual([]);
		const frmr = decodeFrame((meter.takeOutput() as [Uint8Array])[0]);
		expect([frmr.control.type, formatHex(frmr.information)]).toEqual(['FRMR', '100020']);
		expect(meter.wake(5011)).toEqual([{ kind: 'disconnected', reason: 'inactive' }]);
	});

	it('reads the captured session of a third-party client with short frames', () => {
		const meter = new HdlcLink({ role: 'meter', own: meterAddress(1) });
		meter.receive(parseHex('7ea0070321930f017e'), 0);
		expect(formatHex((meter.takeOutput() as [Uint8Array])[0])).toBe(
			'7ea01e210373c37a818012050180060180070400000001080400000001533b7e',
		);
		const events = meter.receive(
			parseHex(
				'7ea02b032110fbafe6e600601da109060760857405080101be10040e01000000065f1f0400401e5dffff91237e',
			),
			1,
		);
		expect(events).toMatchObject([{ kind: 'message', peers: { client: 16, device: 1 } }]);
		meter.send(
			parseHex(
				'6129a109060760857405080101a203020100a305a103020100be10040e0800065f1f0400001e1d04000007',
			),
			2,
		);
		expect(formatHex((meter.takeOutput() as [Uint8Array])[0])).toBe(
			'7ea0372103306c7ce6e7006129a109060760857405080101a203020100a305a103020100be10040e0800065f1f0400001e1d04000007e0a67e',
		);
	});

	it('ignores what is for others', () => {
		const { meter } = pair({}, { devices: [1] });
		for (const destination of [meterAddress(2, 17), meterAddress(1, 18)])
			meter.receive(
				encodeFrame({
					segmented: false,
					destination,
					source: CLIENT,
					control: { type: 'SNRM', pollFinal: true },
					information: new Uint8Array(),
				}),
				0,
			);
		expect(meter.takeOutput()).toEqual([]);
		expect(() => new HdlcLink({ role: 'client', own: CLIENT })).toThrow(TypeError);
		expect(() => meter.send(Uint8Array.of(1), 0)).toThrow(TypeError);
	});

	it('passes notifications up', () => {
		const { client } = pair();
		const push = encodeFrame({
			segmented: false,
			destination: CLIENT,
			source: METER,
			control: { type: 'UI', pollFinal: false },
			information: parseHex('e6e7000f00'),
		});
		expect(client.receive(push, 0)).toEqual([{ kind: 'notification', octets: parseHex('0f00') }]);
	});
});
