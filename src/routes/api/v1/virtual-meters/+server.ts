import { answer } from '#lib/server/http/endpoint.ts';
import { listVirtualMeters } from '#lib/server/meter/virtual-meters.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals: { backend } }) =>
	answer(backend, () => listVirtualMeters(backend));
