import { describe, expect, it } from 'vitest';
import { KNOWN_CHIPS } from '#lib/browser/usb/known-chips.ts';
import { findBulkPair, hasCdc, packetsOf } from '#lib/browser/usb/usb-endpoints.ts';
import type { UsbConfigurationShape, UsbEndpointShape } from '#lib/browser/usb/usb-shape.ts';
import { usbPorts } from '#lib/browser/usb/usb-ports.ts';
import { eightN1, sevenE1 } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import {
	cdcChip,
	ch34xChip,
	cp210xChip,
	type FakeChip,
	ftdiChip,
} from '../../harness/fake-chips.ts';
import { FakeMemory } from '../../harness/fake-memory.ts';
import { FakeUsb, FakeUsbDevice } from '../../harness/fake-usb.ts';
import { VirtualTimer } from '../../link/virtual-timer.ts';

function bench(chip: FakeChip = ftdiChip()) {
	const timer = new VirtualTimer();
	const usb = new FakeUsb();
	const source = usbPorts({ usb, timer, memory: new FakeMemory() });
	const device = usb.plugIn(new FakeUsbDevice(chip, timer));
	const first = async () => {
		const [port] = await source.grantedPorts();
		if (!port) throw new Error('no port');
		return port;
	};
	return { timer, usb, source, device, chip, first };
}

const kindOf = async (work: Promise<unknown>): Promise<string> => {
	try {
		await work;
		return 'done';
	} catch (error) {
		return error instanceof LinkFault ? error.kind : String(error);
	}
};

describe('choosing a probe on USB', () => {
	it('names it by its chip and says how far its driver was tried', async () => {
		const { source, usb, timer } = bench();
		usb.plugIn(new FakeUsbDevice(cdcChip(), timer));
		const ports = await source.grantedPorts();
		expect(ports.map(({ label, tried }) => [label.name, label.usb, tried])).toEqual([
			['FT232R', '0403:6001', 'fake'],
			['USB CDC-ACM', '2341:0043', 'fake'],
		]);
	});

	it('leaves out what no driver knows', async () => {
		const { source, usb, timer } = bench({ ...ftdiChip(), vendorId: 0xdead });
		expect(await source.grantedPorts()).toEqual([]);
		usb.choice = new FakeUsbDevice({ ...ftdiChip(), vendorId: 0xdead }, timer);
		expect(await kindOf(source.choosePort())).toBe('not-supported');
	});

	it('asks for every chip that is known, and for CDC', async () => {
		const { source, usb, device } = bench();
		usb.choice = device;
		expect((await source.choosePort()).label.name).toBe('FT232R');
		const [{ filters }] = usb.asked as [{ filters: unknown[] }];
		expect(filters).toHaveLength(KNOWN_CHIPS.length + 1);
		expect(filters).toContainEqual({ vendorId: 0x1a86, productId: 0x7523 });
		expect(filters).toContainEqual({ classCode: 2 });
	});

	it('says so where nothing is chosen, and where there is no USB', async () => {
		const { source } = bench();
		expect(await kindOf(source.choosePort())).toBe('nothing-chosen');
		const without = usbPorts({ usb: undefined, timer: new VirtualTimer() });
		expect(without.isSupported).toBe(false);
		expect(await kindOf(without.choosePort())).toBe('not-supported');
		expect(await without.grantedPorts()).toEqual([]);
	});

	it('claims no driver to be tried on hardware that was not', () => {
		expect(new Set(KNOWN_CHIPS.map(({ tried }) => tried))).toEqual(new Set(['fake']));
	});
});

describe('opening a probe on USB', () => {
	it('sets the chip up: rate, form, power, quick answers', async () => {
		const chip = ftdiChip();
		const { first, device, timer } = bench(chip);
		const line = await (await first()).open(sevenE1(300));
		expect(chip.side).toMatchObject({
			baud: 300,
			dataBits: 7,
			parity: 'even',
			dtr: true,
			rts: true,
		});
		expect(chip.latencyMs).toBe(4);
		await timer.run(line.configure(eightN1(9600)));
		expect(chip.side).toMatchObject({ baud: 9600, dataBits: 8, parity: 'none', dtr: true });
		await timer.run(line.close());
		expect(device.opened).toBe(false);
		expect(device.claimed.size).toBe(0);
	});

	it('claims both interfaces of CDC', async () => {
		const { first, device } = bench(cdcChip());
		await (await first()).open(eightN1(9600));
		expect([...device.claimed]).toEqual([0, 1]);
	});

	it('is busy where the system has the interface, and closes the device again', async () => {
		const { first, device } = bench();
		device.busy = true;
		expect(await kindOf((await first()).open(eightN1(9600)))).toBe('port-busy');
		expect(device.opened).toBe(false);
	});

	it('refuses what the chip does not take, and goes on as it was', async () => {
		const { first, timer, device } = bench(ch34xChip(0x27));
		const port = await first();
		expect(await kindOf(port.open(sevenE1(300)))).toBe('settings-refused');
		expect(device.opened).toBe(false);
		const line = await port.open(eightN1(9600));
		expect(await kindOf(timer.run(line.configure(sevenE1(300))))).toBe('settings-refused');
		await device.uart.send(Uint8Array.of(1));
		expect(await line.receive()).toEqual(Uint8Array.of(1));
	});

	it('takes a stalled line coding for a refusal, and a stalled start for a failure', async () => {
		const stubborn = cdcChip();
		const deaf = { ...stubborn, take: () => false };
		expect(await kindOf((await bench(deaf).first()).open(eightN1(9600)))).toBe('settings-refused');
		const broken = { ...cp210xChip(), take: () => false };
		expect(await kindOf((await bench(broken).first()).open(eightN1(9600)))).toBe('port-failed');
	});

	it('finds a probe again by its serial number, and no other in its place', async () => {
		const { first, usb, device, timer, source } = bench();
		const port = await first();
		await port.open(eightN1(9600));
		expect((await source.lastPort())?.port.label.name).toBe('FT232R');
		usb.unplug(device);
		usb.plugIn(new FakeUsbDevice(ftdiChip(), timer, 'B2'));
		expect(await kindOf(port.open(eightN1(9600)))).toBe('unplugged');
		const again = usb.plugIn(new FakeUsbDevice(ftdiChip(), timer, 'A1'));
		expect(await kindOf(port.open(eightN1(9600)))).toBe('done');
		expect(again.opened).toBe(true);
	});

	it('is busy for a second tab until that takes it over', async () => {
		const timer = new VirtualTimer();
		const device = new FakeUsbDevice(ftdiChip(), timer, 'TABS');
		const tab = async () => {
			const usb = new FakeUsb();
			usb.plugIn(device);
			const [port] = await usbPorts({ usb, timer, locks: navigator.locks }).grantedPorts();
			if (!port) throw new Error('no port');
			return port;
		};
		const [ours, theirs] = [await tab(), await tab()];
		const line = await ours.open(eightN1(9600));
		expect(await kindOf(theirs.open(eightN1(9600)))).toBe('port-busy');
		expect(await theirs.isHeldByTab()).toBe(true);
		const second = await theirs.takeOver(eightN1(9600));
		expect(await kindOf(line.receive())).toBe('port-taken');
		await timer.run(second.close());
		expect(await ours.isHeldByTab()).toBe(false);
	});
});

describe('an open probe on USB', () => {
	it('hears nothing in packets that only tell its status, and counts what they tell', async () => {
		const chip = ftdiChip();
		const { first, device, timer } = bench(chip);
		const line = await (await first()).open(eightN1(9600));
		for (let packet = 0; packet < 50; packet += 1) {
			await timer.pass(1);
			device.sayStatus();
		}
		chip.lineStatus = 0x04;
		await timer.pass(1);
		device.sayStatus();
		chip.lineStatus = 0;
		await device.uart.send(Uint8Array.of(7));
		expect(await line.receive()).toEqual(Uint8Array.of(7));
		expect(line.disturbances).toEqual({ parity: 1, framing: 0, overrun: 0, breaks: 0 });
	});

	it('clears a stalled endpoint and goes on, but not for ever', async () => {
		const { first, device, timer } = bench();
		device.mishaps.push('stall', 'stall');
		const line = await (await first()).open(eightN1(9600));
		await device.uart.send(Uint8Array.of(1));
		expect(await line.receive()).toEqual(Uint8Array.of(1));
		expect(device.cleared).toBe(2);
		// The next question is on its way by now; the mishaps are those after it.
		await timer.pass(1);
		device.mishaps.push(...Array<'stall'>(9).fill('stall'));
		await device.uart.send(Uint8Array.of(2));
		expect(await line.receive()).toEqual(Uint8Array.of(2));
		expect(await kindOf(line.receive())).toBe('port-failed');
	});

	it('has failed when the device says more than it was asked', async () => {
		const { first, device } = bench();
		device.mishaps.push('babble');
		const line = await (await first()).open(eightN1(9600));
		expect(await kindOf(line.receive())).toBe('port-failed');
	});
});

describe('finding the endpoints', () => {
	const endpoint = (
		endpointNumber: number,
		direction: 'in' | 'out',
		type: UsbEndpointShape['type'] = 'bulk',
	): UsbEndpointShape => ({ endpointNumber, direction, type, packetSize: 32 });
	const shape = (
		...interfaces: readonly (readonly [number, number, readonly UsbEndpointShape[]])[]
	): UsbConfigurationShape => ({
		configurationValue: 1,
		interfaces: interfaces.map(([interfaceNumber, interfaceClass, endpoints]) => ({
			interfaceNumber,
			alternate: { interfaceClass, interfaceSubclass: 0, endpoints },
		})),
	});

	it('takes the first interface with bulk both ways', () => {
		const found = findBulkPair(
			shape(
				[0, 3, [endpoint(1, 'in', 'interrupt')]],
				[1, 0xff, [endpoint(2, 'in', 'interrupt'), endpoint(3, 'out'), endpoint(4, 'in')]],
				[2, 0xff, [endpoint(5, 'in'), endpoint(6, 'out')]],
			),
		);
		expect(found).toEqual({ claims: [1], input: 4, output: 3, packetSize: 32 });
	});

	it('claims the interface for requests first', () => {
		const cdc = shape(
			[4, 0x0a, [endpoint(1, 'in'), endpoint(2, 'out')]],
			[3, 0x02, [endpoint(3, 'in', 'interrupt')]],
		);
		expect(findBulkPair(cdc)?.claims).toEqual([3, 4]);
		expect(hasCdc(cdc)).toBe(true);
	});

	it('finds nothing where there is nothing', () => {
		expect(findBulkPair(shape([0, 0xff, [endpoint(1, 'in')]]))).toBeUndefined();
		expect(hasCdc(undefined)).toBe(false);
	});

	it('cuts a transfer into packets', () => {
		expect(packetsOf(new Uint8Array(130), 64).map(({ length }) => length)).toEqual([64, 64, 2]);
		expect(packetsOf(new Uint8Array(), 64)).toEqual([]);
	});
});
