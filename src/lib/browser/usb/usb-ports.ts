/**
 * Probes driven from the page through WebUSB: the way on an Android phone, whose own system does not make a
 * serial port of them. On a laptop the system's driver usually has the probe, which then is busy here.
 */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { findLastPort, type Memory, rememberPort } from '#lib/browser/serial/last-port.ts';
import type { PortSource } from '#lib/browser/serial/serial-ports.ts';
import { choosingFault } from '#lib/browser/serial/serial-errors.ts';
import {
	isHeldByTab,
	openClaimed,
	type PageHost,
	type SharedLinePort,
} from '#lib/browser/serial/shared-port.ts';
import type { Line, LineSettings, PortLabel } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { CDC_CLASS, chipOf, type DrivenChip, KNOWN_CHIPS, type Tried } from './known-chips.ts';
import { hasCdc } from './usb-endpoints.ts';
import { usbId } from './usb-id.ts';
import type { UsbDeviceShape, UsbFilter, UsbShape } from './usb-shape.ts';
import { openUsbWire } from './usb-wire.ts';

/** What WebUSB needs of the page. */
export interface UsbHost extends PageHost {
	/** `navigator.usb`; undefined where the browser has none. */
	readonly usb: UsbShape | undefined;
	/** `localStorage`. */
	readonly memory?: Memory | undefined;
}

/** The page this runs in. */
export const pageUsbHost = (): UsbHost => ({
	usb: (navigator as Navigator & { readonly usb?: UsbShape }).usb,
	locks: navigator.locks,
	memory: localStorage,
	timer: HOST_TIMER,
});

/** A probe that a driver of ours speaks to. */
export interface UsbLinePort extends SharedLinePort {
	/** How far its driver was tried: the screen says so. */
	readonly tried: Tried;
}

const FILTERS: readonly UsbFilter[] = [
	...KNOWN_CHIPS.map(({ vendorId, productId }) => ({ vendorId, productId })),
	{ classCode: CDC_CLASS },
];

/** The probes on this device's USB that we have a driver for. */
export function usbPorts(host: UsbHost = pageUsbHost()): PortSource<UsbLinePort> {
	const { usb, memory } = host;
	const grantedPorts = async (): Promise<UsbLinePort[]> => {
		if (!usb) return [];
		const devices = await usb.getDevices().catch(failWith);
		return devices.flatMap((device) => {
			const chip = drivenAs(device);
			return chip ? [new DrivenPort(host, usb, device, chip)] : [];
		});
	};
	return {
		isSupported: usb !== undefined,
		choosePort: async () => {
			if (!usb) throw new LinkFault('not-supported');
			const device = await usb.requestDevice({ filters: FILTERS }).catch(failWith);
			const chip = drivenAs(device);
			if (!chip) throw new LinkFault('not-supported');
			return new DrivenPort(host, usb, device, chip);
		},
		grantedPorts,
		lastPort: async () => findLastPort(memory, await grantedPorts()),
		watch: (changed) => {
			const kinds = ['connect', 'disconnect'] as const;
			for (const kind of kinds) usb?.addEventListener(kind, changed);
			return () => {
				for (const kind of kinds) usb?.removeEventListener(kind, changed);
			};
		},
	};
}

function failWith(error: unknown): never {
	throw new LinkFault(choosingFault(error), error);
}

const drivenAs = (device: UsbDeviceShape): DrivenChip | undefined =>
	chipOf({
		vendorId: device.vendorId,
		productId: device.productId,
		hasCdc: hasCdc(device.configurations[0]),
	});

/** What tells a device from its like: its serial number, where it has one. */
const markOf = ({ vendorId, productId, serialNumber }: UsbDeviceShape): string =>
	`${usbId(vendorId, productId)}-${serialNumber ?? ''}`;

class DrivenPort implements UsbLinePort {
	readonly label: PortLabel;
	readonly medium = 'serial';
	readonly tried: Tried;
	readonly #host: UsbHost;
	readonly #usb: UsbShape;
	readonly #chip: DrivenChip;
	#device: UsbDeviceShape;

	constructor(host: UsbHost, usb: UsbShape, device: UsbDeviceShape, chip: DrivenChip) {
		this.#host = host;
		this.#usb = usb;
		this.#device = device;
		this.#chip = chip;
		this.tried = chip.tried;
		const { vendorId, productId } = device;
		this.label = { kind: 'usb', name: chip.name, usb: usbId(vendorId, productId) };
	}

	open(settings: LineSettings): Promise<Line> {
		return this.#open(settings, false);
	}

	takeOver(settings: LineSettings): Promise<Line> {
		return this.#open(settings, true);
	}

	isHeldByTab(): Promise<boolean> {
		return isHeldByTab(this.#host, this.#name);
	}

	get #name(): string {
		return `usb-${markOf(this.#device)}`;
	}

	async #open(settings: LineSettings, takeOver: boolean): Promise<Line> {
		const devices = await this.#usb.getDevices().catch(failWith);
		// A probe that was pulled and plugged in again is another object.
		const again = devices.find((device) => markOf(device) === markOf(this.#device));
		if (!again) throw new LinkFault('unplugged');
		if (!devices.includes(this.#device)) this.#device = again;
		const device = this.#device;
		const isPresent = async (): Promise<boolean> => (await this.#usb.getDevices()).includes(device);
		const line = await openClaimed(this.#host, this.#name, takeOver, settings, (sink) =>
			openUsbWire(device, this.#chip.driver, settings, sink, isPresent),
		);
		rememberPort(this.#host.memory, this.label);
		return line;
	}
}
