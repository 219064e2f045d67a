import { operation } from '#lib/server/http/operation.ts';
import { listRefunds } from '#lib/server/refund/owed-money.ts';

export const GET = operation('listRefunds', ({ backend, caller, query }) =>
	listRefunds(backend, caller, query),
);
