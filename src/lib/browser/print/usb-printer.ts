/**
 * A printer of USB's printer class, driven from the page: the way on an Android phone. On a laptop the system's
 * own driver often has it, which is `busy` here; its print dialogue then is the way.
 */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { claimPort, type Locks } from '#lib/browser/serial/port-claim.ts';
import { usbId } from '#lib/browser/usb/usb-id.ts';
import type { UsbDeviceShape, UsbInterfaceShape, UsbShape } from '#lib/browser/usb/usb-shape.ts';
import type { Timer } from '#lib/link/transport.ts';
import { asPrintFault, choosingFault, errorName, PrintFault } from './print-fault.ts';
import { inTime, type PrinterPort, type PrinterSource, STALLED_MS } from './printer-port.ts';

/** USB's class of printers (Universal Serial Bus Device Class Definition for Printing Devices 1.1). */
const PRINTER_CLASS = 0x07;

/** Few enough that a stalled printer is noticed, many enough to be quick. */
const PIECE = 512;

export interface UsbPrinterHost {
	/** `navigator.usb`; undefined where the browser has none. */
	readonly usb: UsbShape | undefined;
	readonly locks?: Locks | undefined;
	readonly timer?: Timer;
}

const pageHost = (): UsbPrinterHost => ({
	usb: (navigator as Navigator & { readonly usb?: UsbShape }).usb,
	locks: navigator.locks,
});

export function usbPrinters(
	host: UsbPrinterHost = pageHost(),
	stalledMs = STALLED_MS,
): PrinterSource {
	const { usb } = host;
	const printer = (device: UsbDeviceShape) => new UsbPrinter(device, host, stalledMs);
	return {
		kind: 'usb',
		isSupported: usb !== undefined,
		choose: async () => {
			if (!usb) throw new PrintFault('unsupported');
			const filters = [{ classCode: PRINTER_CLASS }];
			const device = await usb.requestDevice({ filters }).catch((error: unknown) => {
				throw choosingFault(error);
			});
			return printer(device);
		},
		find: async (mark) => {
			if (!usb) throw new PrintFault('unsupported');
			const devices = await usb.getDevices().catch(() => []);
			const found = devices.find((device) => markOf(device) === mark && printingPart(device));
			if (!found) throw new PrintFault('no-printer');
			return printer(found);
		},
	};
}

const markOf = ({ vendorId, productId, serialNumber }: UsbDeviceShape): string =>
	`${usbId(vendorId, productId)}-${serialNumber ?? ''}`;

interface PrintingPart {
	readonly configuration: number;
	readonly interfaceNumber: number;
	readonly endpoint: number;
}

function printingPart({ configurations }: UsbDeviceShape): PrintingPart | undefined {
	for (const { configurationValue, interfaces } of configurations)
		for (const one of interfaces) {
			const endpoint = outletOf(one);
			if (endpoint !== undefined)
				return {
					configuration: configurationValue,
					interfaceNumber: one.interfaceNumber,
					endpoint,
				};
		}
	return undefined;
}

const outletOf = ({ alternate }: UsbInterfaceShape): number | undefined =>
	alternate.interfaceClass === PRINTER_CLASS
		? alternate.endpoints.find(({ type, direction }) => type === 'bulk' && direction === 'out')
				?.endpointNumber
		: undefined;

class UsbPrinter implements PrinterPort {
	readonly name: string;
	readonly mark: string;
	readonly #device: UsbDeviceShape;
	readonly #host: UsbPrinterHost;
	readonly #stalledMs: number;

	constructor(device: UsbDeviceShape, host: UsbPrinterHost, stalledMs: number) {
		this.#device = device;
		this.#host = host;
		this.#stalledMs = stalledMs;
		this.name = device.productName?.trim() || `USB ${usbId(device.vendorId, device.productId)}`;
		this.mark = markOf(device);
	}

	async print(octets: Uint8Array): Promise<void> {
		const { locks } = this.#host;
		const claim =
			locks &&
			(await claimPort(locks, `usb-${this.mark}`, false).catch((error: unknown) => {
				throw new PrintFault('busy', error);
			}));
		try {
			const endpoint = await this.#open();
			for (let at = 0; at < octets.length; at += PIECE)
				await this.#send(endpoint, octets.slice(at, at + PIECE));
		} finally {
			await this.#device.close().catch(() => undefined);
			await claim?.release();
		}
	}

	async #open(): Promise<number> {
		const part = printingPart(this.#device);
		if (!part) throw new PrintFault('unsupported');
		try {
			await this.#device.open();
			if (this.#device.configuration?.configurationValue !== part.configuration)
				await this.#device.selectConfiguration(part.configuration);
			await this.#device.claimInterface(part.interfaceNumber);
		} catch (error) {
			throw openingFault(error);
		}
		return part.endpoint;
	}

	async #send(endpoint: number, piece: Uint8Array<ArrayBuffer>): Promise<void> {
		const sent = this.#device.transferOut(endpoint, piece).catch((error: unknown) => {
			throw asPrintFault(error, errorName(error) === 'NotFoundError' ? 'unplugged' : 'failed');
		});
		const { status } = await inTime(sent, this.#stalledMs, this.#host.timer ?? HOST_TIMER);
		if (status !== 'ok') throw new PrintFault('failed');
	}

	close(): Promise<void> {
		return Promise.resolve();
	}
}

/** Nothing has come out yet. */
function openingFault(error: unknown): PrintFault {
	switch (errorName(error)) {
		case 'NotFoundError':
			return new PrintFault('no-printer', error);
		case 'SecurityError':
			return new PrintFault('not-allowed', error);
		default:
			return new PrintFault('busy', error);
	}
}
