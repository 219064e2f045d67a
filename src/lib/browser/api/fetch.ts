/** What the page that fetches purchases again asks of the backend. */
import {
	FetchAnswer,
	FetchCodeAnswer,
	type FetchCodeRequest,
	type FetchRequest,
} from '#lib/core/sync/fetch.ts';
import { send } from './call.ts';

export const requestFetchCode = (request: FetchCodeRequest) =>
	send(FetchCodeAnswer, 'POST', '/api/v1/fetch-codes', request);

export const fetchPurchases = (request: FetchRequest) =>
	send(FetchAnswer, 'POST', '/api/v1/fetches', request);
