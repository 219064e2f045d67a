import { answer } from '#lib/server/http/endpoint.ts';
import { provisionVirtualMeter } from '#lib/server/meter/virtual-meters.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params, locals: { backend } }) =>
	answer(backend, () => provisionVirtualMeter(backend, params.drn));
