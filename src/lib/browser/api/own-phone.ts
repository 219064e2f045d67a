/** How a person shows that a phone is theirs: a code to it, and the code typed. The browser keeps the session. */
import * as v from 'valibot';
import { send, type ApiOutcome } from './call.ts';

const CodeOnItsWay = v.object({ expiresAtMs: v.number() });
const SignedIn = v.object({ id: v.string() });

/** The answer is the same for a phone that nobody knows. @param phone E.164 */
export const sendCode = (phone: string): Promise<ApiOutcome<unknown>> =>
	send(CodeOnItsWay, 'POST', '/api/v1/one-time-codes', { phone });

/** Problem: `code-wrong`. @param code six digits */
export const showCode = (phone: string, code: string): Promise<ApiOutcome<unknown>> =>
	send(SignedIn, 'POST', '/api/v1/login-sessions', { by: 'code', phone, code, carrier: 'cookie' });

export const ownPhone = { sendCode, showCode };
export type OwnPhone = typeof ownPhone;
