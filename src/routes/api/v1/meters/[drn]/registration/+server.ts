import { operation } from '#lib/server/http/operation.ts';
import { putRegistration, readRegistration } from '#lib/server/meter/registration.ts';

export const GET = operation('readRegistration', ({ backend, caller, params }) =>
	readRegistration(backend, caller, params.drn),
);

export const PUT = operation('putRegistration', ({ backend, caller, params, body }) =>
	putRegistration(backend, caller, params.drn, body),
);
