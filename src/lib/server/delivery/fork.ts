/** A journal that contradicts itself: the device is suspended, and the office told. */
import canonicalize from 'canonicalize';
import { type SignedEntry } from '#lib/core/sync/field-journal.ts';
import { entryHash, NO_PREVIOUS } from '#lib/core/sync/journal-chain.ts';
import type { JournalForkList } from '#lib/core/sync/wire-deliveries.ts';
import type { Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Database, Write } from '../database/open.ts';
import type { FieldDeviceRow } from '../database/schema.ts';
import type { Refusal } from '../refusal.ts';

/**
 * Writes the contradiction down, with the entry that was refused, and suspends a device that is active.
 * Answers `journal-fork` with the first number that two entries have.
 */
export async function suspendForked(
	write: Write,
	caller: Caller,
	from: {
		readonly device: FieldDeviceRow;
		readonly entry: SignedEntry;
		readonly sequence: number;
		readonly nowMs: number;
	},
): Promise<Refusal> {
	const { device, entry, sequence, nowMs } = from;
	const refusal: Refusal = { refusal: 'journal-fork', facts: { sequence } };
	const known = await write
		.selectFrom('journal_fork')
		.select('device_id')
		.where('device_id', '=', device.id)
		.executeTakeFirst();
	if (known !== undefined) return refusal;
	await write
		.insertInto('journal_fork')
		.values({
			...{ device_id: device.id, utility_id: device.utility_id, sequence },
			known_hash: await hashAt(write, device.id, sequence),
			...{ other_id: entry.id, other_hash: entryHash(entry), other_kind: entry.kind },
			...{ other_entry: canonicalize(entry) ?? '', at_ms: nowMs },
		})
		.execute();
	if (device.state === 'active')
		await write
			.updateTable('field_device')
			.set({ state: 'suspended', ended_at_ms: nowMs })
			.where('id', '=', device.id)
			.execute();
	const subject = { kind: 'field-device', id: device.id };
	const facts = { sequence, entry: entry.id, operator: device.operator_id };
	await recordDeed(write, caller, { action: 'journal-forked', subject, facts }, nowMs);
	return refusal;
}

/** Of the entry that stands at a place. */
async function hashAt(database: Database, deviceId: string, sequence: number): Promise<string> {
	if (sequence === 0) return NO_PREVIOUS;
	const { hash } = await database
		.selectFrom('journal_entry')
		.select('hash')
		.where('device_id', '=', deviceId)
		.where('sequence', '=', sequence)
		.executeTakeFirstOrThrow();
	return hash;
}

const MOST = 200;

/** The latest first. */
export async function listForks(
	{ database }: Pick<Backend, 'database'>,
	{ utilityId }: Caller,
): Promise<JournalForkList> {
	const rows = await database
		.selectFrom('journal_fork')
		.innerJoin('field_device', 'field_device.id', 'journal_fork.device_id')
		.innerJoin('operator', 'operator.id', 'field_device.operator_id')
		.selectAll('journal_fork')
		.select(['field_device.name as device_name', 'field_device.operator_id'])
		.select('operator.name as operator_name')
		.where('journal_fork.utility_id', '=', utilityId)
		.orderBy('at_ms', 'desc')
		.orderBy('device_id')
		.limit(MOST)
		.execute();
	return {
		forks: rows.map((row) => ({
			...{ deviceId: row.device_id, deviceName: row.device_name },
			...{ operatorId: row.operator_id, operatorName: row.operator_name },
			...{ sequence: row.sequence, knownHash: row.known_hash },
			...{ otherId: row.other_id, otherHash: row.other_hash, otherKind: row.other_kind },
			atMs: row.at_ms,
		})),
	};
}
