/** Looks again and again until it is so. A busy machine needs its time, and only what never comes is a failure. */
import { vi } from 'vitest';

/** @param look throws until it is so @throws what it threw last, after half a minute */
export const soon = <T>(look: () => T | Promise<T>): Promise<T> =>
	vi.waitFor(look, { interval: 2, timeout: 30_000 });
