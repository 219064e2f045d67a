import { json } from '#lib/server/http/endpoint.ts';
import { operation } from '#lib/server/http/operation.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { reverseVend } from '#lib/server/vend/reverse-vend.ts';

export const POST = operation('reverseVend', async ({ backend, caller, params }) => {
	const vend = await reverseVend(backend, caller, params.id);
	return isRefusal(vend) ? vend : json(vend.body, vend.status);
});
