/**
 * Draining a journal: one entry after the other, in order, until all have arrived or something stops it. One
 * at a time over all tabs (a Web Lock). Everything it decides is decided in `core/sync/field-sync`.
 */
import type { TechnicianApi } from '#lib/browser/api/technician.ts';
import {
	changeProgress,
	readEntry,
	readHead,
	readProgress,
	type Arrival,
} from '#lib/browser/store/technician-journal.ts';
import type { JournalRow } from '#lib/browser/store/technician-rows.ts';
import type { TechnicianStore } from '#lib/browser/store/technician.ts';
import {
	absorbSent,
	decideNext,
	fieldDueMs,
	stopBroken,
	type FieldProgress,
	type SendOutcome,
} from '#lib/core/sync/field-sync.ts';

/** What draining needs of the world; tests give their own. */
export interface FieldDrainPorts {
	readonly store: TechnicianStore;
	readonly api: Pick<TechnicianApi, 'putDelivery'>;
	readonly now: () => number;
	/** A number in [0, 1). */
	readonly chance: () => number;
	readonly locks: Pick<LockManager, 'request'>;
}

/** Entries in one drain: a backend that sends us back and forth does not keep us for ever. */
const ENTRIES_PER_DRAIN = 1_000;

export interface Drained {
	readonly progress: FieldProgress;
	/** When the next entry may be sent; undefined: none, or not by itself. */
	readonly dueMs: number | undefined;
}

/** Sends what is due of a device's journal. @throws {StoreFault} */
export function drainJournal(ports: FieldDrainPorts, deviceId: string): Promise<Drained> {
	return ports.locks.request(`tokenline-field-drain-${deviceId}`, () => drain(ports, deviceId));
}

async function drain(ports: FieldDrainPorts, deviceId: string): Promise<Drained> {
	const { store, api, now } = ports;
	for (let sent = 0; sent < ENTRIES_PER_DRAIN; sent += 1) {
		const [progress, head] = await standing(store, deviceId);
		const sequence = decideNext(progress, head, now());
		if (sequence === undefined) break;
		const row = await readEntry(store, deviceId, sequence);
		if (row) await absorb(ports, row, await api.putDelivery(row.id, row.entry));
		else await changeProgress(store, deviceId, (before) => stopBroken(before, sequence, now()));
	}
	const [progress, head] = await standing(store, deviceId);
	return { progress, dueMs: fieldDueMs(progress, head) };
}

function standing(store: TechnicianStore, deviceId: string) {
	return Promise.all([readProgress(store, deviceId), readHead(store, deviceId)]);
}

async function absorb(
	{ store, now, chance }: FieldDrainPorts,
	{ deviceId, sequence, hash }: JournalRow,
	outcome: SendOutcome,
): Promise<void> {
	const head = await readHead(store, deviceId);
	await changeProgress(
		store,
		deviceId,
		(before) => absorbSent(before, { sequence, hash }, head, outcome, now(), chance()),
		arrivalOf(outcome, sequence, hash),
	);
}

function arrivalOf(outcome: SendOutcome, sequence: number, hash: string): Arrival | undefined {
	if (outcome.kind !== 'answer') return undefined;
	const { answer } = outcome;
	if (answer.sequence !== sequence || answer.hash !== hash) return undefined;
	return { sequence, acceptedAtMs: answer.acceptedAtMs, findings: answer.findings };
}
