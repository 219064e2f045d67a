import { requestFetchCode } from '#lib/server/fetch/request-fetch-code.ts';
import { operation } from '#lib/server/http/operation.ts';

export const POST = operation('requestFetchCode', ({ backend, caller, body }) =>
	requestFetchCode(backend, caller, body),
);
