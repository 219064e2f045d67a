/** `npm run meter` as a process of its own, on a terminal that it makes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

const METER = fileURLToPath(new URL('../meter.ts', import.meta.url));

export class MeterProcess {
	readonly path: string;
	readonly #folder: string;
	readonly #child: ChildProcess;

	private constructor(folder: string, path: string, child: ChildProcess) {
		this.#folder = folder;
		this.path = path;
		this.#child = child;
	}

	/** Starts it with these options beside its terminal. @throws {Error} what it said when it does not start */
	static async start(options: readonly string[]): Promise<MeterProcess> {
		const folder = mkdtempSync(join(tmpdir(), 'tokenline-bench-'));
		const path = join(folder, 'ttyUSB0');
		const child = spawn(execPath, [METER, '--make-pty', path, ...options], {
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const meter = new MeterProcess(folder, path, child);
		let said = '';
		const ready = new Promise<boolean>((resolve) => {
			child.once('exit', () => resolve(false));
			for (const stream of [child.stdout, child.stderr])
				stream.on('data', (chunk: Buffer) => {
					said += chunk.toString();
					if (said.includes(` on ${path}`)) resolve(true);
				});
		});
		if (await ready) return meter;
		await meter.stop();
		throw new Error(said);
	}

	async stop(): Promise<void> {
		if (this.#child.exitCode === null) {
			const gone = once(this.#child, 'exit');
			this.#child.kill();
			await gone;
		}
		rmSync(this.#folder, { recursive: true, force: true });
	}
}
