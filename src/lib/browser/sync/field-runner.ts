/**
 * Keeps a technician's journal moving while a page is open: registers the device, sends what is due, goes on
 * when the backend is reachable again or somebody has signed in, and says at any time how it stands.
 */
import {
	changeProgress,
	journalDevices,
	readHead,
	readProgress,
} from '#lib/browser/store/technician-journal.ts';
import { unlessStoreBreaks } from '#lib/browser/store/store-fault.ts';
import type { TechnicianApi } from '#lib/browser/api/technician.ts';
import type { StoreFaultKind } from '#lib/core/field/keeping.ts';
import { dueNow, stopBroken, type FieldProgress } from '#lib/core/sync/field-sync.ts';
import type { Timer } from '#lib/link/transport.ts';
import { probeAgainMs, type Connection } from './connection.ts';
import { registerDevice, wipeRevoked, type FieldDevicePorts } from './field-device.ts';
import { drainJournal, type FieldDrainPorts } from './field-drain.ts';
import { checkOwnJournal, type JournalPorts } from './field-journal.ts';
import { tellGonePacks } from './field-packs.ts';
import { makeRounds } from './rounds.ts';

export interface FieldRunnerPorts extends FieldDevicePorts, JournalPorts, FieldDrainPorts {
	readonly store: FieldDevicePorts['store'];
	readonly keys: FieldDevicePorts['keys'];
	readonly api: Pick<TechnicianApi, 'readSession' | 'registerDevice' | 'putDelivery'>;
	readonly locks: Pick<LockManager, 'request'>;
	readonly timer: Timer;
	readonly probe: () => Promise<Connection>;
}

/** What a screen shows of it. */
export interface FieldSyncState {
	readonly connection: Connection;
	readonly sending: boolean;
	/** Entries that have not arrived. */
	readonly waiting: number;
	/** Of the device as it is now; `stop` says why nothing more is sent. */
	readonly progress: FieldProgress;
	/** The last round broke on the store; null: it did not. */
	readonly fault: StoreFaultKind | null;
}

export interface FieldRunner {
	/** Something was written down, or somebody signed in: sends what is due. */
	kick(): void;
	/** The same at once, whatever had to wait. Resolves with how it stands then. */
	tryNow(): Promise<FieldSyncState>;
	stop(): void;
}

/** Stops that hearing of the device again may end. */
const HEAR_AGAIN: ReadonlySet<string> = new Set(['sign-in', 'not-registered']);

export function startFieldRunner(
	ports: FieldRunnerPorts,
	tell: (state: FieldSyncState) => void,
): FieldRunner {
	const { store, keys, timer, now } = ports;
	let connection: Connection = 'unknown';
	let heard = false;
	/** The office said no: asking again is for a person. */
	let denied = false;
	let checked = false;
	const rounds = makeRounds({ timer, round, report: () => report(false) });
	const { kick } = rounds;

	async function report(sending: boolean): Promise<FieldSyncState> {
		const [progress, head] = await Promise.all([
			readProgress(store, keys.id),
			readHead(store, keys.id),
		]);
		const waiting = Math.max(0, head.sequence - progress.acknowledged);
		const state = { connection, sending, waiting, progress, fault: rounds.fault };
		if (!rounds.stopped) tell(state);
		return state;
	}

	/** One look at everything. @returns when to look again, in milliseconds */
	async function round(): Promise<number> {
		await tellGonePacks(ports);
		if (!checked) await check();
		const before = connection;
		connection = await ports.probe();
		if (connection !== 'online') return probeAgainMs(connection);
		if (before !== 'online') await makeDue();
		await report(true);
		if (await shouldRegister()) {
			const outcome = await registerDevice(ports);
			heard = outcome.kind === 'heard';
			denied = outcome.kind === 'problem';
		}
		const dues = await drainAll();
		return Math.min(probeAgainMs(connection), ...dues.map((dueMs) => dueMs - now()));
	}

	async function shouldRegister(): Promise<boolean> {
		const { stop, revoked } = await readProgress(store, keys.id);
		// What was wiped cannot be signed with any more: its journal goes on without being asked after.
		if (revoked || denied) return false;
		return !heard || (stop !== null && HEAR_AGAIN.has(stop.because));
	}

	async function check(): Promise<void> {
		const found = await checkOwnJournal(store, keys);
		checked = true;
		if ('because' in found)
			await changeProgress(store, keys.id, (before) => stopBroken(before, found.sequence, now()));
	}

	/** In a full disk nothing is made due; what is due all the same is handed in. */
	const makeDue = () =>
		unlessStoreBreaks(() => changeProgress(store, keys.id, (before) => dueNow(before, now())));

	async function drainAll(): Promise<number[]> {
		const dues: number[] = [];
		for (const deviceId of await journalDevices(store)) {
			const { dueMs, progress } = await drainJournal(ports, deviceId);
			if (dueMs !== undefined) dues.push(dueMs);
			if (progress.revoked && deviceId === keys.id) await wipeRevoked(ports);
		}
		return dues;
	}

	void kick();
	return {
		kick: () => void kick(),
		async tryNow() {
			denied = false;
			await makeDue();
			await kick();
			return report(false);
		},
		stop: () => rounds.stop(),
	};
}
