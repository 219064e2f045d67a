/** `navigator.usb` with devices on it that have a chip and a line behind it. */
import type {
	UsbConfigurationShape,
	UsbControlSetup,
	UsbDeviceShape,
	UsbEndpointShape,
	UsbShape,
	UsbStatus,
} from '#lib/browser/usb/usb-shape.ts';
import type { Timer } from '#lib/link/transport.ts';
import type { FakeChip } from './fake-chips.ts';
import { failure } from './fake-serial.ts';
import { FakeUart } from './fake-uart.ts';

const PACKET = 64;
/** Octets that a chip keeps for the host. */
const FIFO = 512;
const INPUT = 1;
const OUTPUT = 2;

const endpoint = (number: number, direction: 'in' | 'out'): UsbEndpointShape => ({
	endpointNumber: number,
	direction,
	type: 'bulk',
	packetSize: PACKET,
});

function configurationOf({ cdc = false }: FakeChip): UsbConfigurationShape {
	const octets = (interfaceNumber: number, interfaceClass: number) => ({
		interfaceNumber,
		alternate: {
			interfaceClass,
			interfaceSubclass: 0,
			endpoints: [endpoint(INPUT, 'in'), endpoint(OUTPUT, 'out')],
		},
	});
	const requests = {
		interfaceNumber: 0,
		alternate: { interfaceClass: 0x02, interfaceSubclass: 0x02, endpoints: [] },
	};
	return {
		configurationValue: 1,
		interfaces: cdc ? [requests, octets(1, 0x0a)] : [octets(0, 0xff)],
	};
}

export class FakeUsbDevice implements UsbDeviceShape {
	readonly vendorId: number;
	readonly productId: number;
	readonly serialNumber: string;
	readonly configurations: readonly UsbConfigurationShape[];
	readonly chip: FakeChip;
	readonly uart: FakeUart;
	readonly claimed = new Set<number>();
	configuration: UsbConfigurationShape | null = null;
	/** The system's own driver, or another program, has the interface. */
	busy = false;
	/** What the next transfers from the device come to instead of octets. */
	readonly mishaps: UsbStatus[] = [];
	cleared = 0;
	opened = false;
	#present = true;
	#inside: number[] = [];
	#asking:
		| { length: number; answer: PromiseWithResolvers<{ status: UsbStatus; data?: DataView }> }
		| undefined;
	#room = Promise.withResolvers<undefined>();

	constructor(chip: FakeChip, timer: Timer, serialNumber = 'A1') {
		this.chip = chip;
		this.vendorId = chip.vendorId;
		this.productId = chip.productId;
		this.serialNumber = serialNumber;
		this.configurations = [configurationOf(chip)];
		this.uart = new FakeUart(timer, 256);
		this.uart.onReceive = (octets) => this.#receive(octets);
		chip.side.onRate = (baud) => {
			this.uart.baud = baud;
		};
		chip.side.onPurge = (way) => {
			if (way === 'sent') this.uart.flush();
			else this.#forget();
		};
	}

	async open(): Promise<void> {
		await this.#there();
		this.opened = true;
	}

	async close(): Promise<void> {
		await Promise.resolve();
		this.opened = false;
		this.claimed.clear();
		this.#refuse(failure('AbortError'));
	}

	async selectConfiguration(value: number): Promise<void> {
		await this.#there();
		this.configuration =
			this.configurations.find(({ configurationValue }) => configurationValue === value) ?? null;
	}

	async claimInterface(number: number): Promise<void> {
		await this.#there();
		if (this.busy) throw failure('NetworkError', 'Unable to claim interface.');
		this.claimed.add(number);
	}

	async releaseInterface(number: number): Promise<void> {
		await this.#there();
		this.claimed.delete(number);
		this.#refuse(failure('AbortError'));
	}

	async controlTransferOut(
		setup: UsbControlSetup,
		content: Uint8Array = new Uint8Array(),
	): Promise<{ status: UsbStatus }> {
		await this.#there();
		return { status: this.chip.take(setup, content) ? 'ok' : 'stall' };
	}

	async controlTransferIn(
		setup: UsbControlSetup,
		length: number,
	): Promise<{ status: UsbStatus; data?: DataView }> {
		await this.#there();
		const answer = this.chip.answer(setup);
		if (answer?.length !== length) return { status: 'stall' };
		return { status: 'ok', data: new DataView(answer.buffer) };
	}

	async transferOut(number: number, content: Uint8Array): Promise<{ status: UsbStatus }> {
		await this.#there();
		if (number !== OUTPUT || this.claimed.size === 0) throw failure('NotFoundError');
		await this.uart.transmit(content);
		return { status: 'ok' };
	}

	async transferIn(
		number: number,
		length: number,
	): Promise<{ status: UsbStatus; data?: DataView }> {
		await this.#there();
		if (number !== INPUT || this.claimed.size === 0) throw failure('NotFoundError');
		const mishap = this.mishaps.shift();
		if (mishap) return { status: mishap };
		const answer = Promise.withResolvers<{ status: UsbStatus; data?: DataView }>();
		this.#asking = { length, answer };
		this.#hand();
		return answer.promise;
	}

	clearHalt(): Promise<void> {
		this.cleared += 1;
		return Promise.resolve();
	}

	unplug(): void {
		this.#present = false;
		this.opened = false;
		this.uart.flush();
		this.#forget();
		this.#refuse(failure('NotFoundError', 'The device was disconnected.'));
	}

	/** A packet without octets: only what the chip says of the line. */
	sayStatus(): void {
		const asking = this.#asking;
		const status = this.chip.status?.();
		if (!asking || !status) return;
		this.#asking = undefined;
		asking.answer.resolve({ status: 'ok', data: new DataView(Uint8Array.from(status).buffer) });
	}

	async #there(): Promise<void> {
		await Promise.resolve();
		if (!this.#present) throw failure('NotFoundError', 'The device was disconnected.');
	}

	async #receive(octets: Uint8Array): Promise<void> {
		for (let at = 0; at < octets.length && this.#present; at += PACKET) {
			while (this.#inside.length > FIFO) await this.#room.promise;
			this.#inside.push(...octets.subarray(at, at + PACKET));
			this.#hand();
		}
	}

	#hand(): void {
		const asking = this.#asking;
		if (!asking || this.#inside.length === 0) return;
		this.#asking = undefined;
		const packets: number[] = [];
		while (this.#inside.length > 0 && packets.length + PACKET <= asking.length) {
			const status = this.chip.status?.() ?? [];
			packets.push(...status, ...this.#inside.splice(0, PACKET - status.length));
			// A packet that is not full is the transfer's last.
			if (packets.length % PACKET !== 0) break;
		}
		this.#makeRoom();
		asking.answer.resolve({ status: 'ok', data: new DataView(Uint8Array.from(packets).buffer) });
	}

	#forget(): void {
		this.#inside = [];
		this.#makeRoom();
	}

	#makeRoom(): void {
		this.#room.resolve(undefined);
		this.#room = Promise.withResolvers();
	}

	#refuse(error: Error): void {
		this.#asking?.answer.reject(error);
		this.#asking = undefined;
		this.#makeRoom();
	}
}

export class FakeUsb extends EventTarget implements UsbShape {
	choice: FakeUsbDevice | undefined;
	readonly asked: unknown[] = [];
	#devices: FakeUsbDevice[] = [];

	plugIn(device: FakeUsbDevice): FakeUsbDevice {
		this.#devices.push(device);
		this.dispatchEvent(new Event('connect'));
		return device;
	}

	unplug(device: FakeUsbDevice): void {
		this.#devices = this.#devices.filter((other) => other !== device);
		device.unplug();
		this.dispatchEvent(new Event('disconnect'));
	}

	getDevices(): Promise<readonly FakeUsbDevice[]> {
		return Promise.resolve([...this.#devices]);
	}

	requestDevice(options: object): Promise<FakeUsbDevice> {
		this.asked.push(options);
		return this.choice
			? Promise.resolve(this.choice)
			: Promise.reject(failure('NotFoundError', 'No device selected.'));
	}
}
