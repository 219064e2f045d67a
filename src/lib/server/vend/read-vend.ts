/** `GET /vends/{id}`: a vend as it is now. Digits are released before they are shown. */
import type { Caller } from '../access/caller.ts';
import type { Backend } from '../backend.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { answerOf, type WrittenAnswer } from './answer.ts';
import { released } from './release.ts';
import { decideSight } from './sight.ts';

/** Refusal: `not-found`. */
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
	return isRefusal(seen) ? seen : answerOf(await released(backend, seen));
}
