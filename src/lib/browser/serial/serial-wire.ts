/**
 * One open serial port. Web Serial cannot change the rate of an open port, so each setting closes and opens
 * it; closing throws away what has not left yet, so the writer is closed first, which drains it.
 */
import { eightN1, type LineSettings, sameSettings } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';
import type { Wire, WireSink } from '#lib/link/wired-line.ts';
import { disturbanceOf, endingFault, nameOf, openingFault } from './serial-errors.ts';
import type { SerialPortShape } from './serial-shape.ts';

/** Far above the longest burst of a meter, so that a busy page loses nothing. */
const BUFFER_OCTETS = 65_536;

/** What every adapter takes: to tell a port that is busy from settings that are refused. */
const MOST_USUAL = eightN1(9600);

/** Readers that fail one after the other without an octet, for no reason named, before it is the port's end. */
const MAX_FAILURES = 8;

/** Whether the device of a port is still there. */
export type Presence = (port: SerialPortShape) => Promise<boolean>;

/** Opens a port and listens on it. @throws {LinkFault} */
export async function openSerialWire(
	port: SerialPortShape,
	settings: LineSettings,
	sink: WireSink,
	isPresent: Presence,
): Promise<Wire> {
	const wire = new SerialWire(port, sink, isPresent);
	await wire.open(settings);
	return wire;
}

class SerialWire implements Wire {
	readonly disturbances = { parity: 0, framing: 0, overrun: 0, breaks: 0 };
	readonly #port: SerialPortShape;
	readonly #sink: WireSink;
	readonly #isPresent: Presence;
	readonly #onDisconnect = (): void => this.#sink.fail(new LinkFault('unplugged'));
	#settings: LineSettings = MOST_USUAL;
	#writer: WritableStreamDefaultWriter<Uint8Array> | undefined;
	#reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
	#reading: Promise<void> = Promise.resolve();
	#setting: Promise<void> = Promise.resolve();
	#stopping = false;

	constructor(port: SerialPortShape, sink: WireSink, isPresent: Presence) {
		this.#port = port;
		this.#sink = sink;
		this.#isPresent = isPresent;
		port.addEventListener('disconnect', this.#onDisconnect);
	}

	async open(settings: LineSettings): Promise<void> {
		try {
			await this.#open(settings);
		} catch (error) {
			this.#port.removeEventListener('disconnect', this.#onDisconnect);
			throw await this.#whyNot(error, settings, MOST_USUAL);
		}
	}

	async write(octets: Uint8Array): Promise<void> {
		try {
			this.#writer ??= this.#port.writable?.getWriter();
			if (!this.#writer) throw new LinkFault('unplugged');
			await this.#writer.ready;
			await this.#writer.write(octets);
		} catch (error) {
			throw asFault(error);
		}
	}

	async flush(): Promise<void> {
		const writer = this.#writer;
		if (!writer) return;
		try {
			await writer.close();
		} catch (error) {
			throw asFault(error);
		}
		writer.releaseLock();
		this.#writer = undefined;
	}

	reset(settings: LineSettings): Promise<void> {
		const done = this.#reset(settings);
		this.#setting = done.catch(() => undefined);
		return done;
	}

	async close(): Promise<void> {
		this.#port.removeEventListener('disconnect', this.#onDisconnect);
		// A port that is being opened cannot be closed yet.
		await this.#setting;
		await this.#stop().catch(() => undefined);
	}

	async #reset(settings: LineSettings): Promise<void> {
		try {
			await this.#stop();
		} catch (error) {
			const present = await this.#isPresent(this.#port);
			throw new LinkFault(present ? 'port-failed' : 'unplugged', error);
		}
		const before = this.#settings;
		try {
			await this.#open(settings);
		} catch (error) {
			const fault = await this.#whyNot(error, settings, before);
			if (fault.kind === 'settings-refused') await this.#open(before).catch(failPort);
			throw fault;
		}
	}

	async #open(settings: LineSettings): Promise<void> {
		await this.#port.open(openingOf(settings));
		this.#settings = settings;
		this.#stopping = false;
		await powerProbe(this.#port);
		this.#reading = this.#read();
	}

	async #whyNot(
		error: unknown,
		settings: LineSettings,
		otherwise: LineSettings,
	): Promise<LinkFault> {
		// A port that is open already is not ours to close; the same settings again would tell nothing.
		const opensOtherwise =
			nameOf(error) !== 'InvalidStateError' &&
			!sameSettings(settings, otherwise) &&
			(await opensWith(this.#port, otherwise));
		const present = await this.#isPresent(this.#port);
		return new LinkFault(openingFault({ error, present, opensOtherwise }), error);
	}

	/** Reads until the port is closed or lost; an error on the line costs the stream and not the port. */
	async #read(): Promise<void> {
		for (let failures = 0; this.#port.readable && !this.#stopping;) {
			const reader = this.#port.readable.getReader();
			this.#reader = reader;
			try {
				for (;;) {
					await this.#sink.room();
					const { value, done } = await reader.read();
					if (done) break;
					failures = 0;
					this.#sink.push(value);
				}
			} catch (error) {
				const disturbed = disturbanceOf(error);
				if (disturbed) this.disturbances[disturbed] += 1;
				else if (endingFault(error) === 'unplugged' || ++failures >= MAX_FAILURES) {
					this.#sink.fail(asFault(error));
					return;
				}
			} finally {
				reader.releaseLock();
			}
		}
		if (!this.#stopping) this.#sink.fail(new LinkFault('port-failed'));
	}

	/** Stops reading, closes the port and drops what came; what was not flushed is lost. */
	async #stop(): Promise<void> {
		this.#stopping = true;
		await this.#writer?.abort().catch(() => undefined);
		this.#writer?.releaseLock();
		this.#writer = undefined;
		const cancelled = this.#reader?.cancel().catch(() => undefined);
		// Reading may be held back: it goes on to see its end.
		this.#sink.drop();
		await cancelled;
		await this.#reading;
		await this.#port.close();
		this.#sink.drop();
	}
}

function openingOf({ baud, dataBits, parity }: LineSettings) {
	return {
		baudRate: baud,
		dataBits,
		parity,
		stopBits: 1,
		bufferSize: BUFFER_OCTETS,
		flowControl: 'none',
	} as const;
}

/** Optical probes live on these two lines. An adapter without them powers its probe some other way. */
async function powerProbe(port: SerialPortShape): Promise<void> {
	await port.setSignals({ dataTerminalReady: true, requestToSend: true }).catch(() => undefined);
}

async function opensWith(port: SerialPortShape, settings: LineSettings): Promise<boolean> {
	try {
		await port.open(openingOf(settings));
		await port.close();
		return true;
	} catch {
		return false;
	}
}

function asFault(error: unknown): LinkFault {
	return error instanceof LinkFault ? error : new LinkFault(endingFault(error), error);
}

function failPort(error: unknown): never {
	throw new LinkFault('port-failed', error);
}
