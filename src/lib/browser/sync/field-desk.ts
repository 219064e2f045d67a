/**
 * All that a technician's page works with, put together: the vault with its packs, the journal, the counters,
 * and what keeps them moving. One desk for one technician; who signs out closes it.
 */
import type { TechnicianApi } from '#lib/browser/api/technician.ts';
import type { Alongside } from '#lib/browser/store/technician-journal.ts';
import { counterSpaces, TechnicianCounters } from '#lib/browser/store/technician-counters.ts';
import type { Technician } from '#lib/browser/store/technician-people.ts';
import type { TechnicianStore } from '#lib/browser/store/technician.ts';
import { startAutoLock, type AutoLock, type LockTimes } from '#lib/browser/vault/auto-lock.ts';
import {
	ensureDeviceKeys,
	renewDeviceKeys,
	type DeviceKeys,
} from '#lib/browser/vault/device-keys.ts';
import { startExpiryWatch } from '#lib/browser/vault/expiry-watch.ts';
import { JobPacks } from '#lib/browser/vault/job-packs.ts';
import { lockTogether, type TabChannel } from '#lib/browser/vault/lock-together.ts';
import type { PageWatch } from '#lib/browser/vault/page-watch.ts';
import { SeenClock, type DeviceClocks } from '#lib/browser/vault/seen-clock.ts';
import type { Stretch } from '#lib/browser/vault/stretch.ts';
import { Strongbox } from '#lib/browser/vault/strongbox.ts';
import { Vault } from '#lib/browser/vault/vault.ts';
import type { MeterSecrets } from '#lib/core/dlms/profile/client-connection.ts';
import type { JournalKind } from '#lib/core/sync/field-deeds.ts';
import type { SignedEntry } from '#lib/core/sync/field-journal.ts';
import type { Timer } from '#lib/link/transport.ts';
import type { Connection } from './connection.ts';
import { appendDeed, exportJournal, type Deed, type JournalFile } from './field-journal.ts';
import { closeAllPacks, takeJobPack, type PackOutcome } from './field-packs.ts';
import { startFieldRunner, type FieldRunner, type FieldSyncState } from './field-runner.ts';

/** The world as the desk needs it; tests give their own. */
export interface DeskPorts {
	readonly store: TechnicianStore;
	readonly api: TechnicianApi;
	readonly clocks: DeviceClocks;
	readonly timer: Timer;
	readonly page: PageWatch;
	readonly tabs: TabChannel;
	readonly locks: Pick<LockManager, 'request'>;
	readonly stretch: Stretch;
	readonly probe: () => Promise<Connection>;
	readonly newId: () => string;
	/** A number in [0, 1). */
	readonly chance: () => number;
}

export interface FieldDesk {
	readonly technician: Technician;
	readonly vault: Vault;
	readonly packs: JobPacks;
	readonly clock: SeenClock;
	/** The device as it is now. */
	keys(): DeviceKeys;
	/** Locks the vault, in every tab. */
	lock(): void;
	/** Work at a meter has begun: idleness does not lock. The function it gives ends it. */
	hold(): () => void;
	/** Fetches a pack with all open jobs, or with one of them. @throws {StoreFault} @throws {VaultFault} */
	takePack(jobId?: string): Promise<PackOutcome>;
	/** Writes a deed into the journal and sends it when it can be. @throws {StoreFault} nothing was written */
	writeDown<Kind extends JournalKind>(
		deed: Deed<Kind>,
		alongside?: Alongside,
	): Promise<SignedEntry>;
	/** The counters of a meter's key. @throws {StoreFault} */
	counters(
		drn: string,
		key: Uint8Array,
	): Promise<{ counters: TechnicianCounters; sendSpace: string; receiveSpace: string }>;
	/** The journal as a file. @throws {StoreFault} */
	saveJournal(): Promise<JournalFile>;
	/** Somebody signed in, or asked: looks at once. */
	tryNow(): Promise<FieldSyncState>;
	/** After a fork: another device of the same person, with a journal of its own. */
	startAnew(): Promise<void>;
	/** Destroys the packs, ends the session and closes the desk. What was not sent stays, and is sent next time. */
	signOut(): Promise<void>;
	/** The page is left for another. */
	close(): void;
}

/**
 * Opens a technician's desk, the vault as it was left: none yet, or locked.
 * @param deviceName what the office sees, if the device is new; it keeps its name
 * @throws {StoreFault} @throws {VaultFault}
 */
export async function openFieldDesk(
	ports: DeskPorts,
	technician: Technician,
	deviceName: string,
	tell: (state: FieldSyncState) => void,
	lockTimes?: LockTimes,
): Promise<FieldDesk> {
	const { store, clocks, timer, page, tabs, newId, stretch } = ports;
	const owner = technician.operatorId;
	const clock = await SeenClock.open(store, clocks);
	let keys = await ensureDeviceKeys(store, { owner, name: deviceName }, newId, clocks.nowMs());
	const vault = new Vault(owner, { db: store, clock, stretch });
	const box = new Strongbox<MeterSecrets>(timer);
	const packs = new JobPacks(vault, box);
	const together = lockTogether(vault, tabs);
	const offs = [together.stop];
	const autoLock: AutoLock = startAutoLock(vault, { timer, page }, lockTimes);
	offs.push(() => autoLock.stop());
	const shared = () => ({
		...{ ...ports, clock, vault, packs, keys },
		nowMs: clocks.nowMs,
		now: clocks.nowMs,
		offsetMs: () => clock.offsetMs,
	});
	let runner: FieldRunner = startFieldRunner(shared(), heard);
	offs.push(() => runner.stop());
	offs.push(startExpiryWatch({ db: store, clock, timer }, box, () => runner.kick()));

	/** A device that was switched off is wiped by the tab that heard of it; the others lock. */
	function heard(state: FieldSyncState): void {
		if (state.progress.revoked) together.lock();
		tell(state);
	}

	function close(): void {
		vault.lock();
		for (const off of offs) off();
	}

	return {
		...{ technician, vault, packs, clock, close },
		keys: () => keys,
		lock: () => together.lock(),
		hold: () => autoLock.hold(),
		async takePack(jobId) {
			const outcome = await takeJobPack(shared(), jobId);
			runner.kick();
			return outcome;
		},
		async writeDown(deed, alongside) {
			const entry = await appendDeed(shared(), deed, alongside);
			runner.kick();
			return entry;
		},
		async counters(drn, key) {
			const spaces = counterSpaces(drn, key);
			const counters = await TechnicianCounters.open(store, spaces);
			return { counters, sendSpace: spaces.send, receiveSpace: spaces.receive };
		},
		saveJournal: () => exportJournal(store, keys, clocks.nowMs()),
		tryNow: () => runner.tryNow(),
		async startAnew() {
			await closeAllPacks(shared(), 'closed');
			runner.stop();
			keys = (await renewDeviceKeys(store, owner, newId, clocks.nowMs())) ?? keys;
			runner = startFieldRunner(shared(), heard);
		},
		async signOut() {
			await closeAllPacks(shared(), 'signed-out');
			together.lock();
			await ports.api.signOut();
			close();
		},
	};
}
