import { json } from '#lib/server/http/endpoint.ts';
import { operation } from '#lib/server/http/operation.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { readLastVend } from '#lib/server/vend/last-vend.ts';

export const GET = operation('readLastVend', async ({ backend, caller }) => {
	const vend = await readLastVend(backend, caller);
	return isRefusal(vend) ? vend : json(vend.body, vend.status);
});
