/**
 * Locks a vault by itself: after a while in which nobody touched the page, once the page is out of sight, and
 * at once when it is left. And destroys what has expired, whether the vault is open or not.
 *
 * A meter's session may hold the vault open: a long reading is not idleness. It is let go when the page is
 * left all the same.
 */
import type { Timer } from '#lib/link/transport.ts';
import type { PageWatch } from './page-watch.ts';
import type { Vault } from './vault.ts';

/** How soon a vault is locked, in milliseconds. */
export interface LockTimes {
	/** Since the page was last touched. */
	readonly idleMs: number;
	/** Since the page went out of sight; 0: at once. */
	readonly hiddenMs: number;
}

/** Ten minutes idle; a minute out of sight, in which to look something up on the same phone. */
export const LOCK_TIMES: LockTimes = { idleMs: 600_000, hiddenMs: 60_000 };

/** A pointer tells of itself a hundred times a second. */
const TOUCH_EVERY_MS = 1_000;

export interface AutoLock {
	/** Work that is not to be broken off by idleness has begun; the function it gives ends it. */
	hold(): () => void;
	stop(): void;
}

export function startAutoLock(
	vault: Pick<Vault, 'lock'>,
	{ timer, page }: { readonly timer: Timer; readonly page: PageWatch },
	{ idleMs, hiddenMs }: LockTimes = LOCK_TIMES,
): AutoLock {
	let touchedAtMs = timer.nowMs();
	let hiddenAtMs: number | null = null;
	let holds = 0;
	let callOff = () => {};

	/** When it is to be locked as things stand. */
	const dueMs = () =>
		Math.min(
			holds > 0 ? Infinity : touchedAtMs + idleMs,
			hiddenAtMs === null || holds > 0 ? Infinity : hiddenAtMs + hiddenMs,
		);

	function look(): void {
		callOff();
		const atMs = dueMs();
		if (timer.nowMs() >= atMs) {
			vault.lock();
			// What is locked stays so until somebody unlocks it, which is a touch.
			callOff = () => {};
		} else if (atMs < Infinity) callOff = timer.wakeAt(atMs, look);
	}

	const touched = () => {
		if (timer.nowMs() - touchedAtMs < TOUCH_EVERY_MS && touchedAtMs <= timer.nowMs()) return;
		// A laptop that slept through the time is locked by the touch that wakes it.
		if (timer.nowMs() >= dueMs()) vault.lock();
		touchedAtMs = timer.nowMs();
		look();
	};
	const offs = [
		page.onTouch(touched),
		page.onHidden(() => {
			hiddenAtMs = timer.nowMs();
			look();
		}),
		page.onShown(() => {
			look();
			hiddenAtMs = null;
			look();
		}),
		page.onLeft(() => vault.lock()),
	];
	look();

	return {
		hold() {
			holds += 1;
			let held = true;
			look();
			return () => {
				if (!held) return;
				held = false;
				holds -= 1;
				touchedAtMs = timer.nowMs();
				look();
			};
		},
		stop() {
			callOff();
			for (const off of offs) off();
		},
	};
}
