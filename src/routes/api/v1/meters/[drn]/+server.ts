import { operation } from '#lib/server/http/operation.ts';
import { confirmCustomer } from '#lib/server/meter/confirm-customer.ts';

export const GET = operation('confirmCustomer', ({ backend, caller, params }) =>
	confirmCustomer(backend, caller, params.drn ?? ''),
);
