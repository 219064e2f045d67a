/**
 * Keeps the till's outbox moving while a page is open: hands in what is due, asks how the till stands, goes on
 * when the backend is reachable again, leaves word for the service worker, and says at any time how it stands.
 */
import { countPending } from '#lib/browser/store/agent-journal.ts';
import { makeTillDue, readTill } from '#lib/browser/store/agent-outbox.ts';
import { unlessStoreBreaks } from '#lib/browser/store/store-fault.ts';
import type { StoreFaultKind } from '#lib/core/field/keeping.ts';
import type { TillStop } from '#lib/core/vending/till-refusals.ts';
import type { Timer } from '#lib/link/transport.ts';
import { probeAgainMs, type Connection } from './connection.ts';
import { makeRounds } from './rounds.ts';
import { drainTill, type TillDrainPorts } from './till-drain.ts';

/** What a runner needs of the world; tests give their own. */
export interface TillRunnerPorts extends TillDrainPorts {
	readonly timer: Timer;
	readonly probe: () => Promise<Connection>;
	/** Calls back when the network may have changed (`page-hints.ts`); returns what stops it. */
	readonly watch: (onHint: () => void) => () => void;
	/** Asks the browser to wake the service worker for what waits (`leave-word.ts`). */
	readonly leaveWord: () => Promise<void>;
}

/** What a screen shows of it. */
export interface TillSyncState {
	readonly connection: Connection;
	readonly sending: boolean;
	/** Entries that are not final. */
	readonly pending: number;
	readonly stop: TillStop | null;
	/** The last round broke on the store; null: it did not. */
	readonly fault: StoreFaultKind | null;
}

export interface TillRunner {
	/** Something was written down: hands in what is due. Resolves when that was tried. */
	kick(): Promise<void>;
	/** Looks at once whether the backend is there, and hands in whatever had to wait. */
	tryNow(): Promise<TillSyncState>;
	stop(): void;
}

export function startTillRunner(
	ports: TillRunnerPorts,
	tell: (state: TillSyncState) => void,
): TillRunner {
	const { store, keys, timer, nowMs } = ports;
	let connection: Connection = 'unknown';
	/** The next round asks the backend whether it is there, and how the till stands. */
	let look = true;
	let lookedAtMs = 0;
	let unheard = false;
	const rounds = makeRounds({ timer, round, report: () => report(false) });
	const { kick } = rounds;

	const noting: TillDrainPorts = {
		...ports,
		api: {
			...ports.api,
			async postJournal(request) {
				const outcome = await ports.api.postJournal(request);
				unheard = outcome.kind === 'unknown';
				return outcome;
			},
		},
	};

	async function report(sending: boolean): Promise<TillSyncState> {
		const [till, pending] = await Promise.all([readTill(store), countPending(store, keys.id)]);
		const state = { connection, sending, pending, stop: till?.stop ?? null, fault: rounds.fault };
		if (!rounds.stopped) tell(state);
		return state;
	}

	/** @returns when to look again, in milliseconds */
	async function round(): Promise<number> {
		const sinceMs = Math.abs(timer.nowMs() - lookedAtMs);
		const ask = look || connection !== 'online' || sinceMs >= probeAgainMs(connection);
		if (ask) await lookOut();
		if (connection !== 'online') {
			await leaveWordFor((await report(false)).pending);
			return probeAgainMs(connection);
		}
		await report(true);
		unheard = false;
		const { dueMs, pending, stop } = await drainTill(noting, { ask });
		// No answer at all: whether the backend is still there is worth knowing before the next customer.
		if (unheard) await lookOut();
		if (stop === null) await leaveWordFor(pending);
		const waitMs = dueMs === null ? Infinity : dueMs - nowMs();
		return Math.min(probeAgainMs(connection), waitMs);
	}

	async function lookOut(): Promise<void> {
		const before = connection;
		look = false;
		connection = await ports.probe();
		lookedAtMs = timer.nowMs();
		if (connection === 'online' && before !== 'online') await makeDue();
	}

	/** In a full disk nothing is made due; what is due all the same is handed in. */
	const makeDue = () => unlessStoreBreaks(() => makeTillDue(store, keys.id, nowMs()));

	const leaveWordFor = async (pending: number) => {
		if (pending > 0) await ports.leaveWord();
	};

	const stopWatching = ports.watch(() => {
		look = true;
		void kick();
	});
	void kick();
	return {
		kick,
		async tryNow() {
			await makeDue();
			look = true;
			await kick();
			return report(false);
		},
		stop() {
			rounds.stop();
			stopWatching();
		},
	};
}
