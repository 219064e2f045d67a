/** Tills as the office keeps them: made, given a one-time code, revoked. What is written here holds on every node at once. */
import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { formatCode, makeCode } from '#lib/core/sync/spoken-code.ts';
import {
	ENROLMENT_CODE_LENGTH,
	TerminalId,
	type EnrolmentCode,
	type TerminalAnswer,
	type TerminalList,
	type TerminalRequest,
} from '#lib/core/sync/wire-terminals.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Write } from '../database/open.ts';
import type { TerminalRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { inScope } from './scope.ts';

/** How long an enrolment code may be used. */
const CODE_LIFETIME_MS = 24 * 60 * 60_000;

/** Only this is kept of a code. */
export function hashEnrolmentCode(code: string): string {
	return createHash('sha256').update(`enrolment:${code}`).digest('hex');
}

/**
 * Makes a till, or names it anew. Order: `body-shape` (its id), `not-found` (the vendor), `id-reused` (it is
 * another vendor's).
 */
export async function putTerminal(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
	{ vendorId, name }: TerminalRequest,
): Promise<TerminalAnswer | Refusal> {
	if (!v.is(TerminalId, id))
		return {
			refusal: 'body-shape',
			errors: [{ pointer: '', detail: 'expected a terminal id such as T-001' }],
		};
	return await transact(database, async (write) => {
		const vendor = await write
			.selectFrom('vendor')
			.select(['id', 'utility_id'])
			.where('id', '=', vendorId)
			.executeTakeFirst();
		const found = inScope(caller, vendor);
		if (isRefusal(found)) return found;
		const known = await findTerminal(write, id);
		if (known !== undefined && known.vendor_id !== vendorId) return { refusal: 'id-reused' };
		if (known?.name === name) return terminalShape(known);
		const row: TerminalRow = known
			? { ...known, name }
			: {
					...{ id, utility_id: caller.utilityId, vendor_id: vendorId, name },
					state: 'awaiting-enrolment',
					enrolment_code_hash: null,
					enrolment_expires_at_ms: null,
					public_key: null,
					enrolled_at_ms: null,
					...{ device_id: null, sealing_key: null, journal_state: null },
				};
		await (
			known
				? write.updateTable('terminal').set({ name }).where('id', '=', id)
				: write.insertInto('terminal').values(row)
		).execute();
		const action = known ? 'terminal-renamed' : 'terminal-made';
		await recordDeed(write, caller, deedOn(id, action, { vendor: vendorId }), clock.nowMs());
		return terminalShape(row);
	});
}

/** Refusal: `not-found`. */
export async function makeEnrolmentCode(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
): Promise<EnrolmentCode | Refusal> {
	const code = makeCode(randomBytes(ENROLMENT_CODE_LENGTH - 1));
	return await transact(database, async (write) => {
		const row = inScope(caller, await findTerminal(write, id));
		if (isRefusal(row)) return row;
		const nowMs = clock.nowMs();
		const expiresAtMs = nowMs + CODE_LIFETIME_MS;
		await write
			.updateTable('terminal')
			.set({
				enrolment_code_hash: hashEnrolmentCode(code),
				enrolment_expires_at_ms: expiresAtMs,
				// A till that sells goes on selling until the device with the code takes its place.
				state: row.state === 'active' ? 'active' : 'awaiting-enrolment',
			})
			.where('id', '=', id)
			.execute();
		await recordDeed(write, caller, deedOn(id, 'terminal-code-made'), nowMs);
		return { code: formatCode(code), expiresAtMs };
	});
}

/** Takes the till its right to ask for anything, and any code that is out; its device hears so for ever. Refusal: `not-found`. */
export async function revokeTerminal(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
): Promise<TerminalAnswer | Refusal> {
	return await transact(database, async (write) => {
		const row = inScope(caller, await findTerminal(write, id));
		if (isRefusal(row)) return row;
		if (row.state === 'revoked') return terminalShape(row);
		// The key stays: its device hears by it that it was revoked, and what it has signed can be shown to be its own.
		const change = {
			state: 'revoked',
			enrolment_code_hash: null,
			enrolment_expires_at_ms: null,
		} as const;
		await write.updateTable('terminal').set(change).where('id', '=', id).execute();
		await recordDeed(write, caller, deedOn(id, 'terminal-revoked'), clock.nowMs());
		return terminalShape({ ...row, ...change });
	});
}

/** All tills of the caller's utility, by their ids. */
export async function listTerminals(
	{ database }: Backend,
	{ utilityId }: Caller,
): Promise<TerminalList> {
	const rows = await database
		.selectFrom('terminal')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.orderBy('id')
		.execute();
	return { terminals: rows.map(terminalShape) };
}

export async function findTerminal(
	database: Pick<Write, 'selectFrom'>,
	id: string,
): Promise<TerminalRow | undefined> {
	return await database.selectFrom('terminal').selectAll().where('id', '=', id).executeTakeFirst();
}

function terminalShape(row: TerminalRow): TerminalAnswer {
	return {
		id: row.id,
		vendorId: row.vendor_id,
		name: row.name,
		state: row.state,
		enrolledAtMs: row.enrolled_at_ms,
		codeExpiresAtMs: row.enrolment_expires_at_ms,
	};
}

function deedOn(id: string, action: string, facts: Record<string, string> = {}) {
	return { action, subject: { kind: 'terminal', id }, facts };
}
