/** A device becomes a till: it shows the one-time code of the office and that it has the key it names. */
import { isDeepStrictEqual } from 'node:util';
import { EMPTY_JOURNAL } from '#lib/core/sync/journal-chain.ts';
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
import { noteRevoked } from './revoked-keys.ts';
import { hashEnrolmentCode } from './terminals.ts';

/**
 * Order: `enrolment-code` (mistyped), `body-shape` (half a journal), `signature-wrong` (the proof),
 * `enrolment-code` (unknown, used, too old), `id-reused` (another device's id). The same device may ask again when the answer was lost.
 */
export async function enrolTerminal(
	{ database, clock, access, saleKey }: Backend,
	caller: Caller,
	asked: EnrolmentRequest,
): Promise<EnrolmentAnswer | Refusal> {
	const code = parseCode(asked.code, ENROLMENT_CODE_LENGTH);
	if (code === undefined) return { refusal: 'enrolment-code' };
	if ((asked.deviceId === undefined) !== (asked.sealingKey === undefined)) return HALF_A_JOURNAL;
	if (!isProved(code, asked)) return { refusal: 'signature-wrong' };
	return await transact(database, async (write) => {
		const nowMs = clock.nowMs();
		const row = await write
			.selectFrom('terminal')
			.selectAll()
			.where('enrolment_code_hash', '=', hashEnrolmentCode(code))
			.executeTakeFirst();
		const decided = decideEnrolment(row, asked.publicKey, nowMs);
		if (isRefusal(decided)) return decided;
		if (decided.isNew && (await isOtherDevice(write, asked))) return { refusal: 'id-reused' };
		if (decided.isNew && !(await activate(write, decided.row, asked, nowMs)))
			return { refusal: 'enrolment-code' };
		if (decided.isNew) await recordEnrolment(write, caller, decided.row, nowMs);
		const facts = await factsOf(write, decided.row);
		const { signatureWindowMs } = access;
		return { ...facts, saleKey: saleKey.publicKey, serverMs: nowMs, signatureWindowMs };
	});
}

const HALF_A_JOURNAL: Refusal = {
	refusal: 'body-shape',
	errors: [{ pointer: '/sealingKey', detail: 'expected with deviceId, and only with it' }],
};

function isProved(code: string, asked: EnrolmentRequest): boolean {
	const { publicKey, sealingKey, proof } = asked;
	const key = importDeviceKey(publicKey);
	if (key === undefined || (sealingKey && importDeviceKey(sealingKey) === undefined)) return false;
	return isSignedBy(key, enrolmentProof(code, asked), Buffer.from(proof, 'base64url'));
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
	{ publicKey, deviceId, sealingKey }: EnrolmentRequest,
	nowMs: number,
): Promise<boolean> {
	const done = await write
		.updateTable('terminal')
		.set({
			state: 'active',
			public_key: JSON.stringify(publicKey),
			enrolled_at_ms: nowMs,
			device_id: deviceId ?? null,
			sealing_key: sealingKey ? JSON.stringify(sealingKey) : null,
			journal_state: deviceId === undefined ? null : 'active',
			enrolment_expires_at_ms: null,
		})
		.where('id', '=', row.id)
		.where('enrolment_code_hash', '=', row.enrolment_code_hash)
		.where('enrolment_expires_at_ms', 'is not', null)
		.executeTakeFirst();
	if (done.numUpdatedRows !== 1n) return false;
	// A till that was revoked and has a code again awaits its device; the row has forgotten the key by now.
	if (row.state !== 'active' && row.public_key !== null)
		await noteRevoked(write, row, row.public_key, nowMs);
	if (deviceId !== undefined) await beginJournal(write, row, deviceId, publicKey);
	return true;
}

/** A journal begins with one enrolment, and no other goes on with it. */
async function isOtherDevice(write: Write, { deviceId }: EnrolmentRequest): Promise<boolean> {
	if (deviceId === undefined) return false;
	const head = await write
		.selectFrom('till_head')
		.select('device_id')
		.where('device_id', '=', deviceId)
		.executeTakeFirst();
	return head !== undefined;
}

async function beginJournal(
	write: Write,
	{ id, utility_id }: TerminalRow,
	deviceId: string,
	publicKey: DeviceKey,
): Promise<void> {
	const head = { device_id: deviceId, utility_id, terminal_id: id, ...EMPTY_JOURNAL };
	await write
		.insertInto('till_head')
		.values({ ...head, signing_key: JSON.stringify(publicKey) })
		.execute();
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
): Promise<Omit<EnrolmentAnswer, 'saleKey' | 'serverMs' | 'signatureWindowMs'>> {
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
	return { terminalId: id, name, vendor, utilityId, utility: utilityShape(utility) };
}
