/** The serial ports of this machine through Web Serial: choosing one, finding one again, being told of changes. */
import type { Line, LinePort, LineSettings, PortLabel } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { chipNameOf } from '#lib/browser/usb/known-chips.ts';
import { usbId } from '#lib/browser/usb/usb-id.ts';
import { findLastPort, type LastPort, type Memory, rememberPort } from './last-port.ts';
import { choosingFault } from './serial-errors.ts';
import type { SerialFilter, SerialInfo, SerialPortShape, SerialShape } from './serial-shape.ts';
import { openSerialWire } from './serial-wire.ts';
import { isHeldByTab, openClaimed, type PageHost, type SharedLinePort } from './shared-port.ts';

/** What Web Serial needs of the page. */
export interface SerialHost extends PageHost {
	/** `navigator.serial`; undefined where the browser has none. */
	readonly serial: SerialShape | undefined;
	/** `localStorage`. */
	readonly memory?: Memory | undefined;
}

/** The page this runs in. */
export const pageSerialHost = (): SerialHost => ({
	serial: (navigator as Navigator & { readonly serial?: SerialShape }).serial,
	locks: navigator.locks,
	memory: localStorage,
	timer: HOST_TIMER,
});

/** The ports of one kind that this machine has. */
export interface PortSource<Port extends SharedLinePort = SharedLinePort> {
	/** Whether this browser has such ports at all. */
	readonly isSupported: boolean;
	/**
	 * Lets the person choose a port; needs a click or a key before it.
	 * @throws {LinkFault} `nothing-chosen`, `permission-refused`, `not-supported`
	 */
	choosePort(filters?: readonly SerialFilter[]): Promise<Port>;
	/** The ports that were chosen once and are there; none where the browser has no such ports. */
	grantedPorts(): Promise<Port[]>;
	/** Of the granted ports the one that was opened last. */
	lastPort(): Promise<LastPort<Port> | undefined>;
	/** Calls back when a granted port is plugged in or pulled out, until the function it gives is called. */
	watch(changed: () => void): () => void;
}

/** The serial ports of this machine. */
export function serialPorts(host: SerialHost = pageSerialHost()): PortSource {
	const { serial, memory } = host;
	const grantedPorts = async (): Promise<SharedLinePort[]> => {
		if (!serial) return [];
		const ports = await serial.getPorts().catch(failWith);
		return ports.map((port) => new SerialLinePort(host, serial, port));
	};
	return {
		isSupported: serial !== undefined,
		choosePort: async (filters) => {
			if (!serial) throw new LinkFault('not-supported');
			const chosen = await serial.requestPort(filters ? { filters } : {}).catch(failWith);
			return new SerialLinePort(host, serial, chosen);
		},
		grantedPorts,
		lastPort: async () => findLastPort(memory, await grantedPorts()),
		watch: (changed) => {
			const kinds = ['connect', 'disconnect'] as const;
			for (const kind of kinds) serial?.addEventListener(kind, changed);
			return () => {
				for (const kind of kinds) serial?.removeEventListener(kind, changed);
			};
		},
	};
}

function failWith(error: unknown): never {
	throw new LinkFault(choosingFault(error), error);
}

function labelOf({ usbVendorId, usbProductId }: SerialInfo): PortLabel {
	if (usbVendorId === undefined || usbProductId === undefined)
		return { kind: 'serial', name: 'Serial port' };
	const usb = usbId(usbVendorId, usbProductId);
	return { kind: 'serial', name: chipNameOf(usbVendorId, usbProductId) ?? `USB ${usb}`, usb };
}

class SerialLinePort implements SharedLinePort, LinePort {
	readonly label: PortLabel;
	readonly medium = 'serial';
	readonly #host: SerialHost;
	readonly #serial: SerialShape;
	#port: SerialPortShape;

	constructor(host: SerialHost, serial: SerialShape, port: SerialPortShape) {
		this.#host = host;
		this.#serial = serial;
		this.#port = port;
		this.label = labelOf(port.getInfo());
	}

	open(settings: LineSettings): Promise<Line> {
		return this.#open(settings, false);
	}

	takeOver(settings: LineSettings): Promise<Line> {
		return this.#open(settings, true);
	}

	async isHeldByTab(): Promise<boolean> {
		return isHeldByTab(this.#host, this.#nameAmong(await this.#alike()));
	}

	async #open(settings: LineSettings, takeOver: boolean): Promise<Line> {
		const alike = await this.#alike();
		this.#port = this.#sameAgain(alike);
		const port = this.#port;
		const line = await openClaimed(this.#host, this.#nameAmong(alike), takeOver, settings, (sink) =>
			openSerialWire(port, settings, sink, (lost) => this.#isPresent(lost)),
		);
		rememberPort(this.#host.memory, this.label);
		return line;
	}

	/** The ports that cannot be told from ours, in the browser's order: the same in every tab. */
	async #alike(): Promise<readonly SerialPortShape[]> {
		const ports = await this.#serial.getPorts().catch(failWith);
		return ports.filter((port) => {
			const { usb, name } = labelOf(port.getInfo());
			return usb === this.label.usb && name === this.label.name;
		});
	}

	/** Our port, or what a probe that was pulled and plugged in again has become: another object. */
	#sameAgain(alike: readonly SerialPortShape[]): SerialPortShape {
		if (alike.includes(this.#port)) return this.#port;
		const again = alike.find(({ readable }) => readable === null);
		if (!again) throw new LinkFault('unplugged');
		return again;
	}

	/** What our tabs call the port: by its ids and its place among its like. */
	#nameAmong(alike: readonly SerialPortShape[]): string {
		const place = Math.max(0, alike.indexOf(this.#port));
		return `${this.label.kind}-${this.label.usb ?? this.label.name}-${place}`;
	}

	async #isPresent(port: SerialPortShape): Promise<boolean> {
		return port.connected !== false && (await this.#serial.getPorts()).includes(port);
	}
}
