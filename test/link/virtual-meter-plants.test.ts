/** Faults planted into the meter's security and its answers, over a stream; and the meter without them. */
import { describe, expect, it } from 'vitest';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { encodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import { asciiOctets, octetString } from '#lib/core/dlms/axdr/build.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { encodeWrapper } from '#lib/core/dlms/wrapper/header.ts';
import type { PlantName } from '#lib/core/meter/plants.ts';
import { systemTitleOf } from '#lib/core/meter/cosem/identity-objects.ts';
import type { Transport } from '#lib/link/transport.ts';
import { creditToken, MADE_TID } from '../core/meter/bench-meter.ts';
import { Bench } from './meter-on-stream.ts';
import { associationOf, linkOfClient, setupOf, TestClient } from './test-client.ts';

const ENTER = { classId: 115, logicalName: obis('0.0.19.40.0'), method: 1 };
const TOKEN = creditToken(30, MADE_TID + 60);

const benchWith = (...plants: PlantName[]): Bench => new Bench({}, undefined, plants);

/** A stream that remembers what the client sent last. */
function tapped(stream: Transport) {
	let sent: Uint8Array = new Uint8Array();
	const transport: Transport = {
		receive: () => stream.receive(),
		send: (octets) => {
			sent = octets;
			return stream.send(octets);
		},
		close: () => stream.close(),
	};
	return { transport, lastSent: () => sent };
}

const clientOn = (transport: Transport, sap: number, wrong = {}): TestClient =>
	new TestClient(transport, linkOfClient('wrapper', sap), associationOf(setupOf(sap), wrong));

const enterBy = (client: TestClient) =>
	client.ask({ kind: 'action', target: ENTER, parameter: octetString(asciiOctets(TOKEN)) });

/** The APDU that comes back for one sent as it is, in hex. */
async function raw(stream: Transport, sap: number, apdu: Uint8Array): Promise<string> {
	await stream.send(encodeWrapper({ source: sap, destination: 1, apdu }));
	return formatHex((await stream.receive())?.subarray(8) ?? new Uint8Array());
}

const creditOf = (bench: Bench): number => bench.device.state.meter.meter.supply.creditWh;

describe('enter in the clear', () => {
	const plainEnter = encodeApdu({
		apdu: 'action-request',
		kind: 'normal',
		invoke: 0xc1,
		target: ENTER,
		parameter: octetString(asciiOctets(TOKEN)),
	});

	it.each([
		[[], /^d80105$/, 5000],
		[['takes-plain-enter'], /^c701c100/, 8000],
	] as const)('within a ciphered association, with %j', async (plants, answer, creditWh) => {
		const bench = benchWith(...plants);
		const stream = bench.stream('wrapper');
		await clientOn(stream, 1).associate();
		expect(await raw(stream, 1, plainEnter)).toMatch(answer);
		expect(creditOf(bench)).toBe(creditWh);
	});

	it.each([
		[[], -3, 5000],
		[['takes-plain-enter'], 0, 8000],
	] as const)('by the public client, with %j', async (plants, result, creditWh) => {
		const bench = benchWith(...plants);
		const client = bench.client(16);
		await client.associate();
		const answer = await enterBy(client);
		expect(answer).toMatchObject({ outcome: { result: Math.abs(result) } });
		expect(creditOf(bench)).toBe(creditWh);
	});

	it('is all that is let through', async () => {
		const bench = benchWith('takes-plain-enter');
		const stream = bench.stream('wrapper');
		await clientOn(stream, 1).associate();
		const target = { classId: 70, logicalName: obis('0.0.96.3.10'), method: 1 };
		const disconnect = encodeApdu({ apdu: 'action-request', kind: 'normal', invoke: 0xc1, target });
		expect(await raw(stream, 1, disconnect)).toBe('d80105');
		const open = bench.client(16);
		await open.associate();
		expect(await open.get(112, '0.0.19.10.0', 2)).toBe(3);
	});
});

describe('a message sent again', () => {
	it.each([
		[[], /^d80106/],
		[['takes-a-replayed-counter'], /^cf/],
	] as const)('within its association, with %j', async (plants, answer) => {
		const bench = benchWith(...plants);
		const { transport, lastSent } = tapped(bench.stream('wrapper'));
		const client = clientOn(transport, 1);
		await client.associate();
		await enterBy(client);
		await transport.send(lastSent());
		const again = await transport.receive();
		expect(formatHex(again?.subarray(8) ?? new Uint8Array())).toMatch(answer);
		// Taken or not, the decoder knows the token.
		expect(creditOf(bench)).toBe(8000);
	});

	it.each([
		[[], /^d80106/],
		[['takes-a-replayed-counter'], /^61/],
	] as const)('to associate once more, with %j', async (plants, answer) => {
		const bench = benchWith(...plants);
		const { transport, lastSent } = tapped(bench.stream('wrapper'));
		await clientOn(transport, 2).associate();
		const stream = bench.stream('wrapper');
		await stream.send(lastSent());
		expect(formatHex((await stream.receive())?.subarray(8) ?? new Uint8Array())).toMatch(answer);
	});
});

describe('a meter that takes used counters', () => {
	it('counts those that are fresh as any other', async () => {
		const bench = benchWith('takes-a-replayed-counter');
		await bench.client(1).associate();
		const open = bench.client(16);
		await open.associate();
		const counter = await open.get(1, '0.0.43.1.0', 2);
		expect(counter).toMatchObject({ type: 'double-long-unsigned' });
		expect(counter).not.toMatchObject({ value: 0 });
	});
});

describe('a proof that is none', () => {
	it.each([
		[[], 'refused'],
		[['takes-any-proof'], 'failed'],
	] as const)('with %j', async (plants, kind) => {
		const bench = benchWith(...plants);
		const client = bench.client(19, 'wrapper', { secret: asciiOctets('another') });
		// A meter that takes it answers with a proof of its own, which the client cannot take.
		expect(await client.associate()).toMatchObject({ kind });
	});

	it('opens the meter where that was planted', async () => {
		const bench = benchWith('takes-any-proof');
		const stream = bench.stream('wrapper');
		const association = associationOf(setupOf(19), { secret: asciiOctets('another') });
		await new TestClient(stream, linkOfClient('wrapper', 19), association).associate();
		const target = { classId: 3, logicalName: obis('1.0.1.8.0'), attribute: 2 };
		const get = encodeApdu({ apdu: 'get-request', kind: 'normal', invoke: 0xc1, target });
		expect(await raw(stream, 19, get)).toMatch(/^c401c100/);
	});
});

describe('another meter’s system title', () => {
	it('is what the meter tells, and works under', async () => {
		const bench = benchWith('another-system-title');
		const client = bench.client(1);
		expect(await client.associate()).toMatchObject({ kind: 'associated' });
		const title = await client.get(64, '0.0.43.0.0', 5);
		expect(title).not.toEqual(octetString(systemTitleOf({ drn: '12345678903', plants: [] })));
		expect(await client.get(1, '0.0.96.1.0', 2)).toEqual(octetString(asciiOctets('12345678903')));
	});
});

describe.each(['wrapper', 'hdlc'] as const)('answers that were hurt, over %s', (framing) => {
	it('are rubbish, once the client has associated', async () => {
		const client = benchWith('answers-rubbish').client(16, framing);
		expect(await client.associate()).toMatchObject({ kind: 'associated' });
		await expect(client.get(1, '0.0.96.1.0', 2)).rejects.toThrow();
	});

	/** The octets that come for a question, asked once. */
	async function heardFrom(bench: Bench): Promise<Uint8Array> {
		const { transport, lastSent } = tapped(bench.stream(framing));
		const client = new TestClient(transport, linkOfClient(framing, 16), associationOf(setupOf(16)));
		expect(await client.associate()).toMatchObject({ kind: 'associated' });
		let heard: Uint8Array = new Uint8Array();
		const { receive } = transport;
		transport.receive = async () => {
			heard = (await receive()) ?? heard;
			return undefined;
		};
		await expect(client.get(1, '0.0.96.1.0', 2)).rejects.toThrow('the stream has ended');
		expect(lastSent().length).toBeGreaterThan(0);
		return heard;
	}

	it('stop in the middle, until somebody associates anew', async () => {
		const whole = await heardFrom(new Bench());
		const bench = benchWith('half-an-answer');
		const half = whole.subarray(0, Math.floor(whole.length / 2));
		expect(await heardFrom(bench)).toEqual(half);
		expect(await heardFrom(bench)).toEqual(half);
	});
});
