/**
 * What the backend has not said that it has, as a file: for when the browser might throw it away, or the till
 * is revoked, or its journal has stopped. It needs neither PIN nor keys, and has no secret: what is private in
 * an entry is sealed to the backend.
 */
import { readTillEntries } from '#lib/browser/store/agent-journal.ts';
import { readHandedIn } from '#lib/browser/store/agent-pending.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { TILL_EXPORT_FORMAT, type TillExport } from '#lib/core/sync/wire-till.ts';
import type { TillFile } from './till-desk.ts';

/** Entries looked at in one go, and in one file. */
const AT_A_TIME = 200;
const MOST_ENTRIES = 20_000;

/**
 * Everything of a device's journal that was not handed in, and what was told as missing, as it is; of more
 * than fits one file, the oldest.
 * @throws {StoreFault}
 */
export async function exportTill(
	store: AgentStore,
	{ deviceId, terminalId }: { readonly deviceId: string; readonly terminalId: string },
	nowMs: number,
): Promise<TillFile> {
	const front: Omit<TillExport, 'entries'> = {
		...{ format: TILL_EXPORT_FORMAT, version: 1, exportedAtMs: nowMs },
		...{ terminalId, deviceId },
	};
	const parts = [`${JSON.stringify(front).slice(0, -1)},"entries":[`];
	let count = 0;
	let after = 0;
	for (;;) {
		const rows = await readTillEntries(store, deviceId, after, AT_A_TIME);
		const last = rows.at(-1);
		if (!last) break;
		const handedIn = await readHandedIn(store, deviceId, rows);
		const texts = rows
			.filter(({ sequence }) => !handedIn.has(sequence))
			.slice(0, MOST_ENTRIES - count)
			.map(({ entry }) => JSON.stringify(entry));
		if (texts.length > 0) parts.push(`${count === 0 ? '\n' : ',\n'}${texts.join(',\n')}`);
		count += texts.length;
		if (count >= MOST_ENTRIES) break;
		after = last.sequence;
	}
	parts.push('\n]}\n');
	const day = new Date(nowMs).toISOString().slice(0, 10);
	return { name: `till-${terminalId}-${day}.json`, type: 'application/json', parts };
}
