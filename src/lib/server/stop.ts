/**
 * How the process ends when it is asked to: at the signal `/readyz` says no; after the drain time (for a load
 * balancer that has to notice) the server stops taking connections and finishes the requests it has; then
 * the background rounds, the security module and the database are closed, and nothing is left that keeps the
 * process. The server's own part is the adapter's: it listens to the same signals, gives running requests
 * `SHUTDOWN_TIMEOUT` seconds and then says `sveltekit:shutdown`.
 */
import type { RunningBackend } from './backend.ts';
import { describeError } from './log.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** From the server's end to ours; whatever then still holds on is cut off. */
const END_WITHIN_MS = 30_000;

/** @param drainMs 0: connections are refused from the signal on */
export function stopGracefully(
	backend: Pick<RunningBackend, 'duty' | 'close' | 'log'>,
	drainMs: number,
): void {
	for (const signal of SIGNALS) process.once(signal, () => backend.duty.stop());
	// The adapter's own listeners are there once its module has run.
	if (drainMs > 0) setImmediate(() => SIGNALS.forEach((signal) => holdBack(signal, drainMs)));
	process.once('sveltekit:shutdown', () => void end(backend));
}

/** Whoever else listens to the signal hears it only after the drain time. */
function holdBack(signal: (typeof SIGNALS)[number], drainMs: number): void {
	const [ours, ...others] = process.listeners(signal);
	if (ours === undefined) return;
	for (const listener of others) process.removeListener(signal, listener);
	process.once(signal, () => setTimeout(() => others.forEach((tell) => tell(signal)), drainMs));
}

async function end({ close, log }: Pick<RunningBackend, 'close' | 'log'>): Promise<void> {
	setTimeout(() => {
		log('error', 'stop-forced');
		process.exit(1);
	}, END_WITHIN_MS).unref();
	try {
		await close();
		log('info', 'stopped');
	} catch (error) {
		log('error', 'stop-failed', describeError(error));
		process.exitCode = 1;
	}
}
