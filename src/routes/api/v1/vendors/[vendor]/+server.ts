import { operation } from '#lib/server/http/operation.ts';
import { putVendor, readVendor } from '#lib/server/vendor/vendors.ts';

export const GET = operation('readVendor', ({ backend, caller, params }) =>
	readVendor(backend, caller, params.vendor),
);

export const PUT = operation('putVendor', ({ backend, caller, params, body }) =>
	putVendor(backend, caller, params.vendor, body),
);
