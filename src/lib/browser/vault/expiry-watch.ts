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

/** Looks once. @returns when to look again, in milliseconds from now @throws {StoreFault} */
export async function sweepExpired(
	{ db, clock }: Pick<ExpiryPorts, 'db' | 'clock'>,
	box?: { dropExpired(nowMs: number): void },
): Promise<number> {
	const nowMs = clock.nowMs();
	// Memory first: it must not wait for a disk that is full.
	box?.dropExpired(nowMs);
	await destroyExpired(db, nowMs);
	await clock.keep();
	const nextMs = await nextExpiryMs(db);
	return Math.min(LOOK_EVERY_MS, Math.max((nextMs ?? Infinity) - nowMs, 0));
}

/**
 * Goes on until it is stopped.
 * @param told called after each look: something may have gone
 */
export function startExpiryWatch(
	ports: ExpiryPorts,
	box: { dropExpired(nowMs: number): void },
	told: () => void = () => {},
): () => void {
	let stopped = false;
	let callOff = () => {};

	async function look(): Promise<void> {
		const waitMs = await sweepExpired(ports, box).catch(() => LOOK_EVERY_MS);
		told();
		if (!stopped) callOff = ports.timer.wakeAt(ports.timer.nowMs() + waitMs, () => void look());
	}
	void look();
	return () => {
		stopped = true;
		callOff();
	};
}
