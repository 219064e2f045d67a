/**
 * Whether the backend can be reached, as far as known. `navigator.onLine` is a hint that triggers a probe;
 * only the probe's answer is shown.
 */

export type Connection = 'unknown' | 'online' | 'offline';

const PROBE_TIMEOUT_MS = 5_000;
/** Asked again this often while a page is in sight: soon when offline, seldom when all is well. */
const PROBE_OFFLINE_MS = 5_000;
const PROBE_ONLINE_MS = 60_000;

/**
 * Asks the backend itself. A captive portal's page does not count as an answer.
 * @param hear called with the backend's time, epoch milliseconds, to the second; not a number where it said none
 */
export async function probe(hear?: (serviceMs: number) => void): Promise<Connection> {
	try {
		const response = await fetch('/healthz', {
			cache: 'no-store',
			signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
		});
		// Read to its end, or the line would be held open until the time is up.
		await response.arrayBuffer();
		const ours = response.headers.get('content-type')?.startsWith('application/json') ?? false;
		if (!response.ok || !ours) return 'offline';
		hear?.(Date.parse(response.headers.get('date') ?? ''));
		return 'online';
	} catch {
		return 'offline';
	}
}

/** How long until the next probe. */
export function probeAgainMs(connection: Connection): number {
	return connection === 'online' ? PROBE_ONLINE_MS : PROBE_OFFLINE_MS;
}
