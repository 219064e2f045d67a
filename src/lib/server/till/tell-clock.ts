/** The office is told of a device whose clock is wrong, once a day: of the first entry that shows it. */
import type { Write } from '../database/open.ts';
import { isClockTold, raiseAlarm, type Alarmed } from './alarms.ts';
import { clockError } from './judge-clock.ts';
import { offlineTermsOf } from './offline-terms.ts';
import type { ReadEntry } from './read-rows.ts';

/** @param entries that have just been taken */
export async function tellClock(
	write: Write,
	alarmed: Alarmed,
	entries: readonly ReadEntry[],
	nowMs: number,
): Promise<void> {
	const isOdd = ({ entry }: ReadEntry) => clockError(entry, nowMs, 0) !== undefined;
	// Nearly always none is: then nothing is asked of the database.
	if (!entries.some(isOdd)) return;
	const terms = await offlineTermsOf(write, alarmed.till.vendorId);
	const ageMs = Math.max(terms.queued?.ageMs ?? 0, terms.reserve?.lifeMs ?? 0);
	for (const { entry } of entries) {
		const aheadMs = clockError(entry, nowMs, ageMs);
		if (aheadMs === undefined) continue;
		if (await isClockTold(write, alarmed.deviceId, nowMs)) return;
		const about = { sequence: entry.sequence, entryId: entry.id, entry: null };
		await raiseAlarm(write, alarmed, { kind: 'clock', ...about, facts: { aheadMs } }, nowMs);
		return;
	}
}
