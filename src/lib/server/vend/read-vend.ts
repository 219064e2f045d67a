/** `GET /vends/{id}`: a vend as it is now. Digits are released before they are shown. */
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { isStillSealed } from '../till/reserve/sealed.ts';
import { answerOf, type WrittenAnswer } from './answer.ts';
import { released } from './release.ts';
import { decideSight } from './sight.ts';

/** Order: `not-found`, `reserve-sealed`. */
export async function readVend(
	backend: Backend,
	caller: Caller,
	id: string,
): Promise<WrittenAnswer | Refusal> {
	const row = await backend.database
		.selectFrom('vend')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirst();
	const seen = decideSight(caller, row);
	if (isRefusal(seen)) return seen;
	if (await isStillSealed(backend.database, seen)) return { refusal: 'reserve-sealed' };
	return answerOf(await released(backend, seen));
}
