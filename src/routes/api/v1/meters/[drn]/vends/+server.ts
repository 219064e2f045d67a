import { operation } from '#lib/server/http/operation.ts';
import { meterHistory } from '#lib/server/meter/meter-history.ts';

export const GET = operation('meterHistory', ({ backend, caller, params, query }) =>
	meterHistory(backend, caller, params.drn, query.before),
);
