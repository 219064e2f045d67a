import { operation } from '#lib/server/http/operation.ts';
import { makeReserves } from '#lib/server/till/reserve/make-reserves.ts';

export const POST = operation('makeReserves', ({ backend, caller, body }) => {
	const startedMs = performance.now();
	return makeReserves(backend, caller, body, () => performance.now() - startedMs);
});
