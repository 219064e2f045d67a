import { operation } from '#lib/server/http/operation.ts';
import { trialVend } from '#lib/server/vend/trial-vend.ts';

export const POST = operation('trialVend', ({ backend, caller, body }) =>
	trialVend(backend, caller, body),
);
