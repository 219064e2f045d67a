/** App processes that share one state folder, as the nodes of one shop, and that can be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { GENEROUS_ENVIRONMENT } from './generous-rates.ts';
import { freePort } from './ports.ts';

const READY_WITHIN_MS = 60_000;

/** Of a process. */
export interface Ending {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
}

export class AppProcess {
	readonly home: string;
	readonly port: number;
	/** The origin that browsers use, and that the app believes to be its own. */
	readonly origin: string;
	/** The folder of what is run; another one is another version of the app. */
	build = 'build';
	/** Everything it wrote, for a test that failed. */
	output = '';
	#child: ChildProcess | undefined;
	#extra: NodeJS.ProcessEnv = {};

	/** @param origin another origin than its own port's, when a gate stands before it */
	protected constructor(home: string, port: number, origin = `http://localhost:${port}`) {
		this.home = home;
		this.port = port;
		this.origin = origin;
	}

	/** @param extra environment of this one, such as another database or a clock that is moved */
	static async at(home: string, extra: NodeJS.ProcessEnv = {}): Promise<AppProcess> {
		const app = new AppProcess(home, await freePort());
		app.#extra = extra;
		await app.start();
		return app;
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

	protected get environment(): NodeJS.ProcessEnv {
		return {
			PATH: process.env.PATH,
			TOKENLINE_MODE: 'demo',
			TOKENLINE_HOME: this.home,
			// A year of sales takes its time, and a test makes its own.
			TOKENLINE_DEMO_YEAR: 'no',
			HOST: '127.0.0.1',
			PORT: String(this.port),
			ORIGIN: this.origin,
			SHUTDOWN_TIMEOUT: '2',
			...GENEROUS_ENVIRONMENT,
			...this.#extra,
		};
	}

	/** Starts it, on the same state and port as before, and waits until it answers. */
	async start(extra: NodeJS.ProcessEnv = {}): Promise<void> {
		const child = spawn(process.execPath, [this.build], { env: { ...this.environment, ...extra } });
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
			return (await fetch(`http://127.0.0.1:${this.port}/readyz`)).ok;
		} catch {
			return false;
		}
	}

	/** As by a power cut: nothing is finished, nothing is said. */
	async kill(): Promise<void> {
		await this.#end('SIGKILL');
	}

	/** Answers how it ended; undefined: it was not running. */
	async stop(): Promise<Ending | undefined> {
		return await this.#end('SIGTERM');
	}

	async #end(signal: NodeJS.Signals): Promise<Ending | undefined> {
		const child = this.#child;
		this.#child = undefined;
		if (!child || child.exitCode !== null || child.signalCode !== null) return undefined;
		const gone = once(child, 'exit');
		child.kill(signal);
		const [code, by] = (await gone) as [number | null, NodeJS.Signals | null];
		return { code, signal: by };
	}
}
