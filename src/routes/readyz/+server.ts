import { answer } from '#lib/server/http/endpoint.ts';
import { readiness } from '#lib/server/readiness.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals: { backend } }) =>
	answer(backend, () => readiness(backend));
