/** App processes that share one state folder, as the nodes of one shop, and that can be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { freePort } from '../e2e/harness/ports.ts';

const READY_WITHIN_MS = 60_000;

export class AppProcess {
	readonly home: string;
	readonly port: number;
	output = '';
	#child: ChildProcess | undefined;

	private constructor(home: string, port: number) {
		this.home = home;
		this.port = port;
	}

	static async at(home: string): Promise<AppProcess> {
		const app = new AppProcess(home, await freePort());
		await app.start();
		return app;
	}

	get origin(): string {
		return `http://localhost:${this.port}`;
	}

	get pid(): number {
		if (!this.#child?.pid) throw new Error('not running');
		return this.#child.pid;
	}

	/** The security module's process. */
	modulePid(): number {
		const children = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8');
		return Number(children.trim().split(' ')[0]);
	}

	async start(): Promise<void> {
		const child = spawn(process.execPath, ['build'], {
			env: {
				PATH: process.env.PATH,
				TOKENLINE_MODE: 'demo',
				TOKENLINE_HOME: this.home,
				HOST: '127.0.0.1',
				PORT: String(this.port),
				ORIGIN: this.origin,
				SHUTDOWN_TIMEOUT: '2',
			},
		});
		this.#child = child;
		for (const stream of [child.stdout, child.stderr])
			stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
		const deadline = Date.now() + READY_WITHIN_MS;
		while (!(await this.#isReady())) {
			if (child.exitCode !== null || Date.now() > deadline)
				throw new Error(`no start:\n${this.output}`);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}

	async #isReady(): Promise<boolean> {
		try {
			return (await fetch(`${this.origin}/readyz`)).ok;
		} catch {
			return false;
		}
	}

	/** As by a power cut. */
	async kill(): Promise<void> {
		await this.#end('SIGKILL');
	}

	async stop(): Promise<void> {
		await this.#end('SIGTERM');
	}

	async #end(signal: NodeJS.Signals): Promise<void> {
		const child = this.#child;
		this.#child = undefined;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const gone = once(child, 'exit');
		child.kill(signal);
		await gone;
	}
}
