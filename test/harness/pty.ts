/** One end of a serial cable: a pty whose other end is in the test's hands, by socat. */
import {
	type ChildProcess,
	type ChildProcessByStdio,
	execFile,
	spawn,
	spawnSync,
} from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { eventually } from '../e2e/harness/eventually.ts';
import { StreamEnd } from './stream-end.ts';

export const NO_SOCAT =
	'no socat here; install it (on Debian: apt-get install socat) to try lines on a pty';

/** Whether ptys can be had. */
export const hasSocat = (): boolean => spawnSync('socat', ['-V']).status === 0;

export class Pty {
	/** What the link is called; the terminal behind it changes with each plugging in. */
	readonly link: string;
	readonly #socat: ChildProcessByStdio<Writable, Readable, null>;
	readonly #end: StreamEnd;

	private constructor(link: string, socat: ChildProcessByStdio<Writable, Readable, null>) {
		this.link = link;
		this.#socat = socat;
		this.#end = new StreamEnd(socat.stdout, socat.stdin);
	}

	/** Plugs a cable in: its terminal appears at `link`. */
	static async plugIn(link: string): Promise<Pty> {
		const socat = spawn('socat', [`PTY,link=${link},rawer`, 'STDIO'], {
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		const pty = new Pty(link, socat);
		await eventually(`a terminal at ${link}`, () => lstatSync(link).isSymbolicLink());
		return pty;
	}

	send(octets: Uint8Array): Promise<void> {
		return this.#end.send(octets);
	}

	receive(count: number): Promise<Uint8Array> {
		return this.#end.receive(count);
	}

	/** The rate that was set on our side. */
	async baud(): Promise<number> {
		const { stdout } = await promisify(execFile)('stty', ['-F', this.link, 'speed']);
		return Number(stdout);
	}

	/** A cable between two terminals, for a far end that is a program of its own. Pulls it out when called. */
	static async between(link: string, farLink: string): Promise<() => Promise<void>> {
		const socat = spawn('socat', [`PTY,link=${link},rawer`, `PTY,link=${farLink},rawer`], {
			stdio: 'inherit',
		});
		for (const path of [link, farLink])
			await eventually(`a terminal at ${path}`, () => lstatSync(path).isSymbolicLink());
		return () => ended(socat, link);
	}

	/** Pulls it out: the terminal hangs up, and its link is gone. */
	unplug(): Promise<void> {
		return ended(this.#socat, this.link);
	}
}

async function ended(socat: ChildProcess, link: string): Promise<void> {
	if (socat.exitCode !== null || socat.signalCode !== null) return;
	const gone = once(socat, 'exit');
	socat.kill();
	await gone;
	await eventually(`no terminal at ${link}`, () => !existsSync(link));
}
