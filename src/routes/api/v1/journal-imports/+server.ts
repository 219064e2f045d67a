import { operation } from '#lib/server/http/operation.ts';
import { importJournal } from '#lib/server/till/import-journal.ts';

export const POST = operation('importJournal', ({ backend, caller, body }) => {
	const startedMs = performance.now();
	return importJournal(backend, caller, body, () => performance.now() - startedMs);
});
