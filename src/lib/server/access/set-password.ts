/** A password chosen anew: by its owner, who shows the present one, or for a colleague by the administrator. */
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { endAllOf } from './end-sessions.ts';
import { findOperator } from './operators.ts';
import { decideOwnOrManaged } from './own-or-managed.ts';
import { hashPassword } from './password.ts';
import { decidePassword } from './password-rule.ts';
import { inScope } from './scope.ts';
import { provePassword } from './sign-in-password.ts';
import { attemptKey, forgetAttempts } from './sign-in-lock.ts';

/**
 * Ends all sessions of the operator but the one that asks. Order of refusal: those of `decideOwnOrManaged`,
 * `not-found`, `password-weak`, and of one's own, where there is one: `locked-out`, `sign-in-failed`.
 */
export async function setPassword(
	backend: Pick<Backend, 'database' | 'clock' | 'homeSecret'>,
	caller: Caller,
	id: string,
	{ password, present }: { readonly password: string; readonly present?: string | undefined },
): Promise<{ ended: number } | Refusal> {
	const denied = decideOwnOrManaged(caller, id);
	if (denied !== undefined) return denied;
	const { database, clock, homeSecret } = backend;
	const operator = inScope(caller, await findOperator(database, id));
	if (isRefusal(operator)) return operator;
	const weak = decidePassword(password, operator.login);
	if (weak !== undefined) return weak;
	if (caller.operatorId === id && operator.password_hash !== null) {
		const proof = await provePassword(backend, caller, operator.login, present ?? '');
		if (isRefusal(proof)) return proof;
	}
	const hash = await hashPassword(password);
	const nowMs = clock.nowMs();
	return await transact(database, async (write) => {
		await write.updateTable('operator').set({ password_hash: hash }).where('id', '=', id).execute();
		await forgetAttempts(write, attemptKey(homeSecret, caller.utilityId, operator.login));
		const ended = await endAllOf(write, id, nowMs, caller.sessionId);
		const subject = { kind: 'operator', id };
		await recordDeed(write, caller, { action: 'password-set', subject, facts: { ended } }, nowMs);
		return { ended };
	});
}
