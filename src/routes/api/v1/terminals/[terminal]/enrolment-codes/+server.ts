import { makeEnrolmentCode } from '#lib/server/access/terminals.ts';
import { operation } from '#lib/server/http/operation.ts';

export const POST = operation('makeEnrolmentCode', ({ backend, caller, params }) =>
	makeEnrolmentCode(backend, caller, params.terminal),
);
