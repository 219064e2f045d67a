/** Endpoints of purchases that are fetched again by phone and meter. */
import {
	FetchAnswer,
	FetchCodeAnswer,
	FetchCodeRequest,
	FetchRequest,
} from '#lib/core/sync/fetch.ts';
import { rows } from './row.ts';

const NUMBER = [
	'meter-number-empty',
	'meter-number-not-digits',
	'meter-number-length',
	'meter-check-digit',
] as const;

export const fetchOperations = rows({
	requestFetchCode: {
		method: 'POST',
		path: '/api/v1/fetch-codes',
		summary:
			'Sends a code to a phone if purchases of the meter were made with it. The answer does not say whether any were.',
		capability: 'purchase.fetch',
		body: FetchCodeRequest,
		answers: { 200: FetchCodeAnswer },
		refusals: NUMBER,
		rate: 'fetch-code',
	},
	fetchPurchases: {
		method: 'POST',
		path: '/api/v1/fetches',
		summary:
			'The purchases of a meter that were made with a phone, for whoever has the code that was sent to it. A code is good once.',
		capability: 'purchase.fetch',
		body: FetchRequest,
		answers: { 200: FetchAnswer },
		refusals: [...NUMBER, 'code-wrong'],
		rate: 'fetch',
	},
});
