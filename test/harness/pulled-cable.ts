/**
 * A probe between a browser and a meter that stays on its wall: octets are carried from terminal to terminal,
 * and the cable is pulled in the frame that a test wants.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { Transport } from '#lib/link/transport.ts';
import { openTerminal } from '../../src/cli/meter/terminal.ts';
import { eventually } from '../e2e/harness/eventually.ts';

/** Where the cable is pulled, seen from the next `enter` on. */
export interface PullAt {
	readonly frame: 'enter' | 'answer' | 'next-request' | 'next-answer';
	/** How much of that frame still passes. */
	readonly share: 0 | 0.5 | 1;
}

/** Frames that go by from an `enter` on, in this order. */
const FRAMES: readonly PullAt['frame'][] = ['enter', 'answer', 'next-request', 'next-answer'];
/** LLC of a request and the tag of an ACTION: of all that is asked here, only `enter` is one. */
const ENTERS = {
	ciphered: Buffer.from('e6e600cb', 'hex'),
	plain: Buffer.from('e6e600c3', 'hex'),
} as const;

/** What has passed is read on the far side by then. */
const PASSED_MS = 30;

type Socat = ChildProcessByStdio<Writable, Readable, null>;

export class PulledCable {
	readonly #link: string;
	readonly #meter: Transport;
	readonly #enter: Buffer;
	/** Undefined while it is pulled. */
	#socat: Socat | undefined;
	#pull: { readonly at: PullAt; readonly pulled: () => void } | undefined;
	/** How many of `FRAMES` have passed; -1: not even `enter`. */
	#seen = -1;

	/**
	 * @param link where a browser finds the probe @param meterPath the meter's own terminal
	 * @param messages whether those of the client are ciphered
	 */
	constructor(link: string, meterPath: string, messages: keyof typeof ENTERS = 'ciphered') {
		this.#link = link;
		this.#enter = ENTERS[messages];
		this.#meter = openTerminal(meterPath).transport;
		void this.#carryIn();
	}

	async plugIn(): Promise<void> {
		const socat = spawn('socat', [`PTY,link=${this.#link},rawer`, 'STDIO'], {
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		this.#socat = socat;
		// It is killed in the middle of a word.
		socat.stdin.on('error', () => undefined);
		socat.stdout.on('data', (octets: Buffer) => {
			if (this.#socat !== socat) return;
			const passing = Uint8Array.from(this.#passing('out', octets));
			if (passing.length > 0) void this.#meter.send(passing);
		});
		await eventually(`a terminal at ${this.#link}`, () => lstatSync(this.#link).isSymbolicLink());
	}

	/** Resolves when the cable has been pulled there. */
	pullAt(at: PullAt): Promise<void> {
		return new Promise((resolve) => {
			this.#seen = -1;
			this.#pull = { at, pulled: resolve };
		});
	}

	async dispose(): Promise<void> {
		await this.unplug();
		await this.#meter.close();
	}

	/** Pulls it now. */
	async unplug(): Promise<void> {
		const socat = this.#socat;
		this.#socat = undefined;
		if (socat) await ended(socat);
	}

	async #carryIn(): Promise<void> {
		for (;;) {
			const octets = await this.#meter.receive();
			if (!octets) return;
			const socat = this.#socat;
			// Nobody holds a probe to the meter: its light goes nowhere.
			if (socat) socat.stdin.write(this.#passing('in', octets));
		}
	}

	/** What still passes of octets that set out together: a frame. */
	#passing(way: 'out' | 'in', octets: Uint8Array): Uint8Array {
		const pull = this.#pull;
		const socat = this.#socat;
		if (!pull || !socat) return octets;
		const isEnter = way === 'out' && Buffer.from(octets).includes(this.#enter);
		if (this.#seen < 0 ? !isEnter : way !== wayOf(this.#seen + 1)) return octets;
		this.#seen += 1;
		if (FRAMES[this.#seen] !== pull.at.frame) return octets;
		this.#pull = undefined;
		this.#socat = undefined;
		setTimeout(() => void ended(socat).then(pull.pulled), PASSED_MS);
		return octets.subarray(0, Math.floor(octets.length * pull.at.share));
	}
}

const wayOf = (frame: number): 'out' | 'in' => (frame % 2 === 0 ? 'out' : 'in');

async function ended(socat: Socat): Promise<void> {
	if (socat.exitCode !== null || socat.signalCode !== null) return;
	const gone = once(socat, 'exit');
	socat.kill();
	await gone;
}
