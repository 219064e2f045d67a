/** What every screen is looked at with: a service, a phone before whose camera stands a code of nobody's, and notes. */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Backend } from '../../harness/backend.ts';
import { Phone } from '../harness/browser.ts';
import { filmOfQr } from '../harness/code-video.ts';
import { Gate } from '../harness/gate.ts';
import { LookOver } from './look-over.ts';
import { NO_CODE } from './scan-walk.ts';

export class Screening {
	readonly over = new LookOver();
	readonly gate: Gate;
	readonly backend: Backend;
	readonly phone: Phone;
	readonly #film: string;

	private constructor(gate: Gate, backend: Backend, phone: Phone, film: string) {
		this.gate = gate;
		this.backend = backend;
		this.phone = phone;
		this.#film = film;
	}

	static async open(): Promise<Screening> {
		const gate = await Gate.open();
		const backend = await Backend.prepared(gate.origin);
		gate.backendPort = backend.port;
		const film = join(tmpdir(), `tokenline-no-code-${process.pid}.y4m`);
		filmOfQr(film, NO_CODE);
		const phone = await Phone.start({
			args: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`],
		});
		return new Screening(gate, backend, phone, film);
	}

	/** What was found since the last time. */
	findings(): string[] {
		return this.over.found.splice(0);
	}

	async close(): Promise<void> {
		await this.phone.dispose();
		await this.backend.dispose();
		await this.gate.close();
		rmSync(this.#film, { force: true });
	}
}

/** Of one walk. */
export const WALK_MS = 600_000;
