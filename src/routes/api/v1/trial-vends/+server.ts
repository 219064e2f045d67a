import { TrialVendRequest } from '#lib/core/sync/wire.ts';
import { answer } from '#lib/server/http/endpoint.ts';
import { readJson } from '#lib/server/http/read-body.ts';
import { trialVend } from '#lib/server/vend/trial-vend.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request, locals: { backend } }) =>
	answer(backend, async () => {
		const body = await readJson(request, TrialVendRequest);
		return 'refusal' in body ? body : await trialVend(backend, body.value);
	});
