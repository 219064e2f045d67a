import { listForks } from '#lib/server/delivery/fork.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('listJournalForks', ({ backend, caller }) =>
	listForks(backend, caller),
);
