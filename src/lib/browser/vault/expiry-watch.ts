/**
 * Destroys sealed records once their time has come: when it starts (the page may have been closed meanwhile),
 * when the next one is due, and every minute in between, because a device that sleeps wakes nobody.
 */
import type { Timer } from '#lib/link/transport.ts';
import { destroyExpired, nextExpiryMs } from './sealed-rows.ts';
import type { SeenClock } from './seen-clock.ts';
import type { VaultDatabase } from './tables.ts';

/** The longest between two looks. */
const LOOK_EVERY_MS = 60_000;

export interface ExpiryPorts {
	readonly db: VaultDatabase;
	readonly clock: SeenClock;
	readonly timer: Timer;
}

/** What a look came to. */
export interface Sweep {
	/** Records that were destroyed. */
	readonly gone: number;
	/** When to look again, in milliseconds from now. */
	readonly againMs: number;
}

/** Looks once. @throws {StoreFault} */
export async function sweepExpired(
	{ db, clock }: Pick<ExpiryPorts, 'db' | 'clock'>,
	box?: { dropExpired(nowMs: number): void },
): Promise<Sweep> {
	const nowMs = clock.nowMs();
	// Memory first: it must not wait for a disk that is full.
	box?.dropExpired(nowMs);
	const gone = await destroyExpired(db, nowMs);
	await clock.keep();
	const nextMs = await nextExpiryMs(db);
	const againMs = Math.min(LOOK_EVERY_MS, Math.max((nextMs ?? Infinity) - nowMs, 0));
	return { gone: gone.length, againMs };
}

/**
 * Goes on until it is stopped.
 * @param told called when something is gone
 */
export function startExpiryWatch(
	ports: ExpiryPorts,
	box: { dropExpired(nowMs: number): void },
	told: () => void = () => {},
): () => void {
	let stopped = false;
	let callOff = () => {};

	async function look(): Promise<void> {
		const { gone, againMs } = await sweepExpired(ports, box).catch((): Sweep => ({
			gone: 0,
			againMs: LOOK_EVERY_MS,
		}));
		if (stopped) return;
		if (gone > 0) told();
		callOff = ports.timer.wakeAt(ports.timer.nowMs() + againMs, () => void look());
	}
	void look();
	return () => {
		stopped = true;
		callOff();
	};
}
