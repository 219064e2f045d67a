/** A technician makes the machine that they are signed in on a field device, with keys of its own. */
import {
	fieldDeviceProof,
	type FieldDeviceAnswer,
	type FieldDeviceRequest,
} from '#lib/core/sync/wire-field-devices.ts';
import type { Caller } from '../access/caller.ts';
import { importDeviceKey, isSignedBy } from '../access/device-key.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import { lockOperator } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { FieldDeviceRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import type { Refusal } from '../refusal.ts';
import { deviceAnswer, findDevice } from './device-row.ts';

/**
 * Same id and contents: the same device. The proof is no part of them: a signature is another one each time.
 * Order: `sign-in-needed` (nobody in person), `signature-wrong` (the proof, or a key that is no point of the
 * curve), `id-reused`, `field-devices-exceeded`.
 */
export async function registerDevice(
	{ database, clock, field }: Pick<Backend, 'database' | 'clock' | 'field'>,
	caller: Caller,
	id: string,
	asked: FieldDeviceRequest,
): Promise<FieldDeviceAnswer | Refusal> {
	const { operatorId, utilityId } = caller;
	if (operatorId === undefined) return { refusal: 'sign-in-needed' };
	if (!isProved(id, operatorId, asked)) return { refusal: 'signature-wrong' };
	const { name, signingKey, sealingKey } = asked;
	const { hash } = contentHash({ name, signingKey, sealingKey, operatorId });
	return await transact(database, async (write) => {
		await lockOperator(write, operatorId);
		const nowMs = clock.nowMs();
		const known = await findDevice(write, id);
		if (known !== undefined)
			return known.content_hash === hash && known.utility_id === utilityId
				? await deviceAnswer(write, known, nowMs)
				: { refusal: 'id-reused' };
		const most = field.devicesPerOperator;
		if ((await devicesOf(write, operatorId)) >= most)
			return { refusal: 'field-devices-exceeded', facts: { most } };
		const row: FieldDeviceRow = {
			...{ id, utility_id: utilityId, operator_id: operatorId, name, content_hash: hash },
			...{ signing_key: JSON.stringify(signingKey), sealing_key: JSON.stringify(sealingKey) },
			...{ registered_at_ms: nowMs, state: 'active', ended_at_ms: null },
		};
		await write.insertInto('field_device').values(row).execute();
		const subject = { kind: 'field-device', id };
		const deed = { action: 'field-device-registered', subject, facts: { operator: operatorId } };
		await recordDeed(write, caller, deed, nowMs);
		return await deviceAnswer(write, row, nowMs);
	});
}

function isProved(id: string, operatorId: string, asked: FieldDeviceRequest): boolean {
	const key = importDeviceKey(asked.signingKey);
	if (key === undefined || importDeviceKey(asked.sealingKey) === undefined) return false;
	const proof = Buffer.from(asked.proof, 'base64url');
	return isSignedBy(key, fieldDeviceProof(id, operatorId, asked), proof);
}

/** Suspended ones do not count: their owner goes on with another. */
async function devicesOf(write: Write, operatorId: string): Promise<number> {
	const { count } = await write
		.selectFrom('field_device')
		.select(({ fn }) => fn.countAll<number | string>().as('count'))
		.where('operator_id', '=', operatorId)
		.where('state', '=', 'active')
		.executeTakeFirstOrThrow();
	return Number(count);
}
