import { operation } from '#lib/server/http/operation.ts';
import { phonePage } from '#lib/server/message/sandbox-phone.ts';

/** What would have reached customers' phones. Not the app's page: no shell, no scripts, a look of its own. */
export const GET = operation('readSandboxMessages', ({ backend, query }) =>
	phonePage(backend, query.phone),
);
