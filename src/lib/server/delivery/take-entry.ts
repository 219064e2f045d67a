/**
 * `PUT /deliveries/{id}`: one entry of a technician's journal arrives. It is known by its device's signature,
 * whoever of the utility's technicians hands it in; entries are taken in their order, each once, and stay as
 * they are. What happened at the meter has happened: an entry that does not fit what the office knows is taken
 * and marked, so that nothing stops behind it.
 */
import canonicalize from 'canonicalize';
import { type SignedEntry } from '#lib/core/sync/field-journal.ts';
import {
	decidePlace,
	entryHash,
	entryText,
	serverTimeOf,
	type JournalHead,
} from '#lib/core/sync/journal-chain.ts';
import type { DeliveryAnswer, EntryFinding } from '#lib/core/sync/wire-deliveries.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import type { Caller } from '../access/caller.ts';
import { importDeviceKey, isSignedBy } from '../access/device-key.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { lockDevice } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { FieldDeviceRow, JournalEntryRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { findDevice, journalHeadOf } from '../field/device-row.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { deedOf } from './deed-of.ts';
import { gatherFacts } from './gather-facts.ts';
import { judgeEntry } from './judge-entry.ts';
import { suspendForked } from './fork.ts';
import { moveToken } from './token-state.ts';

/**
 * Same id and contents: the same answer, also when the device has been revoked since. Order: `body-shape`
 * (another id than the entry's), `field-device-unknown` (none of the utility, or another person's), what is
 * stored already (its answer, or `id-reused`), `journal-signature`, `field-device-suspended`,
 * `field-device-revoked` (done after it), `journal-gap`, `journal-fork`.
 */
export async function takeEntry(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	id: string,
	entry: SignedEntry,
): Promise<DeliveryAnswer | Refusal> {
	if (entry.id !== id) {
		const detail = 'expected the id of the path';
		return { refusal: 'body-shape', errors: [{ pointer: '/id', detail }] };
	}
	return await transact(database, async (write) => {
		await lockDevice(write, entry.deviceId);
		const device = decideDevice(caller, await findDevice(write, entry.deviceId), entry);
		if (isRefusal(device)) return device;
		const known = await findEntry(write, id);
		if (known !== undefined)
			return known.hash === entryHash(entry)
				? await entryAnswer(write, known)
				: { refusal: 'id-reused' };
		const denied = decideEntry(device, entry);
		if (denied !== undefined) return denied;
		return await takeNext(write, caller, device, entry, clock.nowMs());
	});
}

function decideDevice(
	{ utilityId }: Caller,
	row: FieldDeviceRow | undefined,
	{ operatorId }: SignedEntry,
): FieldDeviceRow | Refusal {
	return row?.utility_id === utilityId && row.operator_id === operatorId
		? row
		: { refusal: 'field-device-unknown' };
}

/** Pure but for the curve's arithmetic. */
function decideEntry(device: FieldDeviceRow, entry: SignedEntry): Refusal | undefined {
	const key = importDeviceKey(JSON.parse(device.signing_key) as DeviceKey);
	const signature = Buffer.from(entry.signature, 'base64url');
	if (key === undefined || !isSignedBy(key, entryText(entry), signature))
		return { refusal: 'journal-signature' };
	if (device.state === 'suspended') return { refusal: 'field-device-suspended' };
	const isLate = device.state === 'revoked' && serverTimeOf(entry) >= (device.ended_at_ms ?? 0);
	return isLate ? { refusal: 'field-device-revoked' } : undefined;
}

async function takeNext(
	write: Write,
	caller: Caller,
	device: FieldDeviceRow,
	entry: SignedEntry,
	nowMs: number,
): Promise<DeliveryAnswer | Refusal> {
	const head = await journalHeadOf(write, device.id);
	const at = decidePlace(head, entry);
	if (at.place === 'gap') return { refusal: 'journal-gap', facts: { expected: at.expected } };
	if (at.place === 'fork')
		return await suspendForked(write, caller, { device, entry, sequence: at.sequence, nowMs });
	const revokedAtMs = device.state === 'revoked' ? device.ended_at_ms : null;
	const facts = await gatherFacts(write, device.utility_id, entry, { revokedAtMs, nowMs });
	const findings = judgeEntry(entry, facts);
	const row = rowOf(device, entry, { vendId: facts.token?.vend_id ?? null, findings, nowMs });
	await write.insertInto('journal_entry').values(row).execute();
	await moveHead(write, device.id, { sequence: entry.sequence, hash: row.hash });
	const { token } = facts;
	if (entry.kind === 'token-delivery' && token && !findings.includes('digits-differ'))
		await moveToken(write, device.utility_id, token, entry);
	await recordDeed(write, caller, deedOf(entry, findings), nowMs);
	return await entryAnswer(write, row);
}

/** The device is taken, so that nobody else moves its head. */
async function moveHead(write: Write, deviceId: string, head: JournalHead): Promise<void> {
	if (head.sequence === 1)
		await write
			.insertInto('journal_head')
			.values({ device_id: deviceId, ...head })
			.execute();
	else
		await write
			.updateTable('journal_head')
			.set({ ...head })
			.where('device_id', '=', deviceId)
			.execute();
}

function rowOf(
	device: FieldDeviceRow,
	entry: SignedEntry,
	{
		vendId,
		findings,
		nowMs,
	}: { vendId: string | null; findings: readonly EntryFinding[]; nowMs: number },
): JournalEntryRow {
	return {
		...{ id: entry.id, utility_id: device.utility_id, device_id: device.id },
		...{ sequence: entry.sequence, hash: entryHash(entry), operator_id: entry.operatorId },
		...{ job_id: entry.jobId, drn: entry.drn, vend_id: vendId, kind: entry.kind },
		...{ at_ms: entry.atMs, offset_ms: entry.offsetMs, accepted_at_ms: nowMs },
		...{ findings: JSON.stringify(findings), entry: canonicalize(entry) ?? '' },
	};
}

async function findEntry(write: Write, id: string): Promise<JournalEntryRow | undefined> {
	return await write
		.selectFrom('journal_entry')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirst();
}

async function entryAnswer(write: Write, row: JournalEntryRow): Promise<DeliveryAnswer> {
	const { sequence } = await journalHeadOf(write, row.device_id);
	return {
		...{ id: row.id, deviceId: row.device_id, sequence: row.sequence, hash: row.hash },
		...{ acceptedAtMs: row.accepted_at_ms, expected: sequence + 1 },
		findings: JSON.parse(row.findings) as EntryFinding[],
	};
}
