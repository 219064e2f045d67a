import { operation } from '#lib/server/http/operation.ts';
import { listReserves } from '#lib/server/till/reserve/list-reserves.ts';

export const GET = operation('listReserves', ({ backend, caller, query }) =>
	listReserves(backend, caller, query),
);
