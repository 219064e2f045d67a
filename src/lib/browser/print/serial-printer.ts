/**
 * A printer at a serial port, or at a USB cable that makes one: over the same ports as the probes, with the
 * same claim between tabs, and remembered apart, so that neither is opened for the other.
 */
import { pageSerialHost, type SerialHost, serialPorts } from '#lib/browser/serial/serial-ports.ts';
import type { SharedLinePort } from '#lib/browser/serial/shared-port.ts';
import { eightN1, type Line, type LineSettings, type PortLabel } from '#lib/link/line.ts';
import { LINGER_MS } from '#lib/link/wired-line.ts';
import { LinkFault, type LinkFaultKind } from '#lib/link/link-fault.ts';
import type { Timer } from '#lib/link/transport.ts';
import type { PrintFaultKind } from '#lib/core/vending/print-faults.ts';
import { asPrintFault, PrintFault } from './print-fault.ts';
import { inTime, type PrinterPort, type PrinterSource, STALLED_MS } from './printer-port.ts';

/** Longer than a line lingers. */
const CLOSED_WITHIN_MS = LINGER_MS + 1000;

/**
 * One source for the page: of several ports that look alike it knows only the one that was chosen in this page.
 * @param baud bits a second, asked for each paper; a printer on USB takes any
 */
export function serialPrinters(
	baud: () => number,
	host: SerialHost = pageSerialHost(),
	stalledMs = STALLED_MS,
): PrinterSource {
	// The place of a probe in the memory is not touched.
	const source = serialPorts({ ...host, memory: undefined });
	const chosen = new Map<string, SharedLinePort>();
	const printer = (port: SharedLinePort): PrinterPort =>
		new SerialPrinter(port, baud, host.timer, stalledMs);
	return {
		kind: 'serial',
		isSupported: source.isSupported,
		choose: async () => {
			const port = await source.choosePort().catch(failBefore);
			chosen.set(markOf(port.label), port);
			return printer(port);
		},
		find: async (mark) => {
			if (!source.isSupported) throw new PrintFault('unsupported');
			const ports = await source.grantedPorts().catch(failBefore);
			const alike = ports.filter(({ label }) => markOf(label) === mark);
			// With several, one may be a probe: nothing is sent to a port that was not chosen for it.
			const port = alike.length > 1 ? chosen.get(mark) : alike[0];
			if (!port) throw new PrintFault('no-printer');
			return printer(port);
		},
	};
}

const markOf = ({ usb, name }: PortLabel): string => usb ?? name;

class SerialPrinter implements PrinterPort {
	readonly name: string;
	readonly mark: string;
	readonly #port: SharedLinePort;
	readonly #baud: () => number;
	readonly #timer: Timer;
	readonly #stalledMs: number;

	constructor(port: SharedLinePort, baud: () => number, timer: Timer, stalledMs: number) {
		this.#port = port;
		this.#baud = baud;
		this.#timer = timer;
		this.#stalledMs = stalledMs;
		this.name = port.label.name;
		this.mark = markOf(port.label);
	}

	async print(octets: Uint8Array): Promise<void> {
		const baud = this.#baud();
		const settings = eightN1(baud);
		const line = await this.#port.open(settings).catch(failBefore);
		try {
			const bitsMs = (octets.length * 10_000) / baud;
			await inTime(sendAll(line, octets, settings), bitsMs + this.#stalledMs, this.#timer);
		} finally {
			// A port that is stalled may not let go: it stays claimed, and the next paper finds it busy.
			await inTime(line.close(), CLOSED_WITHIN_MS, this.#timer).catch(() => undefined);
		}
	}

	close(): Promise<void> {
		return Promise.resolve();
	}
}

/** Setting the line anew waits until everything has left. */
async function sendAll(line: Line, octets: Uint8Array, settings: LineSettings): Promise<void> {
	try {
		await line.send(octets);
		await line.configure(settings);
	} catch (error) {
		throw asPrintFault(error, faultWhile(error));
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
