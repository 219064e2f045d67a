/**
 * What a till has not handed in, as files: for when its storage is in danger, its keys are gone, or the office
 * has revoked it. Every entry as it is, signed, what is private sealed to the backend; one file for each journal.
 */
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import { TILL_EXPORT_FORMAT } from '#lib/core/sync/wire-till.ts';
import type { TillFile } from './till-desk.ts';
import { queuedEntries } from './till-standing.ts';

/** The present journal last. None: all has arrived. @throws {StoreFault} */
export async function exportTill(store: AgentStore, nowMs: number): Promise<readonly TillFile[]> {
	const files: TillFile[] = [];
	for (const deviceId of await journalsHere(store)) {
		const file = await exportJournal(store, deviceId, nowMs);
		if (file) files.push(file);
	}
	return files;
}

async function journalsHere(store: AgentStore): Promise<string[]> {
	const present = (await stored(() => store.till.get('till')))?.deviceId;
	const waiting = await stored(() =>
		store.progress.where('state').anyOf('queued', 'damaged').toArray(),
	);
	const all = new Set(waiting.map(({ deviceId }) => deviceId));
	const earlier = [...all].filter((deviceId) => deviceId !== present).sort();
	return present !== undefined && all.has(present) ? [...earlier, present] : earlier;
}

async function exportJournal(
	store: AgentStore,
	deviceId: string,
	exportedAtMs: number,
): Promise<TillFile | undefined> {
	const queued = await stored(() => queuedEntries(store, deviceId));
	const keys = queued.map(({ sequence }): [string, number] => [deviceId, sequence]);
	const rows = (await stored(() => store.entries.bulkGet(keys))).filter((row) => row !== undefined);
	const [first] = rows;
	if (!first) return undefined;
	const { terminalId } = first.entry;
	const front = { format: TILL_EXPORT_FORMAT, version: 1, exportedAtMs, terminalId, deviceId };
	const parts = [`${JSON.stringify(front).slice(0, -1)},"entries":[\n`];
	for (const [at, { entry }] of rows.entries())
		parts.push(`${at === 0 ? '' : ',\n'}${JSON.stringify(entry)}`);
	parts.push('\n]}\n');
	const day = new Date(exportedAtMs).toISOString().slice(0, 10);
	return { name: `till-${terminalId}-${deviceId}-${day}.json`, type: 'application/json', parts };
}
