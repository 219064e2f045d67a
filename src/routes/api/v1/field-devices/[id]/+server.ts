import { registerDevice } from '#lib/server/field/register-device.ts';
import { operation } from '#lib/server/http/operation.ts';

export const PUT = operation('registerFieldDevice', ({ backend, caller, params, body }) =>
	registerDevice(backend, caller, params.id, body),
);
