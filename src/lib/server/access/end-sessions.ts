/** Ends login sessions, and lists those that could be ended. It holds on every node with the next request. */
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Database, Write } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { decideOwnOrManaged } from './own-or-managed.ts';
import { SESSION_LIFE } from './session-life.ts';

/** Signs out here. Refusal: `sign-in-needed` (a terminal on which nobody is signed in). */
export async function endOwnSession(
	backend: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
): Promise<{ ended: number } | Refusal> {
	const { sessionId } = caller;
	if (sessionId === undefined) return { refusal: 'sign-in-needed' };
	return await endSession(backend, caller, sessionId);
}

/** Ends one: one's own, or anybody's of the utility as administrator. Refusal: `not-found`, `not-allowed`. */
export async function endSession(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	sessionId: string,
): Promise<{ ended: number } | Refusal> {
	const nowMs = clock.nowMs();
	return await transact(database, async (write) => {
		const session = await write
			.selectFrom('login_session')
			.select(['id', 'operator_id', 'utility_id', 'ended_at_ms'])
			.where('id', '=', sessionId)
			.executeTakeFirst();
		if (session?.utility_id !== caller.utilityId) return { refusal: 'not-found' };
		if (session.id !== caller.sessionId) {
			const denied = decideOwnOrManaged(caller, session.operator_id);
			if (denied !== undefined) return denied;
		}
		if (session.ended_at_ms !== null) return { ended: 0 };
		await markEnded(write, [session.id], nowMs);
		const subject = { kind: 'login-session', id: session.id };
		await recordDeed(write, caller, { action: 'session-ended', subject }, nowMs);
		return { ended: 1 };
	});
}

/** Ends all of an operator: the remote revoke. Refusals: of `decideOwnOrManaged`, `not-found`. */
export async function endSessionsOf(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	operatorId: string,
): Promise<{ ended: number } | Refusal> {
	const denied = decideOwnOrManaged(caller, operatorId);
	if (denied !== undefined) return denied;
	const nowMs = clock.nowMs();
	return await transact(database, async (write) => {
		const known = await isOfUtility(write, caller, operatorId);
		if (isRefusal(known)) return known;
		const ended = await endAllOf(write, operatorId, nowMs);
		const subject = { kind: 'operator', id: operatorId };
		await recordDeed(write, caller, { action: 'sessions-ended', subject, facts: { ended } }, nowMs);
		return { ended };
	});
}

/** @param except the session that goes on */
export async function endAllOf(
	write: Write,
	operatorId: string,
	nowMs: number,
	except?: string,
): Promise<number> {
	const open = await openSessionsOf(write, operatorId, nowMs);
	const ids = open.map(({ id }) => id).filter((id) => id !== except);
	await markEnded(write, ids, nowMs);
	return ids.length;
}

/** Open ones of an operator, the newest first. Refusals: of `decideOwnOrManaged`, `not-found`. */
export async function listSessionsOf(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	operatorId: string,
): Promise<{ sessions: object[] } | Refusal> {
	const denied = decideOwnOrManaged(caller, operatorId);
	if (denied !== undefined) return denied;
	const known = await isOfUtility(database, caller, operatorId);
	if (isRefusal(known)) return known;
	const sessions = await openSessionsOf(database, operatorId, clock.nowMs());
	return {
		sessions: sessions.map((session) => ({
			...{ id: session.id, carrier: session.carrier, createdAtMs: session.created_at_ms },
			...{ usedAtMs: session.used_at_ms, expiresAtMs: session.expires_at_ms },
		})),
	};
}

async function openSessionsOf(database: Database, operatorId: string, nowMs: number) {
	return await database
		.selectFrom('login_session')
		.selectAll()
		.where('operator_id', '=', operatorId)
		.where('ended_at_ms', 'is', null)
		.where('expires_at_ms', '>', nowMs)
		.where('used_at_ms', '>', nowMs - SESSION_LIFE.operator.idleMs)
		.orderBy('created_at_ms', 'desc')
		.execute();
}

async function isOfUtility(
	database: Database,
	{ utilityId }: Caller,
	operatorId: string,
): Promise<{ known: true } | Refusal> {
	const operator = await database
		.selectFrom('operator')
		.select('id')
		.where('id', '=', operatorId)
		.where('utility_id', '=', utilityId)
		.executeTakeFirst();
	return operator === undefined ? { refusal: 'not-found' } : { known: true };
}

/** Those that are open still. */
export async function markEnded(
	write: Write,
	ids: readonly string[],
	nowMs: number,
): Promise<void> {
	if (ids.length === 0) return;
	await write
		.updateTable('login_session')
		.set({ ended_at_ms: nowMs })
		.where('id', 'in', ids)
		.where('ended_at_ms', 'is', null)
		.execute();
}
