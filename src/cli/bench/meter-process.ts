/** `npm run meter` as a process of its own, on a terminal that it makes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

const METER = fileURLToPath(new URL('../meter.ts', import.meta.url));

export class MeterProcess {
	readonly #child: ChildProcess;

	private constructor(child: ChildProcess) {
		this.#child = child;
	}

	/**
	 * Starts it with these options beside its terminal, which it makes at `path`.
	 * @throws {Error} what it said when it does not start
	 */
	static async start(path: string, options: readonly string[]): Promise<MeterProcess> {
		const child = spawn(execPath, [METER, '--make-pty', path, ...options], {
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const meter = new MeterProcess(child);
		let said = '';
		const ready = await new Promise<boolean>((resolve) => {
			child.once('exit', () => resolve(false));
			for (const stream of [child.stdout, child.stderr])
				stream.on('data', (chunk: Buffer) => {
					said += chunk.toString();
					if (said.includes(` on ${path}`)) resolve(true);
				});
		});
		if (!ready) throw new Error(said);
		return meter;
	}

	/** Ends it; its terminal is gone then. */
	async stop(): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const gone = once(this.#child, 'exit');
		this.#child.kill();
		await gone;
	}
}
