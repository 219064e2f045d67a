/** `POST /api/v1/login-sessions`: the one door, whatever a person proves who they are by. */
import type { LoginSessionRequest } from '#lib/core/sync/wire-people.ts';
import type { Backend } from '../backend.ts';
import type { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import type { OpenedSession } from './login-sessions.ts';
import { signInByCode } from './one-time-code.ts';
import { isOurPage } from './same-origin.ts';
import { signInByPasskey } from './sign-in-passkey.ts';
import { signInByPassword } from './sign-in-password.ts';

/**
 * Order of refusal: `cross-site` (another site's page signs nobody in here), then those of
 * `signInByPassword`, `signInByCode` or `signInByPasskey`.
 */
export async function signIn(
	backend: Backend,
	caller: Caller,
	{ request, url }: { readonly request: Request; readonly url: URL },
	asked: LoginSessionRequest,
): Promise<OpenedSession | Refusal> {
	if (asked.carrier === 'cookie' && !isOurPage(request, url)) return { refusal: 'cross-site' };
	switch (asked.by) {
		case 'password':
			return await signInByPassword(backend, caller, asked);
		case 'code':
			return await signInByCode(backend, caller, asked);
		case 'passkey':
			return await signInByPasskey(backend, caller, url, asked);
	}
}
