/** Real Web Serial in a real Chromium, on a pty: every promise of a line, and what only two tabs can show. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eightN1, sevenE1 } from '#lib/link/line.ts';
import { findSerialTools, NO_SERIAL_TOOLS } from '../../src/cli/serial-tools.mjs';
import { LINE_PROMISES } from '../contract/line-contract.ts';
import type { Pty } from '../harness/pty.ts';
import { FakeSerialPorts } from '../harness/serial-port.ts';
import { Phone } from './harness/browser.ts';
import { eventually } from './harness/eventually.ts';
import { openBench } from './harness/line-bench.ts';
import { PageServer } from './harness/page-server.ts';

const there = findSerialTools();
const LAPTOP = { width: 1280, height: 800 };
const HELLO = [0x2f, 0x3f, 0x21, 0x0d, 0x0a];

let pages: PageServer;
let ports: FakeSerialPorts;
let browser: Phone;
let probe: Pty;

beforeAll(async () => {
	if (!there) return;
	pages = await PageServer.of(fileURLToPath(new URL('harness/line-page.ts', import.meta.url)));
	ports = new FakeSerialPorts();
	browser = await Phone.start({
		env: ports.env,
		viewport: LAPTOP,
		prepare: (profile) => ports.grant(profile, pages.origin, ['ttyUSB0', 'ttyUSB1']),
	});
});

afterAll(async () => {
	await probe?.unplug();
	await browser?.dispose();
	ports?.dispose();
	await pages?.close();
});

beforeEach(async ({ skip }) => {
	if (!there) skip(NO_SERIAL_TOOLS);
	await probe?.unplug();
	probe = await ports.plugIn();
});

const openTab = () =>
	openBench(browser, pages.origin, {
		send: (octets) => probe.send(octets),
		receive: (count) => probe.receive(count),
		breakOff: () => probe.unplug(),
	});

const numbers = (octets: Uint8Array): number[] => [...octets];

describe('Web Serial in Chromium', () => {
	it.for(LINE_PROMISES.map(({ name }, index) => ({ name, index })))('$name', async ({ index }) => {
		const { page, bench } = await openTab();
		expect(await bench.keep(index)).toBe('done');
		await page.close();
	});

	it('opens at 300 Bd 7E1, goes on at 9600 Bd 8N1, and keeps the probe powered', async () => {
		const { page, bench } = await openTab();
		const before = ports.log().length;
		expect(await bench.open(sevenE1(300))).toBe('done');
		const startMs = performance.now();
		const sent = bench.send(HELLO);
		expect(await bench.configure(eightN1(9600))).toBe('done');
		const tookMs = performance.now() - startMs;
		await sent;
		expect(numbers(await probe.receive(5))).toEqual(HELLO);
		// Five characters of ten bits at 300 Bd.
		expect(tookMs).toBeGreaterThanOrEqual(166);
		expect(await bench.send([1, 2, 3])).toBe('done');
		expect(numbers(await probe.receive(3))).toEqual([1, 2, 3]);
		expect(await bench.close()).toBe('done');
		const log = ports.log().slice(before);
		const forms = log.filter((line) => line.startsWith('termios'));
		expect([...new Set(forms)]).toEqual(['termios 300 7E1', 'termios 9600 8N1']);
		expect(log.filter((line) => line === 'lines dtr=1 rts=1')).toHaveLength(2);
		expect(log.indexOf('drain')).toBeLessThan(log.indexOf('flush both'));
		await page.close();
	});

	it('finds the probe again after it was pulled, and remembers it', async () => {
		const { page, bench } = await openTab();
		expect(await bench.open(eightN1(9600))).toBe('done');
		const waiting = bench.receive();
		await probe.unplug();
		expect(await waiting).toBe('unplugged');
		expect(await bench.open(eightN1(9600))).toBe('unplugged');
		probe = await ports.plugIn();
		await eventually('the probe opens again', async () => {
			return (await bench.open(eightN1(9600))) === 'done';
		});
		await probe.send(Uint8Array.of(5));
		expect(await bench.receive()).toEqual([5]);
		await page.reload();
		expect(await bench.lastUsed()).toEqual({
			kind: 'serial',
			name: 'FT232R',
			usb: '0403:6001',
			alike: 1,
		});
		expect(await bench.open(eightN1(9600))).toBe('done');
		await page.close();
	});

	it('is busy for a second tab, until that takes it over', async () => {
		const first = await openTab();
		const second = await openTab();
		expect(await first.bench.open(eightN1(9600))).toBe('done');
		expect(await second.bench.open(eightN1(9600))).toBe('port-busy');
		expect(await second.bench.isHeldByTab()).toBe(true);
		const waiting = first.bench.receive();
		expect(await second.bench.open(eightN1(9600), true)).toBe('done');
		expect(await waiting).toBe('port-taken');
		expect(await first.bench.send([1])).toBe('port-taken');
		expect(await second.bench.send([2])).toBe('done');
		expect(numbers(await probe.receive(1))).toEqual([2]);
		expect(await first.bench.open(eightN1(9600))).toBe('port-busy');
		// A tab that is closed lets go by itself.
		await second.page.close();
		await eventually('the first tab has the port again', async () => {
			return (await first.bench.open(eightN1(9600))) === 'done';
		});
		await first.page.close();
	});

	it('keeps two equal probes apart in two tabs, and does not pretend to know which is which', async () => {
		const other = await ports.plugIn('ttyUSB1');
		const first = await openTab();
		const second = await openTab();
		expect(await first.bench.openOfTwo(0, eightN1(9600))).toBe('done');
		expect(await second.bench.openOfTwo(0, eightN1(9600))).toBe('port-busy');
		expect(await second.bench.openOfTwo(1, eightN1(9600))).toBe('done');
		expect(await second.bench.lastUsed()).toMatchObject({ usb: '0403:6001', alike: 2 });
		await first.page.close();
		await second.page.close();
		await other.unplug();
	});

	it('is busy while another program has it', async () => {
		const { page, bench } = await openTab();
		ports.setBusy(true);
		expect(await bench.open(eightN1(9600))).toBe('port-busy');
		expect(await bench.isHeldByTab()).toBe(false);
		ports.setBusy(false);
		expect(await bench.open(eightN1(9600))).toBe('done');
		await page.close();
	});
});
