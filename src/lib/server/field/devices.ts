/** Field devices as their owners and the office see them, and their end. */
import type { FieldDeviceAnswer, FieldDeviceList } from '#lib/core/sync/wire-field-devices.ts';
import type { Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import { inScope } from '../access/scope.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { lockDevice } from '../database/lock.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { deviceAnswer, findDevice } from './device-row.ts';

const PAGE = 100;

/** A page by id: all of the utility, or of a technician their own. */
export async function listDevices(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	after: string | undefined,
): Promise<FieldDeviceList> {
	const isAny = decideAuthority(caller, 'field-device.read-any') === undefined;
	let wanted = database
		.selectFrom('field_device')
		.selectAll()
		.where('utility_id', '=', caller.utilityId);
	if (!isAny) wanted = wanted.where('operator_id', '=', caller.operatorId ?? '');
	if (after !== undefined) wanted = wanted.where('id', '>', after);
	const rows = await wanted
		.orderBy('id')
		.limit(PAGE + 1)
		.execute();
	const page = rows.slice(0, PAGE);
	const devices: FieldDeviceAnswer[] = [];
	for (const row of page) devices.push(await deviceAnswer(database, row, clock.nowMs()));
	return { devices, next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}

/**
 * From now on it gets no pack, and what it does is not taken; what it did before still is. Refusal:
 * `not-found`.
 */
export async function revokeDevice(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	id: string,
): Promise<FieldDeviceAnswer | Refusal> {
	return await transact(database, async (write) => {
		await lockDevice(write, id);
		const row = inScope(caller, await findDevice(write, id));
		if (isRefusal(row)) return row;
		const nowMs = clock.nowMs();
		if (row.state === 'revoked') return await deviceAnswer(write, row, nowMs);
		const change = { state: 'revoked', ended_at_ms: nowMs } as const;
		await write.updateTable('field_device').set(change).where('id', '=', id).execute();
		const facts = { before: row.state, operator: row.operator_id };
		const deed = { action: 'field-device-revoked', subject: { kind: 'field-device', id }, facts };
		await recordDeed(write, caller, deed, nowMs);
		return await deviceAnswer(write, { ...row, ...change }, nowMs);
	});
}
