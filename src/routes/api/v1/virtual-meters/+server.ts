import { operation } from '#lib/server/http/operation.ts';
import { listVirtualMeters } from '#lib/server/meter/virtual-meters.ts';

export const GET = operation('listVirtualMeters', ({ backend, caller }) =>
	listVirtualMeters(backend, caller),
);
