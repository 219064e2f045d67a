/**
 * Last response advice: what a till's latest vend was answered, or would be now. For a till that lost an
 * answer and its own memory of what it asked. Tokens made beforehand are not among them: they are asked for
 * again by their own ids, and answered sealed.
 */
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import type { Refusal } from '../refusal.ts';
import { answerOf, type WrittenAnswer } from './answer.ts';
import { released } from './release.ts';

/** Refusal: `no-last-response`. */
export async function readLastVend(
	backend: Backend,
	{ utilityId, terminalId }: Caller,
): Promise<WrittenAnswer | Refusal> {
	if (terminalId === undefined) return { refusal: 'no-last-response' };
	const row = await backend.database
		.selectFrom('vend')
		.selectAll()
		.where('terminal_id', '=', terminalId)
		.where('utility_id', '=', utilityId)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('reserve')
						.select('reserve.vend_id')
						.whereRef('reserve.vend_id', '=', 'vend.id'),
				),
			),
		)
		.orderBy('accepted_at_ms', 'desc')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row === undefined
		? { refusal: 'no-last-response' }
		: answerOf(await released(backend, row));
}
