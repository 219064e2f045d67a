/**
 * The built backend as a process of its own, on a state folder of its own. It can be stopped, killed as by
 * a power cut, and started again on the same state and port.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.ts';

const READY_WITHIN_MS = 30_000;

export class Backend {
	readonly home = mkdtempSync(join(tmpdir(), 'tokenline-e2e-'));
	readonly port: number;
	/** The origin that browsers use, and that the backend believes to be its own. */
	readonly origin: string;
	/** Everything it wrote, for a test that failed. */
	output = '';
	#process: ChildProcess | undefined;

	/** @param origin another origin than its own port's, when a gate stands before it */
	private constructor(port: number, origin: string) {
		this.port = port;
		this.origin = origin;
	}

	/** A prepared and running backend. @param origin where browsers find it, when not on its own port */
	static async start(origin?: string): Promise<Backend> {
		const port = await freePort();
		const backend = new Backend(port, origin ?? `http://localhost:${port}`);
		await backend.#prepare();
		await backend.start();
		return backend;
	}

	get #env(): NodeJS.ProcessEnv {
		return {
			...process.env,
			TOKENLINE_MODE: 'demo',
			TOKENLINE_ROOT: process.cwd(),
			TOKENLINE_HOME: this.home,
			HOST: '127.0.0.1',
			PORT: String(this.port),
			ORIGIN: this.origin,
			SHUTDOWN_TIMEOUT: '2',
		};
	}

	async #prepare(): Promise<void> {
		const child = spawn(process.execPath, ['src/cli/prepare.ts'], { env: this.#env });
		child.stderr.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
		const [code] = (await once(child, 'exit')) as [number];
		if (code !== 0) throw new Error(`the backend could not be prepared:\n${this.output}`);
	}

	get pid(): number {
		const pid = this.#process?.pid;
		if (!pid) throw new Error('the backend is not running');
		return pid;
	}

	/** Starts it and waits until it answers. */
	async start(): Promise<void> {
		const child = spawn(process.execPath, ['build'], { env: this.#env });
		this.#process = child;
		const note = (chunk: Buffer) => (this.output += chunk.toString());
		child.stdout.on('data', note);
		child.stderr.on('data', note);
		const deadline = Date.now() + READY_WITHIN_MS;
		while (!(await this.#isReady())) {
			if (child.exitCode !== null || Date.now() > deadline)
				throw new Error(`the backend did not start:\n${this.output}`);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}

	async #isReady(): Promise<boolean> {
		try {
			return (await fetch(`http://127.0.0.1:${this.port}/readyz`)).ok;
		} catch {
			return false;
		}
	}

	/** As by a power cut: nothing is finished, nothing is said. */
	async kill(): Promise<void> {
		await this.#end('SIGKILL');
	}

	async stop(): Promise<void> {
		await this.#end('SIGTERM');
	}

	async #end(signal: NodeJS.Signals): Promise<void> {
		const child = this.#process;
		this.#process = undefined;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const gone = once(child, 'exit');
		child.kill(signal);
		await gone;
	}

	/** The processes that this backend started: its security module. */
	children(): number[] {
		const text = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8');
		return text.trim().split(/\s+/).filter(Boolean).map(Number);
	}

	/** Ends it for good and forgets its state. */
	async dispose(): Promise<void> {
		await this.stop();
		rmSync(this.home, { recursive: true, force: true });
	}
}
