import { operation } from '#lib/server/http/operation.ts';
import { putUtilitySettings, readUtilitySettings } from '#lib/server/utility/settings.ts';

export const GET = operation('readUtilitySettings', ({ backend, caller }) =>
	readUtilitySettings(backend, caller),
);

export const PUT = operation('putUtilitySettings', ({ backend, caller, body }) =>
	putUtilitySettings(backend, caller, body),
);
