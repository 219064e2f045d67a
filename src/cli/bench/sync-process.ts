/** The sync bench's backend, in a process of its own: what it uses is not what the device uses. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ASK_USAGE, type FromBackend, type Usage, type WaitingTill } from './sync-wire.ts';

const PROGRAM = fileURLToPath(new URL('sync-backend.ts', import.meta.url));

export class SyncBackend {
	readonly origin: string;
	readonly tills: readonly WaitingTill[];
	readonly #child: ChildProcess;

	private constructor(child: ChildProcess, ready: Extract<FromBackend, { what: 'ready' }>) {
		this.#child = child;
		this.origin = ready.origin;
		this.tills = ready.tills;
	}

	/** @throws {Error} when it does not start */
	static async start(tills: number, metersEach: number): Promise<SyncBackend> {
		const child = fork(PROGRAM, [String(tills), String(metersEach)], { execArgv: [] });
		const ready = await heard(child, 'ready');
		return new SyncBackend(child, ready);
	}

	/** What its process used since this was asked the last time. */
	async usage(): Promise<Usage> {
		const told = heard(this.#child, 'usage');
		this.#child.send(ASK_USAGE);
		return (await told).usage;
	}

	/** Lets it put everything away. */
	async stop(): Promise<void> {
		if (!this.#child.connected) return;
		const gone = once(this.#child, 'exit');
		this.#child.disconnect();
		await gone;
	}
}

/** The next message of a kind. @throws {Error} when the process ends before it */
function heard<What extends FromBackend['what']>(
	child: ChildProcess,
	what: What,
): Promise<Extract<FromBackend, { what: What }>> {
	return new Promise((resolve, reject) => {
		const ended = () => reject(new Error('the backend of the bench ended'));
		const listen = (message: unknown) => {
			const told = message as FromBackend;
			if (told.what !== what) return;
			child.off('message', listen).off('exit', ended);
			resolve(told as Extract<FromBackend, { what: What }>);
		};
		child.on('message', listen).once('exit', ended);
	});
}
