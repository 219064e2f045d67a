import { signIn } from '#lib/server/access/sign-in.ts';
import { operation } from '#lib/server/http/operation.ts';
import { sessionAnswer } from '#lib/server/http/session-answer.ts';
import { isRefusal } from '#lib/server/refusal.ts';

export const POST = operation('signIn', async ({ backend, caller, request, url, body }) => {
	const opened = await signIn(backend, caller, { request, url }, body);
	return isRefusal(opened) ? opened : await sessionAnswer(backend, url, opened);
});
