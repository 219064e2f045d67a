import { operation } from '#lib/server/http/operation.ts';
import { makePack } from '#lib/server/job/make-pack.ts';

export const GET = operation('makeJobPack', ({ backend, caller, query }) =>
	makePack(backend, caller, query),
);
