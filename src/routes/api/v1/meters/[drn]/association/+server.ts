import { putAssociation, readAssociation } from '#lib/server/dlms-secret/associations.ts';
import { operation } from '#lib/server/http/operation.ts';

export const PUT = operation('putAssociation', ({ backend, caller, params, body }) =>
	putAssociation(backend, caller, params.drn, body),
);

export const GET = operation('readAssociation', ({ backend, caller, params }) =>
	readAssociation(backend, caller, params.drn),
);
