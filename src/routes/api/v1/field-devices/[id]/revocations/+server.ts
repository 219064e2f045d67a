import { revokeDevice } from '#lib/server/field/devices.ts';
import { operation } from '#lib/server/http/operation.ts';

export const POST = operation('revokeFieldDevice', ({ backend, caller, params }) =>
	revokeDevice(backend, caller, params.id),
);
