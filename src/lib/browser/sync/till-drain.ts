/**
 * Draining the till's outbox: what is due of its journal is handed in, request by request, until nothing is or
 * something stops it. The only writer over all tabs and the service worker (a Web Lock). Everything it decides
 * is decided in `core/sync/till-outbox` and `core/sync/till-batch`.
 */
import type { AgentApi } from '#lib/browser/api/agent.ts';
import {
	countPending,
	readAcknowledged,
	readPending,
	readProgressAt,
	readTillEntries,
	readTillHead,
} from '#lib/browser/store/agent-journal.ts';
import {
	absorbAsked,
	changeTill,
	heardStatus,
	readTill,
	setStop,
} from '#lib/browser/store/agent-outbox.ts';
import type { TerminalHereRow, TillProgressRow } from '#lib/browser/store/agent-rows.ts';
import { wipeRevokedTill } from '#lib/browser/store/agent-wipe.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import type { DeviceKeys } from '#lib/browser/vault/device-keys.ts';
import { decideStanding, type AbsorbedBatch } from '#lib/core/sync/till-batch.ts';
import { decideBatch, nextDueMs, stopOf } from '#lib/core/sync/till-outbox.ts';
import { type TillStop } from '#lib/core/vending/till-refusals.ts';
import { MAX_JOURNAL_ROWS } from '#lib/core/sync/wire-till.ts';
import { rowsToSend } from './till-rows.ts';

/** What draining needs of the world; tests give their own. */
export interface TillDrainPorts {
	readonly store: AgentStore;
	/** Those of the owner `till`. */
	readonly keys: DeviceKeys;
	readonly api: Pick<AgentApi, 'postJournal' | 'readStatus'>;
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

/** The same in every tab and in the service worker. */
export const TILL_OUTBOX_LOCK = 'tokenline-till-outbox';

/** Requests of one drain: a backend that sends us back and forth does not keep us for ever. */
const REQUESTS_PER_DRAIN = 1_000;

/**
 * Hands in what is due. A till that the office has revoked is wiped before this returns.
 * @param how `ask`: hear first how the till and its journal stand there @throws {StoreFault} @throws {VaultFault}
 */
export function drainTill(
	ports: TillDrainPorts,
	how: { readonly ask?: boolean } = {},
): Promise<TillDrained> {
	return ports.locks.request(TILL_OUTBOX_LOCK, async () => {
		const { store, keys, nowMs } = ports;
		if (how.ask) await hearStatus(ports).catch(passOverFull);
		await drain(ports);
		const till = await tillOf(ports);
		const stop = till?.stop ?? null;
		if (stop === 'revoked') await wipeRevokedTill(store, keys.id, nowMs());
		const pending = await countPending(store, keys.id);
		const next = till && !stop ? nextDueMs(await readPending(store, keys.id, 1)) : undefined;
		return { dueMs: next ?? null, stop, pending };
	});
}

/** What was heard finds no place on the disk: it is heard again, and what waits is handed in all the same. */
function passOverFull(cause: unknown): void {
	if (!(cause instanceof StoreFault) || cause.kind !== 'no-space') throw cause;
}

/** The till's row, of the enrolment that these keys are of. */
async function tillOf({ store, keys }: TillDrainPorts): Promise<TerminalHereRow | undefined> {
	const till = await readTill(store);
	return till?.deviceId === keys.id ? till : undefined;
}

/** Asks how the till stands, and takes it in. */
async function hearStatus({ store, keys, api, nowMs }: TillDrainPorts): Promise<void> {
	const askedMs = nowMs();
	const outcome = await api.readStatus();
	if (outcome.kind === 'unknown') return;
	if (outcome.kind === 'problem') {
		const stop = stopOf(outcome.problem.code);
		if (stop) await setStop(store, keys.id, stop);
		return;
	}
	const till = await readTill(store);
	const heard = heardStatus(outcome.answer, middle(askedMs, nowMs()));
	// It knows us again.
	const stop = till?.stop === 'unknown' ? null : (till?.stop ?? null);
	await changeTill(store, keys.id, { ...heard, stop });
}

async function drain(ports: TillDrainPorts): Promise<void> {
	const till = await tillOf(ports);
	if (!till || till.stop) return;
	let from = await whereBehind(ports, till);
	let most = MAX_JOURNAL_ROWS;
	const wentBackTo = new Set<number>();
	for (let requests = 0; requests < REQUESTS_PER_DRAIN; requests += 1) {
		if ((await tillOf(ports))?.stop !== null) return;
		const sequences = await toSend(ports, from, most);
		const absorbed = sequences.length > 0 ? await sendRows(ports, sequences) : undefined;
		if (!absorbed) {
			// Given again all that it had lost, or nothing is due.
			if (from === null && sequences.length === 0) return;
			from = null;
			continue;
		}
		if (absorbed.stop || !absorbed.goOn) return;
		most = absorbed.tooMany
			? Math.max(1, Math.floor(sequences.length / 2))
			: Math.min(MAX_JOURNAL_ROWS, most * 2);
		if (absorbed.goBackTo !== null) {
			// Sent back to where it was sent back to before: this backend does not keep what it takes.
			if (wentBackTo.has(absorbed.goBackTo)) return;
			wentBackTo.add(absorbed.goBackTo);
			from = absorbed.goBackTo;
		} else if (from !== null) from = unheardOf(absorbed, from);
	}
}

/** The first number that nothing was heard of yet. */
function unheardOf({ rows, tooMany }: AbsorbedBatch<TillProgressRow>, from: number): number {
	if (tooMany) return from;
	const first = rows.find(({ heard }) => heard === null)?.progress.sequence;
	return first ?? (rows.at(-1)?.progress.sequence ?? from) + 1;
}

/** Where the backend, by what it last said, is to be given again what it had; null: nowhere. */
async function whereBehind(
	ports: TillDrainPorts,
	{ status }: TerminalHereRow,
): Promise<number | null> {
	if (!status) return null;
	const { store, keys } = ports;
	const [head, acknowledged] = await Promise.all([
		readTillHead(store, keys.id),
		readAcknowledged(store, keys.id),
	]);
	const sequence = status.journal?.sequence ?? 0;
	const standing = decideStanding(status, head, acknowledged, await hashAt(ports, sequence));
	if (standing.kind === 'stop') await setStop(store, keys.id, standing.stop);
	return standing.kind === 'behind' ? standing.from : null;
}

/** What the entry of a number is by the word of the one after it, or its own; undefined: not known. */
async function hashAt(
	{ store, keys }: TillDrainPorts,
	sequence: number,
): Promise<string | undefined> {
	const rows = await readTillEntries(store, keys.id, sequence - 1, 2);
	const next = rows.find((row) => row.sequence === sequence + 1);
	return next?.entry.previousHash ?? rows.find((row) => row.sequence === sequence)?.hash;
}

/** The numbers of the next request; all from `from` on where the backend is to get them again. */
async function toSend(
	{ store, keys, nowMs }: TillDrainPorts,
	from: number | null,
	most: number,
): Promise<number[]> {
	if (from === null) return decideBatch(await readPending(store, keys.id, most), nowMs(), most);
	const head = await readTillHead(store, keys.id);
	const count = Math.max(0, Math.min(most, head.sequence - from + 1));
	return Array.from({ length: count }, (_, at) => from + at);
}

/** Undefined: none of them could be sent, and that is written down. */
async function sendRows(
	ports: TillDrainPorts,
	sequences: readonly number[],
): Promise<AbsorbedBatch<TillProgressRow> | undefined> {
	const { store, keys, api, nowMs, chance } = ports;
	const progress = await readProgressAt(store, keys.id, sequences);
	const rows = await rowsToSend(ports, sequences, progress);
	if (rows.length === 0) return undefined;
	const askedMs = nowMs();
	const outcome = await api.postJournal({ rows: rows.map(({ row }) => row) });
	const answeredMs = nowMs();
	return absorbAsked(store, {
		...{ deviceId: keys.id, sent: rows.map(({ sent }) => sent), outcome },
		...{ midMs: middle(askedMs, answeredMs), nowMs: answeredMs, chance: chance() },
	});
}

const middle = (oneMs: number, otherMs: number): number => Math.round((oneMs + otherMs) / 2);
