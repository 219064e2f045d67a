/** A pty as a port that a client opens: what Web Serial does on one, from Node. */
import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import { leavesAtMs } from '#lib/link/character-time.ts';
import type { Line, LinePort, LineSettings } from '#lib/link/line.ts';
import { IncomingOctets } from '#lib/link/incoming-octets.ts';
import { NODE_TIMER } from '../../../src/cli/meter/node-timer.ts';

const FLAGS = constants.O_RDWR | constants.O_NOCTTY;

/** Whether the programs are here that such a test takes. */
export const canMakePty = (): boolean =>
	['socat', 'stty'].every((name) => spawnSync('which', [name]).status === 0);

export const NO_PTY = 'no pty here; install socat (on Debian: apt-get install socat)';

function setBaud(path: string, baud: number): void {
	const terminal = openSync(path, FLAGS);
	const { status } = spawnSync('stty', [String(baud), 'raw', '-echo'], {
		stdio: [terminal, 'ignore', 'inherit'],
	});
	closeSync(terminal);
	if (status !== 0) throw new Error(`${path} does not take ${baud} baud`);
}

const until = (atMs: number): Promise<void> =>
	new Promise((resolve) => {
		NODE_TIMER.wakeAt(atMs, resolve);
	});

export function ptyPort(path: string): LinePort {
	return {
		label: { kind: 'serial', name: path },
		medium: 'serial',
		open: (settings) => {
			setBaud(path, settings.baud);
			const input = new ReadStream(openSync(path, FLAGS)).setRawMode(true);
			const output = new WriteStream(openSync(path, FLAGS));
			return Promise.resolve(lineOf(path, settings, input, output));
		},
	};
}

function lineOf(path: string, first: LineSettings, input: ReadStream, output: WriteStream): Line {
	const incoming = new IncomingOctets(Infinity);
	let settings = first;
	let busyUntilMs = 0;
	input.on('data', (octets: Buffer) => incoming.push(Uint8Array.from(octets)));
	input.on('error', () => incoming.end());
	input.on('end', () => incoming.end());
	return {
		receive: () => incoming.take(),
		send: (octets) => {
			busyUntilMs = leavesAtMs(busyUntilMs, NODE_TIMER.nowMs(), octets.length, settings);
			output.write(octets);
			return Promise.resolve();
		},
		configure: async (anew) => {
			await until(busyUntilMs);
			setBaud(path, anew.baud);
			settings = anew;
			incoming.drop();
		},
		close: async () => {
			await until(busyUntilMs);
			incoming.end();
			input.destroy();
			output.destroy();
		},
	};
}
