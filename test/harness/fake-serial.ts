/**
 * `navigator.serial` as Chromium was measured to behave (the project's notes on Web Serial): closing throws
 * away what has not left, a lost device errors both streams, a disturbed octet costs the readable stream.
 */
import type {
	SerialInfo,
	SerialOpening,
	SerialPortShape,
	SerialShape,
} from '#lib/browser/serial/serial-shape.ts';
import type { Timer } from '#lib/link/transport.ts';
import { FakeUart } from './fake-uart.ts';

const PROBE: SerialInfo = { usbVendorId: 0x0403, usbProductId: 0x6001 };

export const failure = (name: string, message = name): DOMException =>
	new DOMException(message, name);

export class FakeSerialPort extends EventTarget implements SerialPortShape {
	readonly uart: FakeUart;
	/** What was done to the port. */
	readonly log: string[] = [];
	connected = true;
	readable: ReadableStream<Uint8Array> | null = null;
	writable: WritableStream<Uint8Array> | null = null;
	/** Another program has the port. */
	busy = false;
	/** Why `open` fails with these settings; undefined: it does not. */
	refusal: (opening: SerialOpening) => DOMException | undefined = () => undefined;
	/** What opening waits for. */
	hold: Promise<unknown> = Promise.resolve();
	/** The adapter has no control lines. */
	withoutLines = false;
	readonly #info: SerialInfo;
	readonly #timer: Timer;
	#reading: ReadableStreamDefaultController<Uint8Array> | undefined;
	#writing: WritableStreamDefaultController | undefined;
	#room = Promise.withResolvers<undefined>();

	constructor(timer: Timer, info: SerialInfo = PROBE) {
		super();
		this.#timer = timer;
		this.#info = info;
		this.uart = new FakeUart(timer, 1024);
		this.uart.onReceive = (octets) => this.#receive(octets);
	}

	getInfo(): SerialInfo {
		return this.#info;
	}

	async open(opening: SerialOpening): Promise<void> {
		const { baudRate, dataBits, parity } = opening;
		await this.hold;
		if (this.readable) throw failure('InvalidStateError', 'The port is already open.');
		if (opening.bufferSize < 4096) throw new TypeError('a meter says more than that at once');
		const refused = this.refusal(opening);
		if (refused || this.busy || !this.connected)
			throw refused ?? failure('NetworkError', 'Failed to open serial port.');
		this.log.push(`open ${baudRate} ${dataBits}${parity[0]?.toUpperCase()}1`);
		this.uart.baud = baudRate;
		this.#newReadable(opening.bufferSize);
		this.writable = new WritableStream(
			{
				start: (controller) => {
					this.#writing = controller;
				},
				write: (octets) => this.uart.transmit(octets),
				abort: () => this.uart.flush(),
			},
			{ highWaterMark: 1 },
		);
	}

	async setSignals(signals: { dataTerminalReady: boolean; requestToSend: boolean }): Promise<void> {
		await Promise.resolve();
		if (this.withoutLines) throw failure('NetworkError', 'Failed to set control signals.');
		this.log.push(`lines dtr=${+signals.dataTerminalReady} rts=${+signals.requestToSend}`);
	}

	async close(): Promise<void> {
		await Promise.resolve();
		if (!this.readable && !this.writable) throw failure('InvalidStateError', 'not open');
		if (this.readable?.locked || this.writable?.locked)
			throw new TypeError('Cannot cancel a locked stream');
		this.#forget();
		this.uart.flush();
		this.log.push('close');
	}

	/** An octet is spoilt on the way: the reader is told, and the next one goes on. */
	disturb(name: string): void {
		const spoilt = this.#reading;
		this.#newReadable(65_536);
		spoilt?.error(failure(name));
	}

	/** The driver has given the port up without a reason. */
	breakDown(): void {
		this.readable = null;
		this.#reading?.error(failure('UnknownError'));
	}

	unplug(): void {
		this.connected = false;
		const lost = failure('NetworkError', 'The device has been lost.');
		const [reading, writing] = [this.#reading, this.#writing];
		this.#forget();
		this.uart.flush();
		reading?.error(lost);
		writing?.error(lost);
		this.#timer.wakeAt(this.#timer.nowMs(), () => this.dispatchEvent(new Event('disconnect')));
	}

	#newReadable(size: number): void {
		this.#room.resolve(undefined);
		this.#room = Promise.withResolvers();
		this.readable = new ReadableStream<Uint8Array>(
			{
				start: (controller) => {
					this.#reading = controller;
				},
				pull: () => {
					this.#room.resolve(undefined);
					this.#room = Promise.withResolvers();
				},
			},
			{ highWaterMark: size, size: (octets) => octets.length },
		);
	}

	async #receive(octets: Uint8Array): Promise<void> {
		// A real adapter drops what comes while it is closed.
		this.#reading?.enqueue(octets);
		while (this.#reading && (this.#reading.desiredSize ?? 1) <= 0) await this.#room.promise;
	}

	#forget(): void {
		this.readable = null;
		this.writable = null;
		this.#reading = undefined;
		this.#writing = undefined;
		this.#room.resolve(undefined);
	}
}

export class FakeSerial extends EventTarget implements SerialShape {
	/** What the person chooses; nothing: the list is closed. */
	choice: FakeSerialPort | DOMException | undefined;
	readonly asked: unknown[] = [];
	#ports: FakeSerialPort[] = [];

	plugIn(port: FakeSerialPort): FakeSerialPort {
		this.#ports.push(port);
		this.dispatchEvent(new Event('connect'));
		return port;
	}

	unplug(port: FakeSerialPort): void {
		this.#ports = this.#ports.filter((other) => other !== port);
		port.unplug();
		this.dispatchEvent(new Event('disconnect'));
	}

	getPorts(): Promise<readonly FakeSerialPort[]> {
		return Promise.resolve([...this.#ports]);
	}

	requestPort(options: object): Promise<FakeSerialPort> {
		this.asked.push(options);
		const { choice } = this;
		if (choice instanceof FakeSerialPort) return Promise.resolve(choice);
		return Promise.reject(choice ?? failure('NotFoundError', 'No port selected by the user.'));
	}
}
