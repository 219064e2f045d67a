/** The built backend on a state folder of its own, prepared as by the start command and gone with the test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppProcess } from './app-process.ts';
import { freePort } from './ports.ts';

export class Backend extends AppProcess {
	/** @param origin where browsers find it, when not on its own port */
	static async prepared(origin?: string): Promise<Backend> {
		const home = mkdtempSync(join(tmpdir(), 'tokenline-e2e-'));
		const backend = new Backend(home, await freePort(), origin);
		await backend.#prepare();
		await backend.start();
		return backend;
	}

	async #prepare(): Promise<void> {
		const child = spawn(process.execPath, ['src/cli/prepare.ts'], { env: this.environment });
		child.stderr.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
		const [code] = (await once(child, 'exit')) as [number];
		if (code !== 0) throw new Error(`the backend could not be prepared:\n${this.output}`);
	}

	/** Ends it for good and forgets its state. */
	async dispose(): Promise<void> {
		await this.stop();
		rmSync(this.home, { recursive: true, force: true });
	}
}
