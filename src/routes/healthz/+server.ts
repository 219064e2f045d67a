import { operation } from '#lib/server/http/operation.ts';
import type { RequestHandler } from './$types';

/** The process is alive; whether it can work is `/readyz`. */
export const GET: RequestHandler = operation('readHealth', () =>
	Promise.resolve({ status: 'alive' }),
);
