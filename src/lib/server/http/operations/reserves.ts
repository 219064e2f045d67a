/** Endpoints of sealed tokens. */
import { ReserveList, ReserveQuery } from '#lib/core/sync/wire-reserves.ts';
import { ReserveAnswer, ReserveRequest } from '#lib/core/sync/wire-till.ts';
import { rows } from './row.ts';

export const reserveOperations = rows({
	makeReserves: {
		method: 'POST',
		path: '/api/v1/terminals/current/reserves',
		summary:
			'Makes tokens of fixed amounts for a till’s regular meters, sealed to its device and paid from the float; each wish its own answer.',
		capability: 'reserve.make',
		body: ReserveRequest,
		answers: { 200: ReserveAnswer },
		refusals: ['database-older', 'not-allowed', 'reserve-not-allowed', 'journal-suspended'],
	},
	listReserves: {
		method: 'GET',
		path: '/api/v1/reserves',
		summary: 'The sealed tokens of the utility and what became of them, without digits.',
		capability: 'reserve.read',
		query: ReserveQuery,
		answers: { 200: ReserveList },
		refusals: [],
	},
});
