import { json } from '#lib/server/http/endpoint.ts';
import { operation } from '#lib/server/http/operation.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { readVend } from '#lib/server/vend/read-vend.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';

export const PUT = operation('requestVend', async ({ backend, caller, params, body }) => {
	const vend = await requestVend(backend, caller, params.id, body);
	return isRefusal(vend) ? vend : json(vend.body, vend.status);
});

export const GET = operation('readVend', async ({ backend, caller, params }) => {
	const vend = await readVend(backend, caller, params.id);
	return isRefusal(vend) ? vend : json(vend.body, vend.status);
});
