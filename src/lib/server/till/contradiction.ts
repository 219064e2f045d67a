/** A journal that contradicts itself: the office is told, with the entry that was refused, and its till sells no more. */
import type { SignedTillEntry } from '#lib/core/sync/till-journal.ts';
import type { Write } from '../database/open.ts';
import { raiseAlarm, type Alarmed } from './alarms.ts';
import type { EntryStanding } from './decide-row.ts';

interface Contradicting {
	readonly entry: SignedTillEntry;
	/** As it came. */
	readonly text: string;
	readonly hash: string;
	readonly found: Extract<EntryStanding, { standing: 'contradicts' }>;
}

/** Once per journal: whatever contradicts it after that says nothing new. */
export async function contradict(
	write: Write,
	alarmed: Alarmed,
	{ entry, text, hash, found }: Contradicting,
	nowMs: number,
): Promise<void> {
	const { deviceId, till } = alarmed;
	if (await isContradicted(write, deviceId)) return;
	await raiseAlarm(
		write,
		alarmed,
		{
			...{ kind: found.as, sequence: found.sequence, entryId: entry.id },
			entry: text,
			facts: { kind: entry.kind, refusedSequence: entry.sequence, refusedHash: hash },
		},
		nowMs,
	);
	// Another device may have taken its place since: that one goes on.
	await write
		.updateTable('terminal')
		.set({ journal_state: 'suspended' })
		.where('id', '=', till.terminalId)
		.where('device_id', '=', deviceId)
		.execute();
}

async function isContradicted(write: Write, deviceId: string): Promise<boolean> {
	const alarm = await write
		.selectFrom('till_alarm')
		.select('id')
		.where('device_id', '=', deviceId)
		.where('kind', 'in', ['fork', 'rolled-back'])
		.limit(1)
		.executeTakeFirst();
	return alarm !== undefined;
}
