/** The built app on a demo of its own, in a process of its own: it can be gone and come back at the same address. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RATE_SCOPES, rateVariable } from '#lib/server/access/settings.ts';
import { ensureBuilt } from '../build.mjs';
import { freePort } from '../free-port.ts';
import { ROOT } from '../toolchain.mjs';
import { Wire } from './page-wire.ts';

const READY_WITHIN_MS = 60_000;
/** What the allowance of an address does is no part of what is measured. */
const UNCOUNTED = Object.fromEntries(RATE_SCOPES.map((scope) => [rateVariable(scope), '9999/1']));

export class PageApp {
	readonly origin: string;
	/** Between whoever comes by this origin and the app. */
	readonly wire: Wire;
	readonly #home: string;
	readonly #environment: NodeJS.ProcessEnv;
	/** What it wrote, for an app that does not start. */
	#output = '';
	#child: ChildProcess | undefined;

	private constructor(home: string, port: number, wire: Wire, origin: string) {
		this.origin = origin;
		this.wire = wire;
		this.#home = home;
		this.#environment = {
			...{ PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), ORIGIN: this.origin },
			...{ TOKENLINE_MODE: 'demo', TOKENLINE_HOME: home, TOKENLINE_DEMO_YEAR: 'no' },
			...{ SHUTDOWN_TIMEOUT: '2', ...UNCOUNTED },
		};
	}

	/** Built as of the sources, and answering. @throws {Error} when it does not start */
	static async start(): Promise<PageApp> {
		ensureBuilt();
		const [port, own] = [await freePort(), await freePort()];
		const app = new PageApp(
			...([mkdtempSync(join(tmpdir(), 'tokenline-bench-home-')), own] as const),
			...([await Wire.open(port, own), `http://localhost:${port}`] as const),
		);
		const preparing = app.#spawn('src/cli/prepare.ts');
		const [code] = (await once(preparing, 'exit')) as [number | null];
		if (code !== 0) throw new Error(`the demo of the bench could not be prepared:\n${app.#output}`);
		await app.comeBack();
		return app;
	}

	async comeBack(): Promise<void> {
		const child = this.#spawn('build');
		this.#child = child;
		const deadline = performance.now() + READY_WITHIN_MS;
		while (!(await this.#isReady())) {
			if (child.exitCode !== null || performance.now() > deadline)
				throw new Error(`the app of the bench did not start:\n${this.#output}`);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}

	/** Nobody answers at its address from now on. */
	async goAway(): Promise<void> {
		const child = this.#child;
		this.#child = undefined;
		if (!child || child.exitCode !== null) return;
		const gone = once(child, 'exit');
		child.kill('SIGTERM');
		await gone;
	}

	/** Ends it for good and forgets its state. */
	async close(): Promise<void> {
		await this.goAway();
		this.wire.close();
		rmSync(this.#home, { recursive: true, force: true });
	}

	#spawn(program: string): ChildProcess {
		const child = spawn(process.execPath, [join(ROOT, program)], {
			...{ cwd: ROOT, env: this.#environment },
		});
		for (const stream of [child.stdout, child.stderr])
			stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
		return child;
	}

	async #isReady(): Promise<boolean> {
		try {
			return (await fetch(`${this.origin}/readyz`)).ok;
		} catch {
			return false;
		}
	}
}
