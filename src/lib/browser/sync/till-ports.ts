/** The world as a till's desk needs it, and what its parts share. Tests give their own. */
import type { AgentApi } from '#lib/browser/api/agent.ts';
import type { KeepingPort } from '#lib/browser/device/keeping.ts';
import type { OperatorHereRow, TerminalHereRow } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import type { DeviceKeys } from '#lib/browser/vault/device-keys.ts';
import type { TabChannel } from '#lib/browser/vault/lock-together.ts';
import type { OperatorKeys } from '#lib/browser/vault/operator-keys.ts';
import type { PageWatch } from '#lib/browser/vault/page-watch.ts';
import type { DeviceClocks, SeenClock } from '#lib/browser/vault/seen-clock.ts';
import type { Stretch } from '#lib/browser/vault/stretch.ts';
import type { Vault } from '#lib/browser/vault/vault.ts';
import type { Timer } from '#lib/link/transport.ts';
import type { Connection } from './connection.ts';
import type { TillHere } from './till-here.ts';
import type { TillJournalPorts } from './till-journal.ts';

export interface TillDeskPorts {
	readonly store: AgentStore;
	/** The till that this device is: `readTillHere`, or a test's. */
	readonly readHere: (store: AgentStore, nowMs: () => number) => Promise<TillHere | undefined>;
	readonly clocks: DeviceClocks;
	readonly timer: Timer;
	readonly page: PageWatch;
	readonly tabs: TabChannel;
	readonly locks: Pick<LockManager, 'request'>;
	readonly stretch: Stretch;
	readonly probe: () => Promise<Connection>;
	/** `page-hints.ts` */
	readonly watch: (onHint: () => void) => () => void;
	/** `leave-word.ts`, with the till's tag. */
	readonly leaveWord: () => Promise<void>;
	readonly keeping: KeepingPort;
	readonly newId: () => string;
	/** A number in [0, 1). */
	readonly chance: () => number;
	/** Octets that nobody can guess. */
	readonly random: (count: number) => Uint8Array;
}

/** What the parts of an open desk share. */
export interface TillParts extends Pick<
	TillDeskPorts,
	'store' | 'timer' | 'keeping' | 'newId' | 'random' | 'locks'
> {
	/** Signed by the till. */
	readonly api: AgentApi;
	readonly operator: OperatorHereRow;
	readonly vault: Vault;
	/** The operator's own. */
	readonly operatorKeys: OperatorKeys;
	/** Those of the owner `till`. */
	readonly tillKeys: DeviceKeys;
	readonly journal: TillJournalPorts;
	readonly clock: SeenClock;
	/** The device's own clock, but never before what it has shown; epoch milliseconds. */
	readonly nowMs: () => number;
	/** The device's own clock as somebody has set it; epoch milliseconds. */
	readonly wallMs: () => number;
	/** By the backend's clock, as well as it is known. */
	readonly serverMs: () => number;
	readonly connection: () => Connection;
	/** The till as it is now. @throws {StoreFault} */
	readonly terminal: () => Promise<TerminalHereRow>;
	/** Hands in what is due, without waiting for it. */
	readonly kick: () => void;
}
