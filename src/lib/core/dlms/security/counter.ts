/**
 * Invocation counters (IEC 62056-5-3, 5.3.3): one space per key and sender, strictly rising, never the
 * same value twice under one key.
 *
 * Always holds: a value is written through the port before anything is made of it, so that after a
 * crash no value is used again.
 */
import { MAX_COUNTER } from './suite.ts';

/** Where counters outlive us. Who sends the octets waits until what was written is safe. */
export interface CounterPort {
	/** The next value of ours that was not used, or what the peer's must be above; 0 at first. */
	read(space: string): number;
	write(space: string, value: number): void;
}

/** Counters that live as long as the object: for tests and for keys that live no longer. */
export function volatileCounters(start: Readonly<Record<string, number>> = {}): CounterPort {
	const values = new Map(Object.entries(start));
	return {
		read: (space) => values.get(space) ?? 0,
		write: (space, value) => void values.set(space, value),
	};
}

/**
 * The next value to send with, marked as used; undefined once the space is used up, when only a new
 * key helps.
 */
export function takeCounter(port: CounterPort, space: string): number | undefined {
	const next = port.read(space);
	if (next > MAX_COUNTER) return undefined;
	port.write(space, next + 1);
	return next;
}

/**
 * Whether a received value is new; `port` holds the least value that is. Ask before opening, and call
 * `acceptCounter` only after the tag was right.
 */
export function counterIsFresh(port: CounterPort, space: string, received: number): boolean {
	return received >= port.read(space);
}

export function acceptCounter(port: CounterPort, space: string, received: number): void {
	port.write(space, received + 1);
}
