/** Terminals a meter answers on: one that is there, or one made for it by `socat`, since Node makes none. */
import { spawn, spawnSync } from 'node:child_process';
import { constants, existsSync, openSync } from 'node:fs';
import { isatty, ReadStream, WriteStream } from 'node:tty';
import type { Transport } from '#lib/link/transport.ts';
import { streamTransport } from './stream-transport.ts';

export interface Terminal {
	readonly transport: Transport;
	/** The rate at which the other side has set it; undefined where that cannot be seen. */
	readonly peerBaud: () => number | undefined;
}

const FLAGS = constants.O_RDWR | constants.O_NOCTTY;
/** How long `socat` may take to make a terminal. */
const MAKING_MS = 5000;
const LOOK_MS = 10;

/**
 * A terminal that exists already, a pty or a serial port whose rate has been set. @throws {Error} a
 * sentence where it is none
 */
export function openTerminal(path: string): Terminal {
	const [input, output] = [openSync(path, FLAGS), openSync(path, FLAGS)];
	if (!isatty(input)) throw new Error(`${path} is no terminal`);
	const readable = new ReadStream(input).setRawMode(true);
	return {
		transport: streamTransport(readable, new WriteStream(output)),
		// It is our own end of whatever is behind it: the client's rate is not seen here.
		peerBaud: () => undefined,
	};
}

/**
 * Makes a terminal at `path`, which a client then opens; it is gone when we are. @throws {Error} a
 * sentence where `socat` is not there or does not make it
 */
export async function makeTerminal(path: string): Promise<Terminal> {
	if (!/^[\w./+-]+$/.test(path))
		throw new Error(`--make-pty must be a path of letters, digits and . / + - _, not ${path}`);
	if (existsSync(path)) throw new Error(`${path} is there already`);
	const maker = spawn('socat', [`PTY,link=${path},rawer`, 'STDIO'], {
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	const failed = new Promise<string>((resolve) => {
		maker.once('error', () => resolve('socat is needed to make a terminal; install it first'));
		maker.once('exit', () => resolve(`socat could not make ${path}`));
	});
	const made = appears(path);
	const failure = await Promise.race([failed, made]);
	if (failure) {
		maker.kill();
		throw new Error(failure);
	}
	const peerSide = openSync(path, FLAGS);
	return {
		transport: streamTransport(maker.stdout, maker.stdin),
		peerBaud: () => baudOf(peerSide),
	};
}

/** Nothing once the path is there, a sentence when it does not come. */
async function appears(path: string): Promise<string | undefined> {
	for (let waitedMs = 0; waitedMs < MAKING_MS; waitedMs += LOOK_MS) {
		if (existsSync(path)) return undefined;
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
	}
	return `socat did not make ${path} within ${MAKING_MS / 1000} s`;
}

/** The rate of a terminal that is open; Node has no call for it, `stty` has. */
function baudOf(terminal: number): number | undefined {
	const { status, stdout } = spawnSync('stty', ['speed'], {
		stdio: [terminal, 'pipe', 'ignore'],
		encoding: 'utf8',
	});
	const baud = Number(stdout);
	return status === 0 && baud > 0 ? baud : undefined;
}
