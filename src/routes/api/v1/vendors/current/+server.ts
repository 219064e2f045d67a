import { operation } from '#lib/server/http/operation.ts';
import { readVendorStatus } from '#lib/server/vendor/vendor-status.ts';

export const GET = operation('readVendorStatus', ({ backend, caller }) =>
	readVendorStatus(backend, caller),
);
