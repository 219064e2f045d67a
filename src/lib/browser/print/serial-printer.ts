/**
 * A printer at a serial port, or at a USB cable that makes one: over the same ports as the probes, with the
 * same claim between tabs, and remembered apart, so that neither is opened for the other.
 */
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { pageSerialHost, type SerialHost, serialPorts } from '#lib/browser/serial/serial-ports.ts';
import type { SharedLinePort } from '#lib/browser/serial/shared-port.ts';
import { eightN1, type Line, type PortLabel } from '#lib/link/line.ts';
import { LINGER_MS } from '#lib/link/wired-line.ts';
import { LinkFault, type LinkFaultKind } from '#lib/link/link-fault.ts';
import type { Timer } from '#lib/link/transport.ts';
import type { PrintFaultKind } from '#lib/core/vending/print-faults.ts';
import { asPrintFault, PrintFault } from './print-fault.ts';
import { inTime, type PrinterPort, type PrinterSource, STALLED_MS } from './printer-port.ts';

/** Longer than a line lingers. */
const CLOSED_WITHIN_MS = LINGER_MS + 1000;

/** @param baud bits a second; a printer on USB takes any */
export function serialPrinters(
	baud: number,
	host: SerialHost = pageSerialHost(),
	stalledMs = STALLED_MS,
): PrinterSource {
	// A probe's place in the memory is not touched.
	const { memory: _, ...withoutMemory } = host;
	const source = serialPorts(withoutMemory);
	const printer = (port: SharedLinePort) =>
		new SerialPrinter(port, baud, host.timer ?? HOST_TIMER, stalledMs);
	return {
		kind: 'serial',
		isSupported: source.isSupported,
		choose: async () => printer(await source.choosePort().catch(failBefore)),
		find: async (mark) => {
			if (!source.isSupported) throw new PrintFault('unsupported');
			const ports = await source.grantedPorts().catch(failBefore);
			const found = ports.find(({ label }) => markOf(label) === mark);
			if (!found) throw new PrintFault('no-printer');
			return printer(found);
		},
	};
}

const markOf = ({ usb, name }: PortLabel): string => usb ?? name;

class SerialPrinter implements PrinterPort {
	readonly name: string;
	readonly mark: string;
	readonly #port: SharedLinePort;
	readonly #baud: number;
	readonly #timer: Timer;
	readonly #stalledMs: number;

	constructor(port: SharedLinePort, baud: number, timer: Timer, stalledMs: number) {
		this.#port = port;
		this.#baud = baud;
		this.#timer = timer;
		this.#stalledMs = stalledMs;
		this.name = port.label.name;
		this.mark = markOf(port.label);
	}

	async print(octets: Uint8Array): Promise<void> {
		const settings = eightN1(this.#baud);
		const line = await this.#port.open(settings).catch(failBefore);
		try {
			const bitsMs = (octets.length * 10_000) / this.#baud;
			await inTime(this.#sendAll(line, octets), bitsMs + this.#stalledMs, this.#timer);
		} finally {
			// A port that is stalled may not let go: it stays claimed, and the next paper finds it busy.
			await inTime(line.close(), CLOSED_WITHIN_MS, this.#timer).catch(() => undefined);
		}
	}

	/** Setting the line anew waits until everything has left. */
	async #sendAll(line: Line, octets: Uint8Array): Promise<void> {
		try {
			await line.send(octets);
			await line.configure(eightN1(this.#baud));
		} catch (error) {
			throw asPrintFault(error, faultWhile(error));
		}
	}

	close(): Promise<void> {
		return Promise.resolve();
	}
}

const BEFORE: Partial<Record<LinkFaultKind, PrintFaultKind>> = {
	'not-supported': 'unsupported',
	'nothing-chosen': 'nothing-chosen',
	'permission-refused': 'not-allowed',
	'port-busy': 'busy',
	unplugged: 'no-printer',
};

/** Nothing has come out yet. */
function failBefore(error: unknown): never {
	const kind = error instanceof LinkFault ? BEFORE[error.kind] : undefined;
	throw asPrintFault(error, kind ?? 'busy');
}

const faultWhile = (error: unknown): PrintFaultKind =>
	error instanceof LinkFault && error.kind === 'unplugged' ? 'unplugged' : 'failed';
