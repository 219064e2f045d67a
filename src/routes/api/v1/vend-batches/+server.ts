import { operation } from '#lib/server/http/operation.ts';
import { requestVends } from '#lib/server/vend/vend-batch.ts';

export const POST = operation('requestVends', ({ backend, caller, body }) => {
	const startedMs = performance.now();
	return requestVends(backend, caller, body, () => performance.now() - startedMs);
});
