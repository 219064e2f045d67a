/** Login sessions: opened by a sign-in, and told of. */
import { v7 as uuidV7 } from 'uuid';
import type { LoginSessionAnswer, Person, StaffRole } from '#lib/core/sync/wire-people.ts';
import type { Backend } from '../backend.ts';
import type { Database, Write } from '../database/open.ts';
import type { LoginSessionRow } from '../database/schema.ts';
import type { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { markEnded } from './end-sessions.ts';
import { SESSION_LIFE } from './session-life.ts';
import { hashToken, makeToken, type Carrier } from './session-token.ts';

export type SignedIn = { readonly operatorId: string } | { readonly phone: string };

export interface OpenedSession {
	readonly sessionId: string;
	readonly token: string;
	readonly carrier: Carrier;
	readonly lifeMs: number;
}

/** Opens one, in the transaction in which the proof was taken; one that the caller had on this device ends. */
export async function openSession(
	write: Write,
	caller: Caller,
	who: SignedIn,
	carrier: Carrier,
	nowMs: number,
): Promise<OpenedSession> {
	if (caller.sessionId !== undefined) await markEnded(write, [caller.sessionId], nowMs);
	const token = makeToken();
	const sessionId = uuidV7({ msecs: nowMs });
	const life = SESSION_LIFE['operatorId' in who ? 'operator' : 'consumer'];
	await write
		.insertInto('login_session')
		.values({
			...{ id: sessionId, carrier, token_hash: hashToken(token), previous_token_hash: null },
			...{ rotated_at_ms: nowMs, token_used_at_ms: null, utility_id: caller.utilityId },
			operator_id: 'operatorId' in who ? who.operatorId : null,
			phone: 'phone' in who ? who.phone : null,
			...{ created_at_ms: nowMs, used_at_ms: nowMs, ended_at_ms: null },
			expires_at_ms: nowMs + life.absoluteMs,
		})
		.execute();
	return { sessionId, token, carrier, lifeMs: life.absoluteMs };
}

/** Refusal: `sign-in-needed` (a terminal on which nobody is signed in). */
export async function readSession(
	{ database }: Pick<Backend, 'database'>,
	{ sessionId }: Pick<Caller, 'sessionId'>,
): Promise<LoginSessionAnswer | Refusal> {
	if (sessionId === undefined) return { refusal: 'sign-in-needed' };
	const session = await database
		.selectFrom('login_session')
		.selectAll()
		.where('id', '=', sessionId)
		.executeTakeFirstOrThrow();
	const { id, utility_id: utilityId, operator_id: operatorId } = session;
	return {
		...{ id, utilityId, person: await personOf(database, session) },
		createdAtMs: session.created_at_ms,
		expiresAtMs: session.expires_at_ms,
		idleMs: SESSION_LIFE[operatorId === null ? 'consumer' : 'operator'].idleMs,
	};
}

async function personOf(database: Database, session: LoginSessionRow): Promise<Person> {
	if (session.operator_id === null) return { kind: 'consumer', phone: session.phone ?? '' };
	const operator = await database
		.selectFrom('operator')
		.select(['id as operatorId', 'login', 'name', 'roles', 'vendor_id as vendorId'])
		.where('id', '=', session.operator_id)
		.executeTakeFirstOrThrow();
	return { kind: 'operator', ...operator, roles: JSON.parse(operator.roles) as StaffRole[] };
}
