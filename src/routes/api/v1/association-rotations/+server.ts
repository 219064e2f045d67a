import { listRotations } from '#lib/server/dlms-secret/rotations.ts';
import { operation } from '#lib/server/http/operation.ts';

export const GET = operation('listRotations', ({ backend, caller, query }) =>
	listRotations(backend, caller, query.after),
);
