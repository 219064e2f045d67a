/**
 * Invocation counters that are on the disk before they are on the line: after a crash, a reload or a
 * pulled plug no value is ever used again under the same key (IEC 62056-5-3, 5.3.3).
 */
import type { CounterPort } from '#lib/core/dlms/security/counter.ts';

/** Counters and the promise that they outlive us. */
export interface DurableCounters {
	readonly port: CounterPort;
	/** Resolves once everything written through `port` so far is kept; rejects where it cannot be. */
	safe(): Promise<void>;
}

/** Counters could not be kept, so that nothing may go on the line. `cause` is for the log only. */
export class CountersNotKept extends Error {
	override readonly name = 'CountersNotKept';

	constructor(cause: unknown) {
		super('the invocation counters could not be kept', { cause });
	}
}

/** Durable counters as a session uses them: it waits before it sends, and only where one was used. */
export class CounterGuard {
	readonly port: CounterPort;
	readonly #counters: DurableCounters;
	#used = false;

	constructor(counters: DurableCounters) {
		this.#counters = counters;
		this.port = {
			read: (space) => counters.port.read(space),
			write: (space, value) => {
				this.#used = true;
				counters.port.write(space, value);
			},
		};
	}

	/** Resolves once what was used since the last call is kept. @throws {CountersNotKept} */
	async settle(): Promise<void> {
		if (!this.#used) return;
		try {
			await this.#counters.safe();
		} catch (cause) {
			throw new CountersNotKept(cause);
		}
		this.#used = false;
	}
}
