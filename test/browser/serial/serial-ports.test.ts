import { describe, expect, it } from 'vitest';
import { serialPorts } from '#lib/browser/serial/serial-ports.ts';
import { eightN1, sevenE1 } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { failure, FakeSerial, FakeSerialPort } from '../../harness/fake-serial.ts';
import { FakeMemory } from '../../harness/fake-memory.ts';
import { VirtualTimer } from '../../link/virtual-timer.ts';

function bench() {
	const timer = new VirtualTimer();
	const serial = new FakeSerial();
	const memory = new FakeMemory();
	const source = serialPorts({ serial, memory, timer });
	const probe = serial.plugIn(new FakeSerialPort(timer));
	const first = async () => {
		const [port] = await source.grantedPorts();
		if (!port) throw new Error('no port');
		return port;
	};
	return { timer, serial, memory, source, probe, first };
}

const kindOf = async (work: Promise<unknown>): Promise<string> => {
	try {
		await work;
		return 'done';
	} catch (error) {
		return error instanceof LinkFault ? error.kind : String(error);
	}
};

describe('choosing a serial port', () => {
	it('names the port by its chip, by its ids, or not at all', async () => {
		const { serial, source, timer } = bench();
		serial.plugIn(new FakeSerialPort(timer, { usbVendorId: 0x10c4, usbProductId: 0xea60 }));
		serial.plugIn(new FakeSerialPort(timer, { usbVendorId: 0x1234, usbProductId: 0x00ff }));
		serial.plugIn(new FakeSerialPort(timer, {}));
		const ports = await source.grantedPorts();
		expect(ports.map(({ label }) => label)).toEqual([
			{ kind: 'serial', name: 'FT232R', usb: '0403:6001' },
			{ kind: 'serial', name: 'CP2102', usb: '10c4:ea60' },
			{ kind: 'serial', name: 'USB 1234:00ff', usb: '1234:00ff' },
			{ kind: 'serial', name: 'Serial port' },
		]);
		expect(ports.map(({ medium }) => medium)).toEqual(Array(4).fill('serial'));
	});

	it('opens what the person chose, among what is asked for', async () => {
		const { serial, source, probe } = bench();
		serial.choice = probe;
		const filters = [{ usbVendorId: 0x0403 }];
		const port = await source.choosePort(filters);
		await (await port.open(eightN1(9600))).close();
		await source.choosePort();
		expect(serial.asked).toEqual([{ filters }, {}]);
	});

	it.each([
		['NotFoundError', 'nothing-chosen'],
		['SecurityError', 'permission-refused'],
		['UnknownError', 'port-failed'],
	])('after %s says %s', async (name, kind) => {
		const { serial, source } = bench();
		serial.choice = failure(name);
		expect(await kindOf(source.choosePort())).toBe(kind);
	});

	it('says so where the browser has no serial ports', async () => {
		const source = serialPorts({ serial: undefined, timer: new VirtualTimer() });
		expect(source.isSupported).toBe(false);
		expect(await kindOf(source.choosePort())).toBe('not-supported');
		expect(await source.grantedPorts()).toEqual([]);
		expect(await source.lastPort()).toBeUndefined();
		source.watch(() => undefined)();
	});

	it('tells of what is plugged in and pulled out, until nobody wants to know', () => {
		const { serial, source, probe, timer } = bench();
		let changes = 0;
		const stop = source.watch(() => {
			changes += 1;
		});
		serial.plugIn(new FakeSerialPort(timer));
		serial.unplug(probe);
		stop();
		serial.plugIn(new FakeSerialPort(timer));
		expect(changes).toBe(2);
	});
});

describe('the port that was used last', () => {
	it('is remembered once it was opened', async () => {
		const { source, first, serial, timer } = bench();
		serial.plugIn(new FakeSerialPort(timer, { usbVendorId: 0x10c4, usbProductId: 0xea60 }));
		expect(await source.lastPort()).toBeUndefined();
		await (await first()).open(eightN1(9600));
		const last = await source.lastPort();
		expect(last?.port.label.usb).toBe('0403:6001');
		expect(last?.alike).toBe(1);
	});

	it('cannot be told from its like, and says how many there are', async () => {
		const { source, first, serial, timer } = bench();
		serial.plugIn(new FakeSerialPort(timer));
		await (await first()).open(eightN1(9600));
		expect((await source.lastPort())?.alike).toBe(2);
	});

	it('is forgotten where the browser keeps nothing, without a fault', async () => {
		const { source, first, memory } = bench();
		memory.refuses = true;
		await (await first()).open(eightN1(9600));
		expect(await source.lastPort()).toBeUndefined();
	});
});

describe('opening a serial port', () => {
	it('asserts both lines each time, and closes between two settings', async () => {
		const { first, probe, timer } = bench();
		const line = await (await first()).open(sevenE1(300));
		await timer.run(line.configure(eightN1(9600)));
		await timer.run(line.close());
		expect(probe.log).toEqual([
			'open 300 7E1',
			'lines dtr=1 rts=1',
			'close',
			'open 9600 8N1',
			'lines dtr=1 rts=1',
			'close',
		]);
	});

	it('opens an adapter without control lines', async () => {
		const { first, probe } = bench();
		probe.withoutLines = true;
		expect(await kindOf((await first()).open(eightN1(9600)))).toBe('done');
	});

	it('is busy while another program has it', async () => {
		const { first, probe } = bench();
		probe.busy = true;
		expect(await kindOf((await first()).open(eightN1(300)))).toBe('port-busy');
		expect(await kindOf((await first()).open(eightN1(9600)))).toBe('port-busy');
		probe.busy = false;
		expect(await kindOf((await first()).open(eightN1(300)))).toBe('done');
	});

	it('is busy while it is open already, and leaves that line alone', async () => {
		const { first, probe } = bench();
		const line = await (await first()).open(eightN1(9600));
		expect(await kindOf((await first()).open(eightN1(300)))).toBe('port-busy');
		await probe.uart.send(Uint8Array.of(1));
		expect(await line.receive()).toEqual(Uint8Array.of(1));
	});

	it('is unplugged when the device has gone, before and while it opens', async () => {
		const { first, probe, serial } = bench();
		const port = await first();
		probe.refusal = () => {
			serial.unplug(probe);
			return failure('NetworkError', 'Failed to open serial port.');
		};
		expect(await kindOf(port.open(eightN1(300)))).toBe('unplugged');
		expect(await kindOf(port.open(eightN1(300)))).toBe('unplugged');
	});

	it.each(['NetworkError', 'TypeError'])('tells a rate that is refused by %s', async (name) => {
		const { first, probe } = bench();
		probe.refusal = ({ baudRate }) => (baudRate === 300 ? failure(name) : undefined);
		expect(await kindOf((await first()).open(sevenE1(300)))).toBe('settings-refused');
		expect(probe.readable).toBeNull();
	});

	it('goes on as it was where a later rate is refused', async () => {
		const { first, probe, timer } = bench();
		probe.refusal = ({ baudRate }) => (baudRate === 115_200 ? failure('NetworkError') : undefined);
		const line = await (await first()).open(sevenE1(300));
		expect(await kindOf(timer.run(line.configure(eightN1(115_200))))).toBe('settings-refused');
		await probe.uart.send(Uint8Array.of(1));
		expect(await line.receive()).toEqual(Uint8Array.of(1));
		expect(probe.log.filter((entry) => entry.startsWith('open')).at(-1)).toBe('open 300 7E1');
		await line.send(Uint8Array.of(2));
		expect(await timer.run(probe.uart.receive(1))).toEqual(Uint8Array.of(2));
	});

	it.each([
		['SecurityError', 'permission-refused'],
		['UnknownError', 'port-failed'],
	])('after %s says %s', async (name, kind) => {
		const { first, probe } = bench();
		probe.refusal = () => failure(name);
		expect(await kindOf((await first()).open(eightN1(300)))).toBe(kind);
	});

	it('finds the probe again after it was pulled: another object', async () => {
		const { first, probe, serial, timer } = bench();
		const port = await first();
		const line = await port.open(eightN1(9600));
		serial.unplug(probe);
		expect(await kindOf(line.receive())).toBe('unplugged');
		expect(await kindOf(port.open(eightN1(9600)))).toBe('unplugged');
		const again = serial.plugIn(new FakeSerialPort(timer));
		await port.open(eightN1(9600));
		expect(again.log).toContain('open 9600 8N1');
	});

	it('does not take an open port for the probe that was pulled', async () => {
		const { first, probe, serial, source, timer } = bench();
		const other = serial.plugIn(new FakeSerialPort(timer));
		const ports = await source.grantedPorts();
		await ports[1]?.open(eightN1(9600));
		const port = await first();
		serial.unplug(probe);
		expect(await kindOf(port.open(eightN1(300)))).toBe('unplugged');
		expect(other.log).not.toContain('open 300 8N1');
	});
});

describe('an open serial port', () => {
	it.each([
		['ParityError', 'parity'],
		['FramingError', 'framing'],
		['BufferOverrunError', 'overrun'],
		['BreakError', 'breaks'],
	] as const)('counts a %s and goes on', async (name, kind) => {
		const { first, probe } = bench();
		const line = await (await first()).open(eightN1(9600));
		for (let octet = 0; octet < 20; octet += 1) {
			const waiting = line.receive();
			probe.disturb(name);
			await probe.uart.send(Uint8Array.of(octet));
			expect(await waiting).toEqual(Uint8Array.of(octet));
		}
		expect(line.disturbances).toEqual({
			parity: 0,
			framing: 0,
			overrun: 0,
			breaks: 0,
			[kind]: 20,
		});
	});

	it('gives up after errors without a name in a row, not after some', async () => {
		const { first, probe, timer } = bench();
		const line = await (await first()).open(eightN1(9600));
		for (let round = 0; round < 3; round += 1) {
			for (let error = 0; error < 7; error += 1) {
				probe.disturb('UnknownError');
				await timer.pass(1);
			}
			await probe.uart.send(Uint8Array.of(round));
			expect(await line.receive()).toEqual(Uint8Array.of(round));
		}
		for (let error = 0; error < 8; error += 1) {
			probe.disturb('UnknownError');
			await timer.pass(1);
		}
		expect(await kindOf(line.receive())).toBe('port-failed');
	});

	it('has failed when the browser gives the port up without a reason', async () => {
		const { first, probe } = bench();
		const line = await (await first()).open(eightN1(9600));
		const waiting = kindOf(line.receive());
		probe.breakDown();
		expect(await waiting).toBe('port-failed');
	});
});

describe('two tabs and one port', () => {
	/** Each tab has its own objects for the one device; the locks are the browser's. */
	function tabs() {
		const timer = new VirtualTimer();
		const device = new FakeSerialPort(timer, { usbVendorId: 0x1234, usbProductId: 1 });
		const { locks } = navigator;
		const open = () => {
			const serial = new FakeSerial();
			serial.plugIn(device);
			return serialPorts({ serial, locks, timer });
		};
		return { timer, device, sources: [open(), open()] as const };
	}

	it('keeps the second out until it takes over, and tells the first', async () => {
		const { sources, timer } = tabs();
		const [ours] = await sources[0].grantedPorts();
		const [theirs] = await sources[1].grantedPorts();
		if (!ours || !theirs) throw new Error('no ports');
		expect(await theirs.isHeldByTab()).toBe(false);
		const line = await ours.open(eightN1(9600));
		expect(await kindOf(theirs.open(eightN1(9600)))).toBe('port-busy');
		expect(await theirs.isHeldByTab()).toBe(true);
		const waiting = kindOf(line.receive());
		const second = await theirs.takeOver(eightN1(9600));
		expect(await waiting).toBe('port-taken');
		expect(await kindOf(line.send(Uint8Array.of(1)))).toBe('port-taken');
		// The first is closed by itself; closing it once more leaves the second alone.
		await timer.run(line.close());
		expect(await kindOf(second.send(Uint8Array.of(1)))).toBe('done');
		await timer.run(second.close());
		const third = await ours.open(eightN1(9600));
		await timer.run(third.close());
	});

	it('lets go of a port that is taken over while it is being set anew', async () => {
		const { sources, device, timer } = tabs();
		const [ours] = await sources[0].grantedPorts();
		const [theirs] = await sources[1].grantedPorts();
		if (!ours || !theirs) throw new Error('no ports');
		const line = await ours.open(eightN1(9600));
		const opening = Promise.withResolvers<undefined>();
		device.hold = opening.promise;
		const set = kindOf(line.configure(eightN1(300)));
		const taking = theirs.takeOver(eightN1(2400));
		expect(await kindOf(line.receive())).toBe('port-taken');
		opening.resolve(undefined);
		const second = await taking;
		expect(await set).toBe('done');
		expect(device.log.filter((entry) => entry.startsWith('open')).at(-1)).toBe('open 2400 8N1');
		expect(await kindOf(line.configure(eightN1(300)))).toBe('port-taken');
		await timer.run(second.close());
	});

	it('lets go of a port that was pulled, although nobody closed the line', async () => {
		const { sources, device, timer } = tabs();
		const [port] = await sources[0].grantedPorts();
		const line = await port?.open(eightN1(9600));
		device.unplug();
		expect(await kindOf(line?.receive() as Promise<unknown>)).toBe('unplugged');
		await timer.pass(1);
		expect(await port?.isHeldByTab()).toBe(false);
	});

	it('lets go where opening failed', async () => {
		const { sources, device, timer } = tabs();
		const [port] = await sources[0].grantedPorts();
		device.busy = true;
		expect(await kindOf(port?.open(eightN1(9600)) as Promise<unknown>)).toBe('port-busy');
		expect(await port?.isHeldByTab()).toBe(false);
		device.busy = false;
		const line = await port?.open(eightN1(9600));
		await timer.run(line?.close() as Promise<void>);
	});
});
