/** Whether a meter is still on the key that a sealed token was made under. */
import { isSamePlace, type Place } from '#lib/core/vending/key-place.ts';
import type { Receipt, VendAnswer } from '#lib/core/sync/wire.ts';
import type { Write } from '../../database/open.ts';

export type MadeUnder = Pick<Receipt, keyof Place | 'issuedAtMs'>;

/** What a vend's token was made under, and when. @param answer null: not yet; null too when it came to nothing */
export function madeUnder(answer: string | null): MadeUnder | null {
	const vend = answer === null ? null : (JSON.parse(answer) as VendAnswer);
	return vend?.state === 'issued' ? vend.receipt : null;
}

/**
 * Null: the meter is on that key, as far as we know. Else since when it is not: when its next key-change set was
 * made, or the token itself where the office wrote another key down without one. Epoch milliseconds.
 */
export async function keyChangedAtMs(write: Write, vendId: string): Promise<number | null> {
	const { answer, drn, ...meter } = await write
		.selectFrom('vend')
		.innerJoin('meter', 'meter.drn', 'vend.drn')
		.select(['vend.answer', 'meter.drn', 'meter.sgc', 'meter.krn', 'meter.ti'])
		.where('vend.id', '=', vendId)
		.executeTakeFirstOrThrow();
	const made = madeUnder(answer);
	if (made === null || isSamePlace(made, meter)) return null;
	const set = await write
		.selectFrom('vend_token')
		.select(({ fn }) => fn.min<number | null>('made_at_ms').as('atMs'))
		.where('drn', '=', drn)
		.where('kind', '=', 'key-change')
		.where('made_at_ms', '>', made.issuedAtMs)
		.executeTakeFirst();
	return set?.atMs ?? made.issuedAtMs;
}
