import { operation } from '#lib/server/http/operation.ts';
import { listTariffs } from '#lib/server/meter/list-tariffs.ts';

export const GET = operation('listTariffs', ({ backend, caller, query }) =>
	listTariffs(backend, caller, query),
);
