import { fetchPurchases } from '#lib/server/fetch/fetch-purchases.ts';
import { operation } from '#lib/server/http/operation.ts';

export const POST = operation('fetchPurchases', ({ backend, caller, body }) =>
	fetchPurchases(backend, caller, body),
);
