import { VendRequest } from '#lib/core/sync/wire.ts';
import { answer, json } from '#lib/server/http/endpoint.ts';
import { readId, readJson } from '#lib/server/http/read-body.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { readVend, requestVend } from '#lib/server/vend/request-vend.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = ({ params, request, locals: { backend } }) =>
	answer(backend, async () => {
		const id = readId(params.id);
		if (isRefusal(id)) return id;
		const body = await readJson(request, VendRequest);
		if ('refusal' in body) return body;
		const vend = await requestVend(backend, id.id, body.value);
		return isRefusal(vend) ? vend : json(vend.body, vend.status);
	});

export const GET: RequestHandler = ({ params, locals: { backend } }) =>
	answer(backend, async () => {
		const id = readId(params.id);
		if (isRefusal(id)) return id;
		const vend = await readVend(backend, id.id);
		return isRefusal(vend) ? vend : json(vend.body, vend.status);
	});
