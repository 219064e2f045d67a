import { endOwnSession } from '#lib/server/access/end-sessions.ts';
import { readSession } from '#lib/server/access/login-sessions.ts';
import { operation } from '#lib/server/http/operation.ts';
import { signedOut } from '#lib/server/http/session-answer.ts';
import { isRefusal } from '#lib/server/refusal.ts';

export const GET = operation('readOwnSession', ({ backend, caller }) =>
	readSession(backend, caller),
);

export const DELETE = operation('signOut', async ({ backend, caller, url }) => {
	const ended = await endOwnSession(backend, caller);
	return isRefusal(ended) ? ended : signedOut(url, ended);
});
