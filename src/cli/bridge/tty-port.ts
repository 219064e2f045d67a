/** A serial port of this machine, without a native package: a terminal stream, set by `stty`. */
import { closeSync, constants, openSync } from 'node:fs';
import { isatty, ReadStream } from 'node:tty';
import type { Line, LinePort, LineSettings, PortLabel } from '#lib/link/line.ts';
import { LinkFault, type LinkFaultKind } from '#lib/link/link-fault.ts';
import { openWiredLine, type Wire, type WireSink } from '#lib/link/wired-line.ts';
import { NODE_TIMER } from '../meter/node-timer.ts';
import { feedSink, StreamSender } from './node-stream.ts';
import { setTerminal } from './stty.ts';

const WHY_NOT_OPENED: Readonly<Record<string, LinkFaultKind>> = {
	ENOENT: 'unplugged',
	ENXIO: 'unplugged',
	ENODEV: 'unplugged',
	EBUSY: 'port-busy',
	EACCES: 'permission-refused',
	EPERM: 'permission-refused',
};

export class TtyPort implements LinePort {
	readonly label: PortLabel;
	readonly medium = 'serial';
	readonly #path: string;
	#busy = false;

	constructor(name: string, path: string) {
		this.label = { kind: 'bridge', name };
		this.#path = path;
	}

	/** @throws {LinkFault} `port-busy` while another line of ours is open: the system lets two in */
	async open(settings: LineSettings): Promise<Line> {
		if (this.#busy) throw new LinkFault('port-busy');
		this.#busy = true;
		const release = (): void => {
			this.#busy = false;
		};
		try {
			return await openWiredLine((sink) => openTtyWire(this.#path, settings, sink, release), {
				timer: NODE_TIMER,
				settings,
			});
		} catch (error) {
			release();
			throw error;
		}
	}
}

/** Opens a terminal without waiting for a carrier. */
function openTerminal(path: string): number {
	let file: number;
	try {
		file = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
	} catch (error) {
		const { code = '' } = error as NodeJS.ErrnoException;
		throw new LinkFault(WHY_NOT_OPENED[code] ?? 'port-failed', error);
	}
	if (isatty(file)) return file;
	closeSync(file);
	throw new LinkFault('not-supported');
}

async function openTtyWire(
	path: string,
	settings: LineSettings,
	sink: WireSink,
	release: () => void,
): Promise<Wire> {
	const file = openTerminal(path);
	try {
		await setTerminal(path, settings);
	} catch (error) {
		closeSync(file);
		throw error;
	}
	// Reads and writes: its handle is that of a terminal, and unlike Node's writing one never blocks.
	const stream = new ReadStream(file);
	const closed = Promise.withResolvers<undefined>();
	stream.once('close', () => closed.resolve(undefined));
	feedSink(stream, sink, 'unplugged');
	const sender = new StreamSender(stream, 'unplugged');
	return {
		write: (octets) => sender.send(octets),
		flush: () => sender.flush(),
		reset: async (next) => {
			// Reading may be held back: what waits in the system comes in and is dropped with the rest.
			sink.drop();
			await setTerminal(path, next).catch(async (error: unknown) => {
				await setTerminal(path, settings);
				throw error;
			});
			settings = next;
			sink.drop();
		},
		close: async () => {
			stream.destroy();
			await closed.promise;
			release();
		},
	};
}
