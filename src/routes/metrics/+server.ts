import { operation } from '#lib/server/http/operation.ts';
import { metricsPage } from '#lib/server/measure/metrics-page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = operation('readMetrics', ({ backend, caller, request }) =>
	metricsPage(backend, caller.address, request.headers),
);
