/**
 * Rounds of work that keep a journal moving while a page is open: one at a time, begun anew when something was
 * wanted meanwhile, and by themselves once what the last one awaits is due.
 */
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import type { StoreFaultKind } from '#lib/core/field/keeping.ts';
import type { Timer } from '#lib/link/transport.ts';
import { probeAgainMs } from './connection.ts';

interface RoundPorts {
	readonly timer: Timer;
	/** One look at everything. @returns when to look again, in milliseconds */
	readonly round: () => Promise<number>;
	/** Says how it stands, after the last round for now. */
	readonly report: () => Promise<unknown>;
}

export interface Rounds {
	/** The last round broke on the store; null: it did not. */
	readonly fault: StoreFaultKind | null;
	readonly stopped: boolean;
	/** Begins a round, or one more after the one under way. Resolves when they have ended. */
	kick(): Promise<void>;
	stop(): void;
}

const SOONEST_MS = 100;

/** Nothing begins before the first `kick`. */
export function makeRounds({ timer, round, report }: RoundPorts): Rounds {
	let fault: StoreFaultKind | null = null;
	let stopped = false;
	let callOff = () => {};
	let running: Promise<void> | undefined;
	let again = false;

	/** What breaks a round on the store is told; a slip is thrown, and ends this round only. */
	async function lookAround(): Promise<number> {
		try {
			const waitMs = await round();
			fault = null;
			return waitMs;
		} catch (cause) {
			if (!(cause instanceof StoreFault)) throw cause;
			fault = cause.kind;
			return probeAgainMs('offline');
		}
	}

	async function run(): Promise<void> {
		try {
			do {
				again = false;
				callOff();
				const waitMs = Math.max(await lookAround(), SOONEST_MS);
				if (!stopped) callOff = timer.wakeAt(timer.nowMs() + waitMs, () => void kick());
			} while (again && !stopped);
		} finally {
			running = undefined;
			await report().catch(() => undefined);
		}
	}

	function kick(): Promise<void> {
		if (stopped) return Promise.resolve();
		if (running) again = true;
		return (running ??= run());
	}

	return {
		get fault() {
			return fault;
		},
		get stopped() {
			return stopped;
		},
		kick,
		stop() {
			stopped = true;
			callOff();
		},
	};
}
