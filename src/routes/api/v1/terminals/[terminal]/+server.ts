import { putTerminal } from '#lib/server/access/terminals.ts';
import { operation } from '#lib/server/http/operation.ts';

export const PUT = operation('putTerminal', ({ backend, caller, params, body }) =>
	putTerminal(backend, caller, params.terminal, body),
);
