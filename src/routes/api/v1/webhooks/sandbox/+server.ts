import { answer } from '#lib/server/http/endpoint.ts';
import { readText } from '#lib/server/http/read-body.ts';
import { SIGNATURE_HEADER } from '#lib/server/payment/webhook-signature.ts';
import { receiveWebhook } from '#lib/server/payment/webhook.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ request, locals: { backend } }) =>
	answer(backend, async () => {
		const body = await readText(request);
		if ('refusal' in body) return body;
		return await receiveWebhook(backend, body.text, request.headers.get(SIGNATURE_HEADER));
	});
