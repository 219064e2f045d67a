import { operation } from '#lib/server/http/operation.ts';
import { readiness } from '#lib/server/readiness.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = operation('readReadiness', ({ backend }) => readiness(backend));
