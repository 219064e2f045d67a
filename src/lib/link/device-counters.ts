/** The invocation counters of a device, one space for itself and one for each client it has met. */
import type { CounterPort } from '#lib/core/dlms/security/counter.ts';
import { MAX_COUNTER } from '#lib/core/dlms/security/suite.ts';

const RECEIVE = 'receive-';

/** Clients whose counters are remembered. */
const MAX_COUNTER_SPACES = 1000;

export class DeviceCounters {
	readonly #values: Map<string, number>;

	constructor(values: Readonly<Record<string, number>>) {
		this.#values = new Map(Object.entries(values));
	}

	/** All of them by space. */
	get values(): Readonly<Record<string, number>> {
		return Object.fromEntries(this.#values);
	}

	/** The highest one taken from any client; 0 before the first. */
	get highestReceived(): number {
		// The port holds the least value that would be taken, one more than the last.
		let highest = 1;
		for (const [space, value] of this.#values)
			if (space.startsWith(RECEIVE)) highest = Math.max(highest, value);
		return highest - 1;
	}

	/** The counters as the associations use them; `changed` is told of each that is written. */
	port(changed: () => void): CounterPort {
		return {
			read: (space) => this.#values.get(space) ?? this.#first(),
			write: (space, value) => {
				this.#values.set(space, value);
				changed();
			},
		};
	}

	/** A client too many starts where no counter is fresh: the keys are public, the room is not endless. */
	#first(): number {
		return this.#values.size < MAX_COUNTER_SPACES ? 0 : MAX_COUNTER + 1;
	}
}
