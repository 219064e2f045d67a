/**
 * Keeps the outbox moving while a page is open: drains when a sale is stored, when one is due, when the
 * backend is reachable again and when a person asks; and leaves word with the browser (background sync)
 * so that the service worker goes on after the page is closed.
 */
import { makeAllDue } from '#lib/browser/store/sales.ts';
import { stored, StoreFault } from '#lib/browser/store/store-fault.ts';
import type { StoreFaultKind } from '#lib/core/field/keeping.ts';
import { probe, probeAgainMs, type Connection } from './connection.ts';
import { drainOutbox, type DrainPorts } from './drain.ts';
import { leaveWord } from './leave-word.ts';
import { watchPage } from './page-hints.ts';
import { SYNC_TAG } from './sync-tag.ts';

/** What the outbox is doing, for screens. */
export interface OutboxState {
	readonly connection: Connection;
	readonly sending: boolean;
	/** Why the last drain could not write down where a sale is; null: it could. Nothing is lost: it is asked again. */
	readonly fault: StoreFaultKind | null;
}

/** How soon a drain that could not write is tried again: somebody may have made room. */
const FULL_AGAIN_MS = 5_000;

/** The longest the runner sleeps between two looks at the outbox. */
const LONGEST_SLEEP_MS = 60_000;

export interface OutboxRunner {
	/** Drains what is due now. */
	kick(): void;
	/** Asks the backend whether it is there, and drains when it is. */
	tryNow(): Promise<Connection>;
	stop(): void;
}

/**
 * @param tell called with every change
 * @param hear called with the backend's time whenever it says it
 */
export function startOutboxRunner(
	ports: DrainPorts,
	tell: (state: OutboxState) => void,
	hear?: (serviceMs: number) => void,
): OutboxRunner {
	let connection: Connection = 'unknown';
	let fault: StoreFaultKind | null = null;
	let running = false;
	let again = false;
	let stopped = false;
	let drainTimer: ReturnType<typeof setTimeout> | undefined;
	let probeTimer: ReturnType<typeof setTimeout> | undefined;

	const report = () => tell({ connection, sending: running, fault });

	async function drain(): Promise<void> {
		if (stopped) return;
		if (running) {
			again = true;
			return;
		}
		// Nothing is sent into the void: what never left this device can still be taken back. While the
		// backend was not heard yet, its first answer starts the drain.
		if (connection !== 'online') return leaveWord(SYNC_TAG);
		running = true;
		report();
		clearTimeout(drainTimer);
		try {
			const dueMs = await stored(() => drainOutbox(ports));
			fault = null;
			if (dueMs !== null) {
				const waitMs = Math.min(Math.max(dueMs - ports.now(), 100), LONGEST_SLEEP_MS);
				drainTimer = setTimeout(() => void drain(), waitMs);
				void leaveWord(SYNC_TAG);
			}
		} catch (error) {
			if (!(error instanceof StoreFault)) throw error;
			fault = error.kind;
			if (!stopped) drainTimer = setTimeout(() => void drain(), FULL_AGAIN_MS);
		} finally {
			running = false;
			report();
		}
		if (again) {
			again = false;
			await drain();
		}
	}

	/** What cannot be written down as due waits for its time. */
	async function allDue(): Promise<void> {
		await stored(() => makeAllDue(ports.store, ports.now())).catch((error: unknown) => {
			if (!(error instanceof StoreFault)) throw error;
			fault = error.kind;
		});
	}

	async function look(): Promise<Connection> {
		clearTimeout(probeTimer);
		const before = connection;
		connection = await probe(hear);
		report();
		if (connection === 'online' && before !== 'online') {
			await allDue();
			void drain();
		}
		if (!stopped) probeTimer = setTimeout(() => void look(), probeAgainMs(connection));
		return connection;
	}

	const onHint = () => void look();
	const stopHints = watchPage(onHint);
	// The first answer of the backend starts the first drain.
	void look();

	return {
		kick() {
			void drain();
		},
		async tryNow() {
			await allDue();
			const found = await look();
			void drain();
			return found;
		},
		stop() {
			stopped = true;
			clearTimeout(drainTimer);
			clearTimeout(probeTimer);
			stopHints();
		},
	};
}
