import { listDevices } from '#lib/server/field/devices.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('listFieldDevices', ({ backend, caller, query }) =>
	listDevices(backend, caller, query.after),
);
