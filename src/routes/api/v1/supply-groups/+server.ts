import { operation } from '#lib/server/http/operation.ts';
import { listSupplyGroups } from '#lib/server/meter/list-supply-groups.ts';

export const GET = operation('listSupplyGroups', ({ backend, caller }) =>
	listSupplyGroups(backend, caller),
);
