import { operation } from '#lib/server/http/operation.ts';
import { putOfflineTerms, readOfflineTerms } from '#lib/server/till/offline-terms.ts';

export const GET = operation('readOfflineTerms', ({ backend, caller, params }) =>
	readOfflineTerms(backend, caller, params.vendor),
);

export const PUT = operation('putOfflineTerms', ({ backend, caller, params, body }) =>
	putOfflineTerms(backend, caller, params.vendor, body),
);
