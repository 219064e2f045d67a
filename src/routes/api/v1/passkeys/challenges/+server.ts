import { makeChallenge } from '#lib/server/access/passkey-challenge.ts';
import { operation } from '#lib/server/http/operation.ts';

export const POST = operation('makePasskeyChallenge', ({ backend, caller, url, body }) =>
	makeChallenge(backend, caller, url, body),
);
