import { PaymentRequest } from '#lib/core/sync/wire.ts';
import { answer } from '#lib/server/http/endpoint.ts';
import { readId, readJson } from '#lib/server/http/read-body.ts';
import { readPayment, requestPayment } from '#lib/server/payment/request-payment.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = ({ params, request, locals: { backend } }) =>
	answer(backend, async () => {
		const id = readId(params.id);
		if (isRefusal(id)) return id;
		const body = await readJson(request, PaymentRequest);
		return 'refusal' in body ? body : await requestPayment(backend, id.id, body.value);
	});

export const GET: RequestHandler = ({ params, locals: { backend } }) =>
	answer(backend, async () => {
		const id = readId(params.id);
		return isRefusal(id) ? id : await readPayment(backend, id.id);
	});
