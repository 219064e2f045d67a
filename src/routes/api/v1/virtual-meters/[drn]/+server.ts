import { operation } from '#lib/server/http/operation.ts';
import { provisionVirtualMeter } from '#lib/server/meter/virtual-meters.ts';

export const GET = operation('provisionVirtualMeter', ({ backend, caller, params }) =>
	provisionVirtualMeter(backend, caller, params.drn),
);
