import { enrolTerminal } from '#lib/server/access/enrol-terminal.ts';
import { operation } from '#lib/server/http/operation.ts';

export const POST = operation('enrolTerminal', ({ backend, caller, body }) =>
	enrolTerminal(backend, caller, body),
);
