import { describe, expect, it } from 'vitest';
import { bluetoothPrinters } from '#lib/browser/print/bluetooth-printer.ts';
import type { BluetoothDeviceShape } from '#lib/browser/print/bluetooth-shape.ts';
import { PrintFault } from '#lib/browser/print/print-fault.ts';
import { serialPrinters } from '#lib/browser/print/serial-printer.ts';
import { usbPrinters } from '#lib/browser/print/usb-printer.ts';
import { serialPorts } from '#lib/browser/serial/serial-ports.ts';
import type { UsbDeviceShape } from '#lib/browser/usb/usb-shape.ts';
import { eightN1 } from '#lib/link/line.ts';
import { FakeMemory } from '../../harness/fake-memory.ts';
import { failure, FakeSerial, FakeSerialPort } from '../../harness/fake-serial.ts';
import { VirtualTimer } from '../../link/virtual-timer.ts';

const PAPER = Uint8Array.from({ length: 1500 }, (_, at) => at & 0x7f);

const kindOf = async (work: Promise<unknown>): Promise<string> => {
	try {
		await work;
		return 'done';
	} catch (error) {
		return error instanceof PrintFault ? error.kind : String(error);
	}
};

describe('a printer at a serial port', () => {
	function bench() {
		const timer = new VirtualTimer();
		const serial = new FakeSerial();
		const memory = new FakeMemory();
		const port = serial.plugIn(new FakeSerialPort(timer));
		serial.choice = port;
		const source = serialPrinters(() => 9600, { serial, memory, timer }, 1000);
		return { timer, serial, memory, port, source };
	}

	it('gets every octet before the port is let go of, and is found again without asking', async () => {
		const { timer, serial, port, source } = bench();
		const chosen = await source.choose();
		expect(chosen.name).toBe('FT232R');
		const again = await source.find(chosen.mark);
		expect(serial.asked).toHaveLength(1);
		for (const printer of [again, chosen]) {
			const came = port.uart.receive(PAPER.length);
			await timer.run(printer.print(PAPER));
			expect(port.log.at(-1)).toBe('close');
			expect(await came).toEqual(PAPER);
		}
	});

	it('that looks like another port is only the one that was chosen in this page', async () => {
		const { timer, serial, memory, source, port } = bench();
		const printer = await source.choose();
		const probe = serial.plugIn(new FakeSerialPort(timer));
		await timer.run((await source.find(printer.mark)).print(PAPER));
		expect(probe.log).toEqual([]);
		expect(port.log).not.toEqual([]);
		const afterReload = serialPrinters(() => 9600, { serial, memory, timer });
		expect(await kindOf(afterReload.find(printer.mark))).toBe('no-printer');
	});

	it('is never taken for the probe that was used last', async () => {
		const { timer, serial, memory, source } = bench();
		const probes = serialPorts({ serial, memory, timer });
		await timer.run((await source.choose()).print(PAPER));
		expect(await probes.lastPort()).toBeUndefined();
	});

	it('is busy while a probe’s session has the port', async () => {
		const { timer, serial, source } = bench();
		const [probe] = await serialPorts({ serial, timer }).grantedPorts();
		const line = await probe?.open(eightN1(9600));
		expect(await timer.run(kindOf((await source.choose()).print(PAPER)))).toBe('busy');
		await timer.run(line?.close() ?? Promise.resolve());
	});

	it('that is gone says so before, and otherwise while it printed', async () => {
		const { timer, serial, port, source } = bench();
		const printer = await source.choose();
		const printing = kindOf(printer.print(PAPER));
		timer.wakeAt(500, () => serial.unplug(port));
		expect(await timer.run(printing)).toBe('unplugged');
		expect(await kindOf(printer.print(PAPER))).toBe('no-printer');
		expect(await kindOf(source.find(printer.mark))).toBe('no-printer');
	});

	it.each([
		['NotFoundError', 'nothing-chosen'],
		['SecurityError', 'not-allowed'],
	])('after %s says %s', async (name, kind) => {
		const { serial, source } = bench();
		serial.choice = failure(name);
		expect(await kindOf(source.choose())).toBe(kind);
	});

	it('is told apart from a browser that has none', async () => {
		const source = serialPrinters(() => 9600, { serial: undefined, timer: new VirtualTimer() });
		expect(source.isSupported).toBe(false);
		expect(await kindOf(source.choose())).toBe('unsupported');
		expect(await kindOf(source.find('0403:6001'))).toBe('unsupported');
	});

	it('that takes nothing more is given up after a while', async () => {
		const { timer, port, source } = bench();
		const printer = await source.choose();
		port.uart.transmit = () => new Promise(() => undefined);
		expect(await timer.run(kindOf(printer.print(PAPER)))).toBe('no-answer');
		expect(timer.nowMs()).toBeLessThan(10_000);
	});
});

/** A device of the printer class. */
class FakeUsbPrinter {
	readonly vendorId = 0x0416;
	readonly productId = 0x5011;
	readonly productName = 'POS58';
	readonly serialNumber = 'S1';
	configuration: UsbDeviceShape['configuration'] = null;
	readonly came: number[] = [];
	readonly log: string[] = [];
	mishap: ((step: string) => Promise<never> | undefined) | undefined;
	status: 'ok' | 'stall' = 'ok';
	readonly configurations: UsbDeviceShape['configurations'];

	constructor(interfaceClass = 7) {
		const endpoints = [
			{ endpointNumber: 1, direction: 'in', type: 'bulk', packetSize: 64 },
			{ endpointNumber: 2, direction: 'out', type: 'bulk', packetSize: 64 },
		] as const;
		const alternate = { interfaceClass, interfaceSubclass: 1, endpoints };
		this.configurations = [
			{ configurationValue: 1, interfaces: [{ interfaceNumber: 0, alternate }] },
		];
	}

	async #step(name: string): Promise<void> {
		this.log.push(name);
		await this.mishap?.(name);
	}

	open = () => this.#step('open');
	close = () => this.#step('close');
	claimInterface = (number: number) => this.#step(`claim ${number}`);
	releaseInterface = () => this.#step('release');
	selectConfiguration = (value: number) => this.#step(`select ${value}`);
	async transferOut(endpoint: number, content: Uint8Array): Promise<{ status: 'ok' | 'stall' }> {
		await this.#step(`out ${endpoint}`);
		this.came.push(...content);
		return { status: this.status };
	}
	controlTransferIn = () => Promise.reject(new Error('not of a printer'));
	controlTransferOut = () => Promise.reject(new Error('not of a printer'));
	transferIn = () => Promise.reject(new Error('not of a printer'));
	clearHalt = () => Promise.resolve();
}

class FakeUsbList extends EventTarget {
	devices: FakeUsbPrinter[] = [];
	choice: FakeUsbPrinter | DOMException | undefined;
	readonly asked: unknown[] = [];
	getDevices = () => Promise.resolve(this.devices);
	requestDevice = (options: unknown) => {
		this.asked.push(options);
		return this.choice instanceof FakeUsbPrinter
			? Promise.resolve(this.choice)
			: Promise.reject(this.choice ?? failure('NotFoundError'));
	};
}

describe('a printer on USB', () => {
	function bench(device = new FakeUsbPrinter()) {
		const timer = new VirtualTimer();
		const usb = new FakeUsbList();
		usb.devices = [device];
		usb.choice = device;
		return { timer, usb, device, source: usbPrinters({ usb, timer }, 1000) };
	}

	it('is asked for by its class, takes everything and is let go of', async () => {
		const { usb, device, source } = bench();
		const printer = await source.choose();
		expect(usb.asked).toEqual([{ filters: [{ classCode: 7 }] }]);
		expect(printer.name).toBe('POS58');
		await (await source.find(printer.mark)).print(PAPER);
		expect(device.came).toEqual([...PAPER]);
		expect(device.log).toEqual(['open', 'select 1', 'claim 0', 'out 2', 'out 2', 'out 2', 'close']);
	});

	it.each([
		['open', 'SecurityError', 'not-allowed'],
		['open', 'NotFoundError', 'no-printer'],
		['claim 0', 'NetworkError', 'busy'],
		['out 2', 'NotFoundError', 'unplugged'],
		['out 2', 'NetworkError', 'failed'],
	])('whose %s ends with %s says %s, and is closed', async (step, name, kind) => {
		const { device, source } = bench();
		device.mishap = (at) => (at === step ? Promise.reject(failure(name)) : undefined);
		expect(await kindOf((await source.choose()).print(PAPER))).toBe(kind);
		expect(device.log.at(-1)).toBe('close');
	});

	it('that stalls, or takes nothing more, says so', async () => {
		const { timer, device, source } = bench();
		const printer = await source.choose();
		device.status = 'stall';
		expect(await kindOf(printer.print(PAPER))).toBe('failed');
		device.mishap = (at) => (at === 'out 2' ? new Promise(() => undefined) : undefined);
		expect(await timer.run(kindOf(printer.print(PAPER)))).toBe('no-answer');
	});

	it('is not a device of another class, nor one that is not there', async () => {
		const { usb, source } = bench(new FakeUsbPrinter(0xff));
		const printer = await source.choose();
		expect(await kindOf(printer.print(PAPER))).toBe('unsupported');
		expect(await kindOf(source.find(printer.mark))).toBe('no-printer');
		usb.devices = [];
		expect(await kindOf(source.find('0416:5011-S1'))).toBe('no-printer');
		usb.choice = failure('SecurityError');
		expect(await kindOf(source.choose())).toBe('not-allowed');
		const without = usbPrinters({ usb: undefined });
		expect(await kindOf(without.choose())).toBe('unsupported');
		expect(await kindOf(without.find('x'))).toBe('unsupported');
	});

	it('is one tab’s at a time', async () => {
		const device = new FakeUsbPrinter();
		const usb = new FakeUsbList();
		usb.choice = device;
		const { locks } = navigator;
		const first = await usbPrinters({ usb, locks }).choose();
		const hold = Promise.withResolvers<never>();
		device.mishap = (at) => (at === 'out 2' ? hold.promise : undefined);
		const printing = kindOf(first.print(PAPER));
		const second = await usbPrinters({ usb, locks }).choose();
		expect(await kindOf(second.print(PAPER))).toBe('busy');
		hold.reject(failure('NotFoundError'));
		expect(await printing).toBe('unplugged');
	});
});

const SERVICE = '49535343-fe7d-4ae5-8fa9-9fafd205e455';

/** A low-energy printer with one of the known services. */
class FakeBluetooth {
	readonly writes: number[] = [];
	readonly came: number[] = [];
	connects = 0;
	mishap: ((step: string) => Promise<never> | undefined) | undefined;
	listed: BluetoothDeviceShape[] = [];
	choice: DOMException | undefined;
	readonly device: BluetoothDeviceShape;
	#connected = false;

	constructor({ service = SERVICE, write = true } = {}) {
		const take = async (octets: Uint8Array): Promise<void> => {
			await this.mishap?.('write');
			this.writes.push(octets.length);
			this.came.push(...octets);
		};
		const refuse = () => Promise.reject(failure('NotSupportedError'));
		const characteristic = {
			properties: { write, writeWithoutResponse: !write },
			writeValueWithResponse: write ? take : refuse,
			writeValueWithoutResponse: write ? refuse : take,
		};
		const isConnected = (): boolean => this.#connected;
		const gatt = {
			get connected() {
				return isConnected();
			},
			connect: async () => {
				await this.mishap?.('connect');
				this.connects += 1;
				this.#connected = true;
				return gatt;
			},
			disconnect: () => {
				this.#connected = false;
			},
			getPrimaryService: async (wanted: string) => {
				await this.mishap?.('service');
				if (wanted !== service) throw failure('NotFoundError');
				return { getCharacteristic: () => Promise.resolve(characteristic) };
			},
		};
		this.device = { id: 'dev1', name: 'MTP-2', gatt };
	}

	requestDevice = () => (this.choice ? Promise.reject(this.choice) : Promise.resolve(this.device));
	getDevices = () => Promise.resolve(this.listed);
}

describe('a printer over Bluetooth', () => {
	it.each([true, false])('takes it in small pieces; with an answer to each: %s', async (write) => {
		const timer = new VirtualTimer();
		const bluetooth = new FakeBluetooth({ write });
		const source = bluetoothPrinters({ bluetooth, timer }, 1000);
		const printer = await source.choose();
		await timer.run(printer.print(PAPER));
		expect(bluetooth.came).toEqual([...PAPER]);
		expect(Math.max(...bluetooth.writes)).toBeLessThanOrEqual(100);
		// The connection is kept, and the printer found without asking.
		await timer.run((await source.find('dev1')).print(PAPER));
		expect(bluetooth.connects).toBe(1);
		await printer.close();
		await timer.run(printer.print(PAPER));
		expect(bluetooth.connects).toBe(2);
	});

	it('is found in another page where the browser tells of it', async () => {
		const bluetooth = new FakeBluetooth();
		bluetooth.listed = [bluetooth.device];
		expect((await bluetoothPrinters({ bluetooth }).find('dev1')).name).toBe('MTP-2');
		expect(await kindOf(bluetoothPrinters({ bluetooth }).find('other'))).toBe('no-printer');
		const silent = { requestDevice: bluetooth.requestDevice };
		expect(await kindOf(bluetoothPrinters({ bluetooth: silent }).find('dev1'))).toBe('no-printer');
	});

	it.each([
		['connect', 'NetworkError', 'no-printer'],
		['service', 'NetworkError', 'no-printer'],
		['write', 'NetworkError', 'unplugged'],
		['write', 'InvalidStateError', 'failed'],
	])('whose %s ends with %s says %s', async (step, name, kind) => {
		const bluetooth = new FakeBluetooth();
		bluetooth.mishap = (at) => (at === step ? Promise.reject(failure(name)) : undefined);
		const printer = await bluetoothPrinters({ bluetooth }).choose();
		expect(await kindOf(printer.print(PAPER))).toBe(kind);
	});

	it('that is off, silent, unknown or not chosen says so', async () => {
		const timer = new VirtualTimer();
		const bluetooth = new FakeBluetooth();
		const source = bluetoothPrinters({ bluetooth, timer }, 1000);
		const printer = await source.choose();
		bluetooth.mishap = (at) => (at === 'connect' ? new Promise(() => undefined) : undefined);
		expect(await timer.run(kindOf(printer.print(PAPER)))).toBe('no-printer');
		bluetooth.mishap = (at) => (at === 'write' ? new Promise(() => undefined) : undefined);
		expect(await timer.run(kindOf(printer.print(PAPER)))).toBe('no-answer');
		const other = new FakeBluetooth({ service: 'x' });
		const strange = await bluetoothPrinters({ bluetooth: other }).choose();
		expect(await kindOf(strange.print(PAPER))).toBe('unsupported');
		bluetooth.choice = failure('NotFoundError');
		expect(await kindOf(source.choose())).toBe('nothing-chosen');
		const none = bluetoothPrinters({ bluetooth: undefined });
		expect(await kindOf(none.choose())).toBe('unsupported');
		expect(await kindOf(none.find('x'))).toBe('unsupported');
	});
});
