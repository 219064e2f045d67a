/**
 * The login session that a request carries, looked up in the database each time: a session that was ended,
 * or whose operator was suspended, is over on every node with the next request.
 */
import type { Backend } from '../backend.ts';
import type { LoginSessionRow, OperatorRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { recordDeed } from '../audit/record.ts';
import type { Caller } from './caller.ts';
import type { Role } from './roles.ts';
import { decideSession } from './session-life.ts';
import { hashToken, isToken, makeToken, type PresentedToken } from './session-token.ts';

/** Who is signed in, and the token that takes the place of the one that came, when it is time. */
export interface PresentSession {
	readonly person: Omit<Caller, 'address'>;
	readonly nextToken?: { readonly token: string; readonly lifeMs: number };
}

type FoundSession = LoginSessionRow & {
	readonly operator: Pick<OperatorRow, 'roles' | 'vendor_id' | 'state'> | undefined;
};

/** Undefined: there is no such session, or it is over. */
export async function presentSession(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	{ token, carrier }: PresentedToken,
	address: string,
): Promise<PresentSession | undefined> {
	if (!isToken(token)) return undefined;
	const tokenHash = hashToken(token);
	const session = await findSession(database, tokenHash);
	if (session?.carrier !== carrier || session.operator?.state === 'suspended') return undefined;
	const nowMs = clock.nowMs();
	const decision = decideSession(session, tokenHash, nowMs);
	if (decision === 'stolen') await endStolen(database, session, address, nowMs);
	if (decision === 'over' || decision === 'stolen') return undefined;
	const person = personOf(session);
	if (decision === 'keep') return { person };
	if (decision === 'note-use') {
		await noteUse(database, session, nowMs);
		return { person };
	}
	const nextToken = await rotate(database, session, decision, nowMs);
	return { person, ...(nextToken && { nextToken }) };
}

async function findSession(
	database: Backend['database'],
	tokenHash: string,
): Promise<FoundSession | undefined> {
	const session = await database
		.selectFrom('login_session')
		.selectAll()
		.where((is) =>
			is.or([is('token_hash', '=', tokenHash), is('previous_token_hash', '=', tokenHash)]),
		)
		.executeTakeFirst();
	if (session === undefined || session.operator_id === null)
		return session && { ...session, operator: undefined };
	const operator = await database
		.selectFrom('operator')
		.select(['roles', 'vendor_id', 'state'])
		.where('id', '=', session.operator_id)
		.executeTakeFirstOrThrow();
	return { ...session, operator };
}

function personOf(session: FoundSession): PresentSession['person'] {
	const { id: sessionId, utility_id: utilityId, operator_id: operatorId, phone } = session;
	if (session.operator === undefined || operatorId === null)
		return { utilityId, sessionId, roles: ['consumer'], ...(phone !== null && { phone }) };
	const { vendor_id: vendorId, roles } = session.operator;
	return {
		...{ utilityId, sessionId, operatorId },
		roles: JSON.parse(roles) as Role[],
		...(vendorId !== null && { vendorId }),
	};
}

async function noteUse(
	database: Backend['database'],
	{ id, token_hash, token_used_at_ms }: LoginSessionRow,
	nowMs: number,
): Promise<void> {
	await transact(database, (write) =>
		write
			.updateTable('login_session')
			.set({ used_at_ms: nowMs, token_used_at_ms: token_used_at_ms ?? nowMs })
			.where('id', '=', id)
			.where('token_hash', '=', token_hash)
			.execute(),
	);
}

/** Of requests that arrive together one changes the token; the others go on with the one before. */
async function rotate(
	database: Backend['database'],
	session: LoginSessionRow,
	decision: 'rotate' | 'replace-unseen',
	nowMs: number,
): Promise<PresentSession['nextToken']> {
	const token = makeToken();
	const { numUpdatedRows } = await transact(database, (write) =>
		write
			.updateTable('login_session')
			.set({
				token_hash: hashToken(token),
				previous_token_hash:
					decision === 'rotate' ? session.token_hash : session.previous_token_hash,
				...{ rotated_at_ms: nowMs, token_used_at_ms: null, used_at_ms: nowMs },
			})
			.where('id', '=', session.id)
			.where('token_hash', '=', session.token_hash)
			.executeTakeFirstOrThrow(),
	);
	return numUpdatedRows === 1n ? { token, lifeMs: session.expires_at_ms - nowMs } : undefined;
}

async function endStolen(
	database: Backend['database'],
	session: FoundSession,
	address: string,
	nowMs: number,
): Promise<void> {
	await transact(database, async (write) => {
		const { numUpdatedRows } = await write
			.updateTable('login_session')
			.set({ ended_at_ms: nowMs })
			.where('id', '=', session.id)
			.where('ended_at_ms', 'is', null)
			.executeTakeFirstOrThrow();
		if (numUpdatedRows === 0n) return;
		const subject = { kind: 'login-session', id: session.id };
		const deed = { action: 'session-ended', subject, facts: { reason: 'old-token-came-again' } };
		await recordDeed(write, { ...personOf(session), address }, deed, nowMs);
	});
}
