/**
 * Draining the till's outbox: what is due of its journal is handed in, request by request, until nothing is or
 * something stops it. The only writer over all tabs and the service worker (a Web Lock). Everything it decides
 * is decided in `core/sync/till-outbox` and `core/sync/till-batch`.
 */
import type { AgentApi } from '#lib/browser/api/agent.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import type { DeviceKeys } from '#lib/browser/vault/device-keys.ts';
import type { TillStop } from '#lib/core/sync/till-outbox.ts';

/** What draining needs of the world; tests give their own. */
export interface TillDrainPorts {
	readonly store: AgentStore;
	/** Those of the owner `till`. */
	readonly keys: DeviceKeys;
	readonly api: Pick<AgentApi, 'postJournal'>;
	/** The device's own clock, epoch milliseconds. */
	readonly nowMs: () => number;
	/** A number in [0, 1). */
	readonly chance: () => number;
	readonly locks: Pick<LockManager, 'request'>;
}

export interface TillDrained {
	/** When the next entry is due; null: none is pending, or nothing more is handed in. */
	readonly dueMs: number | null;
	readonly stop: TillStop | null;
	/** Entries that are not final. */
	readonly pending: number;
}
