import { operation } from '#lib/server/http/operation.ts';
import { handInJournal } from '#lib/server/till/hand-in.ts';

export const POST = operation('handInJournal', ({ backend, caller, body }) => {
	const startedMs = performance.now();
	return handInJournal(backend, caller, body, () => performance.now() - startedMs);
});
