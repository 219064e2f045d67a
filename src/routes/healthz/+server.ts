import { json } from '#lib/server/http/endpoint.ts';
import type { RequestHandler } from './$types';

/** The process is alive; whether it can work is `/readyz`. */
export const GET: RequestHandler = () => json('{"status":"alive"}');
