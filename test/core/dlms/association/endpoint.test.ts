import { describe, expect, it } from 'vitest';
import {
	ClientEndpoint,
	type ClientEndpointEvent,
} from '#lib/core/dlms/association/client-endpoint.ts';
import {
	MeterEndpoint,
	type MeterEndpointEvent,
} from '#lib/core/dlms/association/meter-endpoint.ts';
import { conformance, FULL_CONFORMANCE } from '#lib/core/dlms/apdu/conformance.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import { clientAddress, meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { HdlcLink } from '#lib/core/dlms/hdlc/link.ts';
import type { MessageLink } from '#lib/core/dlms/message-link.ts';
import { encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { FrameSplitter } from '#lib/core/dlms/hdlc/splitter.ts';
import { ClientAssociation } from '#lib/core/dlms/association/client.ts';
import type { ClientAssociationSettings } from '#lib/core/dlms/association/client-settings.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { decodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import { decodeWrapper, encodeWrapper } from '#lib/core/dlms/wrapper/header.ts';
import { WrapperLink } from '#lib/core/dlms/wrapper/link.ts';
import { type Faults, Line, NO_FAULTS } from '../line.ts';
import {
	CLIENT_TITLE,
	clientOf,
	clientSettings,
	ENTER,
	memoryApplication,
	METER_TITLE,
	meterSettings,
	NOTE,
	PLAIN,
	PROFILE,
	profileRows,
	REGISTER,
	type Way,
} from '../test-meter.ts';

const SECURE: Way = { mechanism: 'high-gmac', protection: 'authenticated-encrypted' };

function hdlc(window = 1, info = 128): { client: MessageLink; meter: MessageLink } {
	const parameters = {
		infoTransmit: info,
		infoReceive: info,
		windowTransmit: window,
		windowReceive: window,
	};
	const meter = meterAddress(1, 17);
	return {
		client: new HdlcLink({
			role: 'client',
			own: clientAddress(16),
			peer: meter,
			parameters,
			retries: 8,
		}),
		meter: new HdlcLink({ role: 'meter', own: meter, parameters }),
	};
}

const wrapper = (): { client: MessageLink; meter: MessageLink } => ({
	client: new WrapperLink({ role: 'client', client: 16, device: 1 }),
	meter: new WrapperLink({ role: 'meter' }),
});

/** The wishes of a run, over and over, and what each must be answered. */
const ROUND: [Wish, unknown][] = [
	[
		{ kind: 'get', target: REGISTER },
		{ kind: 'get', result: { data: build.doubleLongUnsigned(1_234_567) } },
	],
	[
		{ kind: 'set', target: NOTE, data: build.octetString(new Uint8Array(300).fill(3)) },
		{ kind: 'set', result: 0 },
	],
	[
		{ kind: 'get', target: NOTE },
		{ kind: 'get', result: { data: build.octetString(new Uint8Array(300).fill(3)) } },
	],
	[
		{ kind: 'get', target: { ...REGISTER, attribute: 7 } },
		{ kind: 'get', result: { error: 3 } },
	],
	[
		{
			kind: 'action',
			target: ENTER,
			parameter: build.octetString(build.asciiOctets('12345678901234567890')),
		},
		{
			kind: 'action',
			outcome: {
				result: 0,
				returned: {
					data: build.structure(
						build.enumerated(3),
						build.octetString(build.asciiOctets('12345678901234567890')),
					),
				},
			},
		},
	],
];

/** Asks `count` wishes, connecting again whenever the link ends; what went right and what failed how. */
function run(
	count: number,
	links: () => { client: MessageLink; meter: MessageLink },
	way: Way,
	faults: Faults = NO_FAULTS,
	seed = 1,
) {
	const application = memoryApplication();
	const failures: string[] = [];
	let done = 0;
	let wrong = 0;
	let connections = 0;
	while (done < count && connections < count + 50) {
		connections += 1;
		const ends = links();
		const client = new ClientEndpoint(ends.client, clientOf(way));
		const meter = new MeterEndpoint(ends.meter, meterSettings(way, application));
		let closed = false;
		const next = (line: Line<ClientEndpointEvent, MeterEndpointEvent>) => {
			if (done < count)
				client.request((ROUND[done % ROUND.length] as [Wish, unknown])[0], line.nowMs);
		};
		const line: Line<ClientEndpointEvent, MeterEndpointEvent> = new Line(
			client,
			meter,
			(event) => {
				if (event.kind === 'answer') {
					const [, expected] = ROUND[done % ROUND.length] as [Wish, unknown];
					if (JSON.stringify(event.answer) !== JSON.stringify(expected)) wrong += 1;
					done += 1;
				}
				if (event.kind === 'failed') failures.push(event.failure.why);
				if (event.kind === 'failed' || event.kind === 'refused' || event.kind === 'closed')
					closed = true;
				else next(line);
			},
			() => undefined,
			faults,
			seed + connections,
		);
		client.connect(0);
		if (!line.run(() => closed || done === count, 3_600_000)) failures.push('stuck');
	}
	return { done, wrong, failures, connections, application };
}

describe('client and meter over memory', () => {
	it.each([
		['HDLC', () => hdlc()],
		['HDLC with windows', () => hdlc(7, 64)],
		['the wrapper', wrapper],
	] as const)('are right in every exchange over %s', (_, links) => {
		for (const way of [PLAIN, SECURE]) {
			const count = way === PLAIN ? 2000 : 100;
			expect(run(count, links, way)).toMatchObject({
				done: count,
				wrong: 0,
				failures: [],
				connections: 1,
			});
		}
	});

	it('release what they opened', () => {
		for (const links of [hdlc(), wrapper()]) {
			const client = new ClientEndpoint(links.client, clientOf(PLAIN));
			const meter = new MeterEndpoint(links.meter, meterSettings(PLAIN));
			const seen: string[] = [];
			const line: Line<ClientEndpointEvent, MeterEndpointEvent> = new Line(
				client,
				meter,
				(event) => {
					seen.push(event.kind);
					if (event.kind === 'associated') client.release(line.nowMs);
				},
				() => undefined,
			);
			client.connect(0);
			line.run(() => seen.includes('closed'));
			expect(seen).toEqual(['associated', 'released', 'closed']);
		}
	});

	it('keep two clients of one wrapper stream apart, even in one lump', () => {
		const meter = new MeterEndpoint(new WrapperLink({ role: 'meter' }), meterSettings(PLAIN));
		const [mine] = clientOf(PLAIN).associate() as [{ kind: 'send'; octets: Uint8Array }];
		const lump = [16, 32].map((source) =>
			encodeWrapper({ source, destination: 1, apdu: mine.octets }),
		);
		meter.receive(concatBytes(...lump), 0);
		const answers = meter.takeOutput().map(decodeWrapper);
		expect(answers.map(({ destination }) => destination)).toEqual([16, 32]);
		expect(answers.map(({ apdu }) => decodeApdu(apdu))).toMatchObject([
			{ result: 0 },
			{ result: 1 },
		]);
	});

	it('carry a long profile in general blocks that stream', () => {
		const agreed = FULL_CONFORMANCE & ~conformance('block-transfer-with-get');
		const way: Way = { ...SECURE, conformance: agreed, generalWindow: 5, clientMaxPdu: 200 };
		for (const links of [hdlc(3), wrapper()]) {
			const client = new ClientEndpoint(links.client, clientOf(way));
			const meter = new MeterEndpoint(links.meter, meterSettings(way, memoryApplication(500)));
			const seen: ClientEndpointEvent[] = [];
			const line: Line<ClientEndpointEvent, MeterEndpointEvent> = new Line(
				client,
				meter,
				(event) => {
					seen.push(event);
					if (event.kind === 'associated')
						client.request({ kind: 'get', target: PROFILE }, line.nowMs);
				},
				() => undefined,
			);
			client.connect(0);
			expect(line.run(() => seen.length === 2)).toBe(true);
			expect(seen[1]).toMatchObject({
				kind: 'answer',
				answer: { result: { data: profileRows(500) } },
			});
		}
	});

	it('say that the outcome is not known when the line goes dead after a request', () => {
		const links = hdlc();
		const client = new ClientEndpoint(links.client, clientOf(PLAIN));
		const meter = new MeterEndpoint(links.meter, meterSettings(PLAIN));
		const seen: ClientEndpointEvent[] = [];
		const line: Line<ClientEndpointEvent, MeterEndpointEvent> = new Line(
			client,
			meter,
			(event) => seen.push(event),
			() => undefined,
		);
		client.connect(0);
		line.run(() => seen.length === 1);
		client.request(
			{ kind: 'action', target: ENTER, parameter: build.octetString(new Uint8Array(20)) },
			line.nowMs,
		);
		client.takeOutput();
		for (let at = client.wakeAtMs; at !== undefined; at = client.wakeAtMs)
			seen.push(...client.wake(at));
		expect(seen.slice(1)).toEqual([
			{ kind: 'failed', failure: { why: 'link', reason: 'no-answer' } },
			{ kind: 'closed', reason: 'no-answer' },
		]);
	});
});

/** An HDLC client and meter that are associated, and what the client has seen since. */
function associatedPair(more: Partial<ClientAssociationSettings> = {}, way: Way = PLAIN) {
	const links = hdlc();
	const application = memoryApplication();
	const association = new ClientAssociation({ ...clientSettings(way), ...more });
	const client = new ClientEndpoint(links.client, association);
	const meter = new MeterEndpoint(links.meter, meterSettings(way, application));
	const seen: ClientEndpointEvent[] = [];
	const line: Line<ClientEndpointEvent, MeterEndpointEvent> = new Line(
		client,
		meter,
		(event) => seen.push(event),
		() => undefined,
	);
	client.connect(0);
	line.run(() => seen.length > 0);
	return { client, meter, line, seen, application, link: links.client as HdlcLink };
}

describe('octets that end a connection with the question before', () => {
	const address = { destination: meterAddress(1, 17), source: clientAddress(16) };
	const frame = (type: 'DISC' | 'SNRM') =>
		encodeFrame({
			...address,
			segmented: false,
			control: { type, pollFinal: true },
			information: new Uint8Array(),
		});

	it.each(['DISC', 'SNRM'] as const)('are no question of the next connection (%s)', (type) => {
		const { client, meter, application, line } = associatedPair();
		client.request(
			{ kind: 'action', target: ENTER, parameter: build.octetString(new Uint8Array(20)) },
			line.nowMs,
		);
		meter.receive(concatBytes(...client.takeOutput(), frame(type)), line.nowMs);
		const answers = new FrameSplitter().push(concatBytes(...meter.takeOutput()));
		expect(answers.map(({ control }) => control.type)).toEqual(['UA']);
		expect(application.entered).toHaveLength(1);
	});

	it('leave a client nothing to send', () => {
		const { client, meter, line } = associatedPair({ maxPdu: 64 });
		client.request({ kind: 'get', target: PROFILE }, line.nowMs);
		meter.receive(concatBytes(...client.takeOutput()), line.nowMs);
		const gone = encodeFrame({
			segmented: false,
			destination: address.source,
			source: address.destination,
			control: { type: 'DM', pollFinal: true },
			information: new Uint8Array(),
		});
		const events = client.receive(concatBytes(...meter.takeOutput(), gone), line.nowMs);
		expect(events).toEqual([
			{ kind: 'failed', failure: { why: 'link', reason: 'lost' } },
			{ kind: 'closed', reason: 'lost' },
		]);
		expect(client.takeOutput()).toEqual([]);
	});
});

describe('a client', () => {
	it('lets an idle meter hear it, and is none the wiser', () => {
		const { client, line, seen } = associatedPair();
		client.keepAlive(line.nowMs);
		const before = line.sent.b.frames;
		line.run(() => line.sent.b.frames > before);
		line.run(() => false, 10);
		expect(seen).toHaveLength(1);
		client.request({ kind: 'get', target: REGISTER }, line.nowMs);
		line.run(() => seen.length === 2);
		expect(seen[1]).toMatchObject({ kind: 'answer' });
	});

	it('does not keep alive what waits for an answer', () => {
		const { client, line } = associatedPair();
		client.request({ kind: 'get', target: REGISTER }, line.nowMs);
		client.takeOutput();
		client.keepAlive(line.nowMs);
		expect(client.takeOutput()).toEqual([]);
	});

	it('leaves a meter that does not let itself be released', () => {
		const { client, line, seen } = associatedPair();
		client.release(line.nowMs);
		client.takeOutput();
		client.disconnect(line.nowMs);
		line.run(() => seen.length === 2);
		expect(seen[1]).toEqual({ kind: 'closed', reason: 'released' });
	});

	it('proves itself to the meter it expects and to no other one', () => {
		const way: Way = { mechanism: 'high-gmac', protection: 'authenticated-encrypted' };
		expect(associatedPair({ expectedTitle: METER_TITLE }, way).seen).toMatchObject([
			{ kind: 'associated' },
		]);
		const other = associatedPair({ expectedTitle: CLIENT_TITLE }, way);
		expect(other.seen).toEqual([{ kind: 'failed', failure: { why: 'other-meter' } }]);
		expect(other.client.takeOutput()).toEqual([]);
		expect(associatedPair({ expectedTitle: METER_TITLE }).seen).toEqual([
			{ kind: 'failed', failure: { why: 'other-meter' } },
		]);
	});
});

describe('client and meter over a faulty line', () => {
	const FAULTS: Faults = { drop: 0.02, split: 0.1, repeat: 0.03, delay: 0.02, flip: 0.02 };

	it('are right or fail by name in ten thousand exchanges over HDLC', () => {
		const { done, wrong, failures, application } = run(10_000, () => hdlc(3), PLAIN, FAULTS, 7);
		expect([done, wrong]).toEqual([10_000, 0]);
		expect(failures.filter((why) => why !== 'link')).toEqual([]);
		expect(failures.length).toBeLessThan(300);
		// A token asked once is entered once for each time it was asked, never more: 2,000 and the unanswered.
		expect(application.entered.length).toBeGreaterThanOrEqual(2000);
		expect(application.entered.length).toBeLessThanOrEqual(2000 + failures.length);
	}, 120_000);

	it('are right or fail by name when ciphered', () => {
		const { done, wrong, failures } = run(300, () => hdlc(2), SECURE, FAULTS, 11);
		expect([done, wrong]).toEqual([300, 0]);
		expect(failures.filter((why) => !['link', 'exception', 'not-secure'].includes(why))).toEqual(
			[],
		);
	}, 60_000);

	it('are right or fail by name over a wrapper whose stream is cut and delayed', () => {
		const { done, wrong, failures } = run(
			500,
			wrapper,
			PLAIN,
			{ ...NO_FAULTS, split: 0.3, delay: 0.1, drop: 0.02 },
			5,
		);
		expect([done, wrong]).toEqual([500, 0]);
		expect(failures.filter((why) => why !== 'link')).toEqual([]);
	});
});
