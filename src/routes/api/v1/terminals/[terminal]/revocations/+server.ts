import { revokeTerminal } from '#lib/server/access/terminals.ts';
import { operation } from '#lib/server/http/operation.ts';

export const POST = operation('revokeTerminal', ({ backend, caller, params }) =>
	revokeTerminal(backend, caller, params.terminal),
);
