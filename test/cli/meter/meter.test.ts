import { readFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { asciiOctets, octetString } from '#lib/core/dlms/axdr/build.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { VirtualMeterDevice } from '#lib/link/virtual-meter-device.ts';
import { parseChoices } from '../../../src/cli/meter/choices.ts';
import { type Framing, listenTcp } from '../../../src/cli/meter/listen.ts';
import { noticeOf } from '../../../src/cli/meter/notice.ts';
import { readState, writeState } from '../../../src/cli/meter/state-file.ts';
import { streamTransport } from '../../../src/cli/meter/stream-transport.ts';
import { sampleTokens, startMeter, TEST_METER } from '../../../src/cli/meter/test-meter.ts';
import { associationOf, linkOfClient, setupOf, TestClient } from '../../link/test-client.ts';

const NOW_MS = Date.UTC(2026, 10, 20, 12);

const newDevice = (): VirtualMeterDevice =>
	new VirtualMeterDevice(
		{ meter: startMeter(TEST_METER, 460, NOW_MS), counters: {} },
		{ nowMs: () => NOW_MS, random: (octets) => new Uint8Array(octets).fill(7) },
	);

const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

/** A port of this machine with a meter behind it. */
async function portOf(device: VirtualMeterDevice, framing: Framing, makeSafe = () => undefined) {
	const failures: unknown[] = [];
	const listener: Server = await listenTcp(
		device,
		framing,
		{ host: '127.0.0.1', port: 0 },
		{ makeSafe, failed: (error) => failures.push(error) },
	);
	closing.push(() => listener.close());
	return { port: (listener.address() as AddressInfo).port, failures };
}

function streamTo(port: number) {
	const socket = connect(port, '127.0.0.1');
	closing.push(() => socket.destroy());
	return streamTransport(socket, socket);
}

const clientOn = (port: number, framing: Framing, sap: number): TestClient =>
	new TestClient(streamTo(port), linkOfClient(framing, sap), associationOf(setupOf(sap)));

const ENTER = { classId: 115, logicalName: obis('0.0.19.40.0'), method: 1 };

describe('the meter behind a TCP port', () => {
	it.each(['wrapper', 'hdlc'] as const)('takes a sample token over %s', async (framing) => {
		const { port, failures } = await portOf(newDevice(), framing);
		const client = clientOn(port, framing, 1);
		expect(await client.associate()).toMatchObject({ kind: 'associated' });
		const rows = await client.get(7, '1.0.99.1.0', 2);
		expect(typeof rows !== 'number' && rows.type === 'array' && rows.value.length).toBe(192);
		for (const { digits } of sampleTokens()) {
			const parameter = octetString(asciiOctets(digits));
			const answer = await client.ask({ kind: 'action', target: ENTER, parameter });
			expect(answer).toMatchObject({
				outcome: { returned: { data: { value: [{ type: 'enum', value: 3 }, {}] } } },
			});
		}
		expect(failures).toEqual([]);
	});

	it('serves the next client after one that sent nonsense and one that left', async () => {
		const { port, failures } = await portOf(newDevice(), 'wrapper');
		const nonsense = streamTo(port);
		await nonsense.send(new Uint8Array(5000).fill(0x7e));
		await nonsense.send(Uint8Array.of(0, 1, 0, 16, 0, 1, 0xff, 0xff, 0x60));
		await streamTo(port).close();
		const client = clientOn(port, 'wrapper', 16);
		expect(await client.associate()).toMatchObject({ kind: 'associated' });
		expect(await client.get(1, '0.0.96.1.0', 2)).toEqual(octetString(asciiOctets('12345678903')));
		expect(failures).toEqual([]);
	});

	it('makes safe before it answers', async () => {
		let saved = 0;
		const { port } = await portOf(newDevice(), 'wrapper', () => {
			saved += 1;
			return undefined;
		});
		await clientOn(port, 'wrapper', 16).associate();
		expect(saved).toBe(1);
	});
});

describe('a meter in a file', () => {
	const folder = mkdtempSync(join(tmpdir(), 'tokenline-meter-'));
	closing.push(() => undefined);

	it('is the same meter when it is read again', () => {
		const path = join(folder, 'meter.json');
		const { state } = newDevice();
		expect(readState(path)).toBeUndefined();
		writeState(path, { ...state, counters: { send: 12 } });
		expect(readState(path)).toEqual({ ...state, counters: { send: 12 } });
		expect(statSync(path).mode & 0o777).toBe(0o600);
		writeFileSync(path, '{"version":1}');
		expect(() => readState(path)).toThrow(/corrupt/);
		writeFileSync(path, 'no');
		expect(() => readState(path)).toThrow(/not JSON/);
		rmSync(folder, { recursive: true });
	});
});

describe('the command line', () => {
	it('is understood, or refused with a sentence', () => {
		expect(parseChoices([])).toBeUndefined();
		expect(parseChoices(['--wrapper', '4059', '--host', '::1'])).toMatchObject({
			wrapperPort: 4059,
			hdlcPort: undefined,
			host: '::1',
			loadsW: [460],
		});
		expect(parseChoices(['--pty', '/dev/ttyS9'])).toMatchObject({ host: '127.0.0.1' });
		expect(() => parseChoices(['--wrapper', '70000'])).toThrow(/up to 65535/);
		expect(() => parseChoices(['--wrapper', '1', '--load', '-4'])).toThrow();
		expect(() => parseChoices(['--wrapper', '1', '--backend', 'x'])).toThrow(/--backend/);
	});

	it('tells in its notice and its README what is true', () => {
		const notice = noticeOf(newDevice().state.meter);
		const readme = readFileSync(
			new URL('../../../src/cli/meter/README.md', import.meta.url),
			'utf8',
		);
		for (const { digits } of sampleTokens()) {
			expect(notice).toContain(digits);
			expect(readme).toContain(digits);
		}
		expect(readme).toContain(TEST_METER.decoderKeyHex);
		expect(notice).toContain('d0d1d2d3d4d5d6d7d8d9dadbdcdddedf');
	});
});
