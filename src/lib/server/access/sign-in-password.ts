/**
 * Signing in by name and password. A name that nobody has, a suspended operator and a wrong password are
 * answered alike, count alike and take as long.
 */
import type { LoginSessionRequest } from '#lib/core/sync/wire-people.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { OperatorRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { openSession, type OpenedSession } from './login-sessions.ts';
import { hashPassword, isHashDated, isPasswordRight } from './password.ts';
import { attemptKey, forgetAttempts, takeAttempt } from './sign-in-lock.ts';

type Request = Extract<LoginSessionRequest, { by: 'password' }>;
type Parts = Pick<Backend, 'database' | 'clock' | 'homeSecret'>;

/** Order of refusal: `locked-out`, `sign-in-failed`, `not-allowed` (on a till of somebody else's). */
export async function signInByPassword(
	backend: Parts,
	caller: Caller,
	{ login, password, carrier }: Request,
): Promise<OpenedSession | Refusal> {
	const proof = await provePassword(backend, caller, login, password);
	if (isRefusal(proof)) return proof;
	const { operator, attempts } = proof;
	if (!mayUseTerminal(caller, operator)) return { refusal: 'not-allowed' };
	const { database, clock } = backend;
	const newHash = isHashDated(proof.hash) ? await hashPassword(password) : proof.hash;
	return await transact(database, async (write) => {
		const { numUpdatedRows } = await write
			.updateTable('operator')
			.set({ password_hash: newHash })
			.where('id', '=', operator.id)
			.where('password_hash', '=', proof.hash)
			.where('state', '=', 'active')
			.executeTakeFirstOrThrow();
		// Changed, or suspended, while the password was looked at.
		if (numUpdatedRows === 0n) return { refusal: 'sign-in-failed' };
		await forgetAttempts(write, attempts);
		return await openOperatorSession(
			write,
			caller,
			operator.id,
			carrier,
			clock.nowMs(),
			'password',
		);
	});
}

/** Opens an operator's session and writes down how they signed in. */
export async function openOperatorSession(
	write: Parameters<typeof openSession>[0],
	caller: Caller,
	operatorId: string,
	carrier: OpenedSession['carrier'],
	nowMs: number,
	by: 'password' | 'passkey',
): Promise<OpenedSession> {
	const opened = await openSession(write, caller, { operatorId }, carrier, nowMs);
	const subject = { kind: 'operator', id: operatorId };
	const facts = { by, session: opened.sessionId };
	await recordDeed(
		write,
		{ ...caller, operatorId },
		{ action: 'signed-in', subject, facts },
		nowMs,
	);
	return opened;
}

export interface PasswordProof {
	readonly operator: OperatorRow;
	/** Its hash, as it was when it was looked at. */
	readonly hash: string;
	/** Where its attempts are counted; to be forgotten when all else is right too. */
	readonly attempts: string;
}

/** Whether a password is that of a name. Order of refusal: `locked-out`, `sign-in-failed`. */
export async function provePassword(
	{ database, clock, homeSecret }: Parts,
	caller: Caller,
	login: string,
	password: string,
): Promise<PasswordProof | Refusal> {
	const name = login.trim().toLowerCase();
	const nowMs = clock.nowMs();
	const attempts = attemptKey(homeSecret, caller.utilityId, name);
	const attempt = await transact(database, (write) => takeAttempt(write, attempts, nowMs));
	if (isRefusal(attempt)) return attempt;
	const operator = await findOperator(database, caller.utilityId, name);
	const hash = operator?.state === 'active' ? operator.password_hash : null;
	if ((await isPasswordRight(hash, password)) && operator !== undefined && hash !== null)
		return { operator, hash, attempts };
	const subject = { kind: 'operator', id: operator?.id ?? 'unknown' };
	const deed = { action: 'sign-in-failed', subject, facts: { locked: attempt.locked } };
	await transact(database, (write) => recordDeed(write, caller, deed, nowMs));
	return { refusal: 'sign-in-failed' };
}

async function findOperator(
	database: Database,
	utilityId: string,
	login: string,
): Promise<OperatorRow | undefined> {
	return await database
		.selectFrom('operator')
		.selectAll()
		.where('utility_id', '=', utilityId)
		.where('login', '=', login)
		.executeTakeFirst();
}

/** A till is for its own vendor's people. */
export function mayUseTerminal(
	{ terminalId, vendorId }: Caller,
	operator: Pick<OperatorRow, 'vendor_id'>,
): boolean {
	return terminalId === undefined || operator.vendor_id === vendorId;
}
