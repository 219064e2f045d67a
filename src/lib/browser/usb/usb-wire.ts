/** One open USB device with a serial chip on it: the driver's requests on one side, octets on the other. */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import type { LineSettings } from '#lib/link/line.ts';
import { LinkFault, type LinkFaultKind } from '#lib/link/link-fault.ts';
import type { Wire, WireSink } from '#lib/link/wired-line.ts';
import type { ChipContext, ChipDriver, ChipRequest } from './chip-driver.ts';
import { type BulkPair, findBulkPair, packetsOf } from './usb-endpoints.ts';
import { usbEndingFault, usbOpeningFault } from './usb-errors.ts';
import type { UsbDeviceShape } from './usb-shape.ts';

/** Packets asked for at a time. */
const PACKETS = 16;

/** Stalls of an endpoint in a row before the device is given up. */
const MAX_STALLS = 8;

/** Whether the device is still there. */
export type UsbPresence = (device: UsbDeviceShape) => Promise<boolean>;

/** Opens a device, sets its chip up and listens on it. @throws {LinkFault} */
export async function openUsbWire(
	device: UsbDeviceShape,
	driver: ChipDriver,
	settings: LineSettings,
	sink: WireSink,
	isPresent: UsbPresence,
): Promise<Wire> {
	try {
		const pair = await claim(device);
		const answers = await ask(device, driver.start(pair.claims[0] as number), 'port-failed');
		const wire = new UsbWire(device, driver, pair, answers, sink, isPresent);
		await wire.start(settings);
		return wire;
	} catch (error) {
		await device.close().catch(() => undefined);
		if (error instanceof LinkFault) throw error;
		throw new LinkFault(usbOpeningFault(error, await isPresent(device)), error);
	}
}

async function claim(device: UsbDeviceShape): Promise<BulkPair> {
	await device.open();
	const configuration = device.configurations[0];
	if (configuration && !device.configuration)
		await device.selectConfiguration(configuration.configurationValue);
	const pair = device.configuration && findBulkPair(device.configuration);
	if (!pair) throw new LinkFault('not-supported');
	for (const number of pair.claims) await device.claimInterface(number);
	return pair;
}

/**
 * Makes requests one after the other and gives the answers of those that are questions.
 * @throws {LinkFault} `because`: the chip does not know one of them
 */
async function ask(
	device: UsbDeviceShape,
	requests: readonly ChipRequest[],
	because: LinkFaultKind,
): Promise<Uint8Array[]> {
	const answers: Uint8Array[] = [];
	for (const request of requests) {
		if ('length' in request) {
			const { data } = await device.controlTransferIn(request.setup, request.length);
			answers.push(octetsOf(data));
			continue;
		}
		const { status } = await device.controlTransferOut(request.setup, request.content);
		if (status !== 'ok') throw new LinkFault(because);
	}
	return answers;
}

const octetsOf = (view: DataView | null | undefined): Uint8Array =>
	view ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : new Uint8Array();

class UsbWire implements Wire {
	readonly disturbances = { parity: 0, framing: 0, overrun: 0, breaks: 0 };
	readonly #device: UsbDeviceShape;
	readonly #driver: ChipDriver;
	readonly #pair: BulkPair;
	readonly #chip: ChipContext;
	readonly #sink: WireSink;
	readonly #isPresent: UsbPresence;
	#closing = false;
	#reading: Promise<void> = Promise.resolve();

	constructor(
		device: UsbDeviceShape,
		driver: ChipDriver,
		pair: BulkPair,
		answers: readonly Uint8Array[],
		sink: WireSink,
		isPresent: UsbPresence,
	) {
		this.#device = device;
		this.#driver = driver;
		this.#pair = pair;
		this.#chip = { interfaceNumber: pair.claims[0] as number, answers };
		this.#sink = sink;
		this.#isPresent = isPresent;
	}

	async start(settings: LineSettings): Promise<void> {
		await this.#set(settings);
		await ask(this.#device, this.#driver.power(this.#chip), 'port-failed');
		this.#reading = this.#read();
	}

	async write(octets: Uint8Array): Promise<void> {
		try {
			// A copy of exactly these octets: what the browser is handed must not be shared memory.
			await this.#device.transferOut(this.#pair.output, new Uint8Array(octets));
		} catch (error) {
			throw await this.#ending(error);
		}
	}

	/** A transfer that is over is in the chip. */
	flush(): Promise<void> {
		return Promise.resolve();
	}

	async reset(settings: LineSettings): Promise<void> {
		try {
			await this.#set(settings);
		} catch (error) {
			throw error instanceof LinkFault ? error : await this.#ending(error);
		}
		this.#sink.drop();
	}

	async close(): Promise<void> {
		this.#closing = true;
		for (const number of this.#pair.claims)
			await this.#device.releaseInterface(number).catch(() => undefined);
		await this.#device.close().catch(() => undefined);
		this.#sink.drop();
		await this.#reading;
	}

	async #set(settings: LineSettings): Promise<void> {
		const requests = this.#driver.configure(settings, this.#chip);
		if (!requests) throw new LinkFault('settings-refused');
		await ask(this.#device, requests, 'settings-refused');
		await ask(this.#device, this.#driver.purge(this.#chip), 'port-failed');
	}

	async #ending(error: unknown): Promise<LinkFault> {
		return new LinkFault(usbEndingFault(error, await this.#isPresent(this.#device)), error);
	}

	async #read(): Promise<void> {
		const { input, packetSize } = this.#pair;
		try {
			for (let stalls = 0; !this.#closing;) {
				await this.#sink.room();
				const { status, data } = await this.#device.transferIn(input, packetSize * PACKETS);
				if (status === 'ok') {
					stalls = 0;
					this.#take(octetsOf(data));
				} else if (status === 'babble' || ++stalls > MAX_STALLS) {
					throw new LinkFault('port-failed', status);
				} else await this.#device.clearHalt('in', input);
			}
		} catch (error) {
			if (this.#closing) return;
			this.#sink.fail(error instanceof LinkFault ? error : await this.#ending(error));
		}
	}

	#take(transfer: Uint8Array): void {
		const { unwrap } = this.#driver;
		if (!unwrap) return this.#sink.push(transfer);
		const packets = packetsOf(transfer, this.#pair.packetSize).map(unwrap);
		for (const { disturbed } of packets) for (const kind of disturbed) this.disturbances[kind] += 1;
		this.#sink.push(concatBytes(...packets.map(({ octets }) => octets)));
	}
}
