/** The page's end of a line that is in a worker. Waiting for octets to leave is the worker's. */
import { LinkFault, type LinkFaultKind } from '#lib/link/link-fault.ts';
import type { LineDisturbances, LineSettings } from '#lib/link/line.ts';
import { OctetWindow } from '#lib/link/octet-window.ts';
import type { Timer } from '#lib/link/transport.ts';
import type { Wire, WireSink } from '#lib/link/wired-line.ts';
import {
	MAX_FRAME_OCTETS,
	WINDOW_OCTETS,
	type PageWord,
	type WordPort,
	type WorkerWord,
} from './line-words.ts';

/** A worker that says nothing for so long does not run. */
export const WORKER_TIMEOUT_MS = 15_000;

/** What a wire is made of. */
export interface WorkerWireParts {
	readonly port: WordPort;
	readonly timer: Timer;
	/** Ends the worker. */
	readonly end: () => void;
}

export class WorkerWire implements Wire {
	readonly #parts: WorkerWireParts;
	readonly #sink: WireSink;
	readonly #window = new OctetWindow(WINDOW_OCTETS);
	/** Who waits for `open`, `configured` or `closed`. */
	#asking: PromiseWithResolvers<undefined> | undefined;
	#fault: LinkFault | undefined;
	#disturbances: LineDisturbances = { parity: 0, framing: 0, overrun: 0, breaks: 0 };

	constructor(parts: WorkerWireParts, sink: WireSink) {
		this.#parts = parts;
		this.#sink = sink;
		parts.port.onmessage = ({ data }: MessageEvent<WorkerWord>) => this.#hear(data);
	}

	get disturbances(): LineDisturbances {
		return this.#disturbances;
	}

	/** Resolves once the worker has opened its line. @throws {LinkFault} */
	async opened(): Promise<void> {
		try {
			await this.#answer();
		} catch (error) {
			this.#end();
			throw error;
		}
	}

	async write(octets: Uint8Array): Promise<void> {
		for (let at = 0; at < octets.length; at += MAX_FRAME_OCTETS) {
			const frame = octets.slice(at, at + MAX_FRAME_OCTETS);
			await this.#window.room(frame.length);
			if (this.#fault) throw this.#fault;
			this.#window.sent(frame.length);
			this.#say({ do: 'octets', octets: frame });
		}
	}

	async flush(): Promise<void> {
		await this.#window.empty();
		if (this.#fault) throw this.#fault;
	}

	async reset(settings: LineSettings): Promise<void> {
		const answer = this.#answer();
		this.#say({ do: 'configure', settings });
		await answer;
	}

	async close(): Promise<void> {
		if (!this.#fault) {
			const closed = this.#answer();
			this.#say({ do: 'close' });
			await closed.catch(() => undefined);
		}
		this.#end();
	}

	/** The worker itself has failed: nothing will come of it any more. */
	break(kind: LinkFaultKind): void {
		if (this.#fault) return;
		const fault = new LinkFault(kind);
		this.#fault = fault;
		this.#asking?.reject(fault);
		this.#asking = undefined;
		this.#window.end();
		this.#sink.fail(fault);
	}

	#hear(word: WorkerWord): void {
		switch (word.is) {
			case 'octets':
				return this.#take(word.octets, word.disturbances);
			case 'taken':
				this.#window.taken(word.octets);
				return;
			case 'fault':
				return this.break(word.fault);
			case 'ended':
				return this.#sink.end();
			case 'configured':
				// Here and now: the next frame is fresh.
				this.#sink.drop();
				break;
			case 'open':
			case 'closed':
		}
		this.#asking?.resolve(undefined);
		this.#asking = undefined;
	}

	#take(octets: Uint8Array, disturbances: LineDisturbances | undefined): void {
		if (disturbances) this.#disturbances = disturbances;
		if (octets.length > 0) this.#sink.push(octets);
		void this.#sink.room().then(() => this.#say({ do: 'taken', octets: octets.length }));
	}

	/** The worker's next answer. @throws {LinkFault} the fault it tells, or `port-failed`: it does not answer */
	async #answer(): Promise<void> {
		if (this.#fault) throw this.#fault;
		const asking = (this.#asking = Promise.withResolvers<undefined>());
		const { timer } = this.#parts;
		const callOff = timer.wakeAt(timer.nowMs() + WORKER_TIMEOUT_MS, () =>
			this.break('port-failed'),
		);
		await asking.promise.finally(callOff);
	}

	#say(word: PageWord): void {
		if (!this.#fault) this.#parts.port.postMessage(word);
	}

	#end(): void {
		this.#window.end();
		this.#parts.port.close();
		this.#parts.end();
	}
}
