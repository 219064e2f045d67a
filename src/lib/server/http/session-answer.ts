/** How a session is handed over: its token in a cookie, or to a program in the answer; and taken away. */
import type { Backend } from '../backend.ts';
import { readSession, type OpenedSession } from '../access/login-sessions.ts';
import { clearedCookie, sessionCookie } from '../access/session-token.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { json } from './endpoint.ts';

export async function sessionAnswer(
	backend: Backend,
	url: URL,
	opened: OpenedSession,
): Promise<Response | Refusal> {
	const session = await readSession(backend, opened);
	if (isRefusal(session)) return session;
	const { token, carrier, lifeMs } = opened;
	if (carrier === 'bearer') return json(JSON.stringify({ ...session, token }));
	const response = json(JSON.stringify(session));
	response.headers.set('set-cookie', sessionCookie(token, url, lifeMs));
	return response;
}

export function signedOut(url: URL, answer: object): Response {
	const response = json(JSON.stringify(answer));
	response.headers.set('set-cookie', clearedCookie(url));
	return response;
}
