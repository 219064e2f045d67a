/**
 * A printer over low-energy Bluetooth. There is no standard service for it; the ones below are what the chips in
 * such printers offer. The connection, which takes seconds, is kept between two papers.
 */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import type { Timer } from '#lib/link/transport.ts';
import type {
	BluetoothDeviceShape,
	BluetoothShape,
	GattCharacteristicShape,
	GattServerShape,
} from './bluetooth-shape.ts';
import { asPrintFault, choosingFault, errorName, PrintFault } from './print-fault.ts';
import { inTime, type PrinterPort, type PrinterSource, STALLED_MS } from './printer-port.ts';

const short = (id: string): string => `0000${id}-0000-1000-8000-00805f9b34fb`;

/** Service and the characteristic that takes what is to be printed. */
const PRINT_SERVICES: readonly (readonly [service: string, characteristic: string])[] = [
	[short('18f0'), short('2af1')],
	['49535343-fe7d-4ae5-8fa9-9fafd205e455', '49535343-8841-43f4-a8d4-ecbe34729bb3'],
	['e7810a71-73ae-499d-8c15-faa9aef0c3f2', 'bef8d6c9-9c21-4c9e-b632-bd58c1009f9f'],
];

/** What fits into one write of the smallest unit that such printers agree on; the stack parts nothing itself. */
const PIECE = 100;

/** Without an answer nobody says when the printer is ready for more. */
const PAUSE_MS = 20;

export interface BluetoothHost {
	/** `navigator.bluetooth`; undefined where the browser has none. */
	readonly bluetooth: BluetoothShape | undefined;
	readonly timer?: Timer;
}

const pageHost = (): BluetoothHost => ({
	bluetooth: (navigator as Navigator & { readonly bluetooth?: BluetoothShape }).bluetooth,
});

/** One source for the page: where a browser does not tell of chosen printers, this one remembers its own. */
export function bluetoothPrinters(
	host: BluetoothHost = pageHost(),
	stalledMs = STALLED_MS,
): PrinterSource {
	const { bluetooth } = host;
	const known = new Map<string, BluetoothPrinter>();
	const printer = (device: BluetoothDeviceShape): BluetoothPrinter => {
		const one = known.get(device.id) ?? new BluetoothPrinter(device, host, stalledMs);
		known.set(device.id, one);
		return one;
	};
	return {
		kind: 'bluetooth',
		isSupported: bluetooth !== undefined,
		choose: async () => {
			if (!bluetooth) throw new PrintFault('unsupported');
			const services = PRINT_SERVICES.map(([service]) => service);
			const filters = services.map((service) => ({ services: [service] }));
			const device = await bluetooth
				.requestDevice({ filters, optionalServices: services })
				.catch((error: unknown) => {
					throw choosingFault(error);
				});
			return printer(device);
		},
		find: async (mark) => {
			if (!bluetooth) throw new PrintFault('unsupported');
			const own = known.get(mark);
			if (own) return own;
			const devices = (await bluetooth.getDevices?.().catch(() => [])) ?? [];
			const found = devices.find(({ id }) => id === mark);
			if (!found) throw new PrintFault('no-printer');
			return printer(found);
		},
	};
}

class BluetoothPrinter implements PrinterPort {
	readonly name: string;
	readonly mark: string;
	readonly #device: BluetoothDeviceShape;
	readonly #timer: Timer;
	readonly #stalledMs: number;

	constructor(device: BluetoothDeviceShape, { timer }: BluetoothHost, stalledMs: number) {
		this.#device = device;
		this.#timer = timer ?? HOST_TIMER;
		this.#stalledMs = stalledMs;
		this.name = device.name?.trim() || 'Bluetooth';
		this.mark = device.id;
	}

	async print(octets: Uint8Array): Promise<void> {
		const outlet = await this.#outlet();
		for (let at = 0; at < octets.length; at += PIECE)
			await this.#send(outlet, octets.slice(at, at + PIECE));
	}

	close(): Promise<void> {
		this.#device.gatt?.disconnect();
		return Promise.resolve();
	}

	/** @throws {PrintFault} nothing has come out yet */
	async #outlet(): Promise<GattCharacteristicShape> {
		const { gatt } = this.#device;
		if (!gatt) throw new PrintFault('not-allowed');
		try {
			const connected = gatt.connected
				? gatt
				: await inTime(gatt.connect(), this.#stalledMs, this.#timer);
			return await findOutlet(connected);
		} catch (error) {
			// Out of reach and switched off are one answer, and nothing was sent.
			const kind =
				error instanceof PrintFault && error.kind === 'unsupported' ? error.kind : 'no-printer';
			throw new PrintFault(kind, error);
		}
	}

	async #send(outlet: GattCharacteristicShape, piece: Uint8Array<ArrayBuffer>): Promise<void> {
		const write = outlet.properties.write
			? outlet.writeValueWithResponse(piece)
			: outlet.writeValueWithoutResponse(piece).then(() => this.#pause());
		const sent = write.catch((error: unknown) => {
			throw asPrintFault(error, errorName(error) === 'NetworkError' ? 'unplugged' : 'failed');
		});
		await inTime(sent, this.#stalledMs, this.#timer);
	}

	#pause(): Promise<void> {
		return new Promise((resolve) => {
			this.#timer.wakeAt(this.#timer.nowMs() + PAUSE_MS, resolve);
		});
	}
}

async function findOutlet(gatt: GattServerShape): Promise<GattCharacteristicShape> {
	for (const [service, characteristic] of PRINT_SERVICES) {
		const found = await gatt
			.getPrimaryService(service)
			.then((one) => one.getCharacteristic(characteristic))
			.catch((error: unknown) => {
				// Another chip's service; any other error is the connection's.
				if (errorName(error) === 'NotFoundError') return undefined;
				throw error;
			});
		if (found) return found;
	}
	throw new PrintFault('unsupported');
}
