import { answer } from '#lib/server/http/endpoint.ts';
import { confirmCustomer } from '#lib/server/meter/confirm-customer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params, locals: { backend } }) =>
	answer(backend, () => confirmCustomer(backend, params.drn));
