/** Field devices as rows, and as they are told of. */
import type { FieldDeviceAnswer } from '#lib/core/sync/wire-field-devices.ts';
import { EMPTY_JOURNAL, type JournalHead } from '#lib/core/sync/journal-chain.ts';
import type { Caller } from '../access/caller.ts';
import type { Database } from '../database/open.ts';
import type { FieldDeviceRow } from '../database/schema.ts';
import type { Refusal } from '../refusal.ts';

export async function findDevice(
	database: Database,
	id: string,
): Promise<FieldDeviceRow | undefined> {
	return await database
		.selectFrom('field_device')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirst();
}

/**
 * Whether the caller may have a pack on a device. Order: `field-device-unknown` (none, or not theirs),
 * `field-device-revoked`, `field-device-suspended`.
 */
export function decideOwnDevice(
	{ operatorId, utilityId }: Caller,
	row: FieldDeviceRow | undefined,
): FieldDeviceRow | Refusal {
	if (row === undefined || row.utility_id !== utilityId || row.operator_id !== operatorId)
		return { refusal: 'field-device-unknown' };
	if (row.state === 'revoked') return { refusal: 'field-device-revoked' };
	return row.state === 'suspended' ? { refusal: 'field-device-suspended' } : row;
}

/** The last entry of a device's journal that is here. */
export async function journalHeadOf(database: Database, deviceId: string): Promise<JournalHead> {
	const head = await database
		.selectFrom('journal_head')
		.select(['sequence', 'hash'])
		.where('device_id', '=', deviceId)
		.executeTakeFirst();
	return head ?? EMPTY_JOURNAL;
}

/** Everything that is told of a device. */
export async function deviceAnswer(
	database: Database,
	row: FieldDeviceRow,
	nowMs: number,
): Promise<FieldDeviceAnswer> {
	const operator = await database
		.selectFrom('operator')
		.select('name')
		.where('id', '=', row.operator_id)
		.executeTakeFirstOrThrow();
	const pack = await database
		.selectFrom('job_pack')
		.select(({ fn }) => fn.max<number | string | null>('valid_until_ms').as('until'))
		.where('device_id', '=', row.id)
		.executeTakeFirst();
	const until = pack?.until ?? null;
	return {
		...{ id: row.id, name: row.name, operatorId: row.operator_id, operatorName: operator.name },
		...{ state: row.state, registeredAtMs: row.registered_at_ms, endedAtMs: row.ended_at_ms },
		packUntilMs: until === null ? null : Number(until),
		journal: await journalHeadOf(database, row.id),
		serverMs: nowMs,
	};
}
