/** A device becomes a till: it shows the one-time code of the office and that it has the key it names. */
import { isDeepStrictEqual } from 'node:util';
import { parseCode } from '#lib/core/sync/spoken-code.ts';
import {
	ENROLMENT_CODE_LENGTH,
	enrolmentProof,
	type DeviceKey,
	type EnrolmentAnswer,
	type EnrolmentRequest,
} from '#lib/core/sync/wire-terminals.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { TerminalRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { utilityShape } from '../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { importDeviceKey, isSignedBy } from './device-key.ts';
import { hashEnrolmentCode } from './terminals.ts';

/**
 * Order: `enrolment-code` (mistyped), `signature-wrong` (the proof), `enrolment-code` (unknown, used, too
 * old). The same device may ask again when the answer was lost.
 */
export async function enrolTerminal(
	{ database, clock, access }: Backend,
	caller: Caller,
	{ code: typed, publicKey, proof }: EnrolmentRequest,
): Promise<EnrolmentAnswer | Refusal> {
	const code = parseCode(typed, ENROLMENT_CODE_LENGTH);
	if (code === undefined) return { refusal: 'enrolment-code' };
	if (!isProved(code, publicKey, proof)) return { refusal: 'signature-wrong' };
	return await transact(database, async (write) => {
		const nowMs = clock.nowMs();
		const row = await write
			.selectFrom('terminal')
			.selectAll()
			.where('enrolment_code_hash', '=', hashEnrolmentCode(code))
			.executeTakeFirst();
		const decided = decideEnrolment(row, publicKey, nowMs);
		if (isRefusal(decided)) return decided;
		if (decided.isNew && !(await activate(write, decided.row, publicKey, nowMs)))
			return { refusal: 'enrolment-code' };
		if (decided.isNew) await recordEnrolment(write, caller, decided.row, nowMs);
		const facts = await factsOf(write, decided.row);
		return { ...facts, serverMs: nowMs, signatureWindowMs: access.signatureWindowMs };
	});
}

function isProved(code: string, publicKey: DeviceKey, proof: string): boolean {
	const key = importDeviceKey(publicKey);
	const signature = Buffer.from(proof, 'base64url');
	return key !== undefined && isSignedBy(key, enrolmentProof(code, publicKey), signature);
}

/** A code that was used keeps its hash and loses its end: whoever used it may ask again, nobody else. */
function decideEnrolment(
	row: TerminalRow | undefined,
	publicKey: DeviceKey,
	nowMs: number,
): { row: TerminalRow; isNew: boolean } | Refusal {
	if (row === undefined) return { refusal: 'enrolment-code' };
	if (row.enrolment_expires_at_ms === null) {
		const enrolled: unknown = row.public_key === null ? null : JSON.parse(row.public_key);
		const isSame = row.state === 'active' && isDeepStrictEqual(enrolled, { ...publicKey });
		return isSame ? { row, isNew: false } : { refusal: 'enrolment-code' };
	}
	return nowMs < row.enrolment_expires_at_ms ? { row, isNew: true } : { refusal: 'enrolment-code' };
}

/** Whether nobody else used the code in this moment. */
async function activate(
	write: Write,
	row: TerminalRow,
	publicKey: DeviceKey,
	nowMs: number,
): Promise<boolean> {
	const done = await write
		.updateTable('terminal')
		.set({
			state: 'active',
			public_key: JSON.stringify(publicKey),
			enrolled_at_ms: nowMs,
			enrolment_expires_at_ms: null,
		})
		.where('id', '=', row.id)
		.where('enrolment_code_hash', '=', row.enrolment_code_hash)
		.where('enrolment_expires_at_ms', 'is not', null)
		.executeTakeFirst();
	return done.numUpdatedRows === 1n;
}

async function recordEnrolment(
	write: Write,
	caller: Caller,
	{ id, utility_id: utilityId }: TerminalRow,
	nowMs: number,
): Promise<void> {
	const deed = { action: 'terminal-enrolled', subject: { kind: 'terminal', id } };
	await recordDeed(write, { ...caller, utilityId, terminalId: id }, deed, nowMs);
}

async function factsOf(
	write: Write,
	{ id, name, vendor_id: vendorId, utility_id: utilityId }: TerminalRow,
): Promise<Omit<EnrolmentAnswer, 'serverMs' | 'signatureWindowMs'>> {
	const vendor = await write
		.selectFrom('vendor')
		.select(['id', 'name'])
		.where('id', '=', vendorId)
		.executeTakeFirstOrThrow();
	const utility = await write
		.selectFrom('utility')
		.selectAll()
		.where('id', '=', utilityId)
		.executeTakeFirstOrThrow();
	return { terminalId: id, name, vendor, utility: utilityShape(utility) };
}
