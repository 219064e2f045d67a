import { operation } from '#lib/server/http/operation.ts';
import { listVendors } from '#lib/server/vendor/vendors.ts';

export const GET = operation('listVendors', ({ backend, caller, query }) =>
	listVendors(backend, caller, query.after),
);
