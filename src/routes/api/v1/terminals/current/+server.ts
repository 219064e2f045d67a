import { operation } from '#lib/server/http/operation.ts';
import { readTillStatus } from '#lib/server/till/status.ts';

export const GET = operation('readTillStatus', ({ backend, caller }) =>
	readTillStatus(backend, caller),
);
