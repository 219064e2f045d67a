/** What taking a vend back means in each state it can be in: pure. */
import type { VendRow } from '../database/schema.ts';
import type { Refusal } from '../refusal.ts';

export type ReversalFacts = Pick<VendRow, 'state' | 'released_at_ms'> & {
	/** No other vend of the meter was begun after this one. */
	readonly lastOfMeter: boolean;
};

/**
 * `answer`: it came to nothing before, and its answer stands. `refuse`: nobody paid yet, it ends as one
 * that was never sold. `give-back`: the money, nothing was begun. `undo`: the account too; its TID is burnt
 * and a token that the module still makes is nobody's. `take-back`: the token was made and nobody has seen it.
 */
export type Reversal = 'answer' | 'refuse' | 'give-back' | 'undo' | 'take-back';

/**
 * Order: `token-released`, `reversal-superseded` (the meter was begun with again since: what came after
 * stands on this vend's account and key).
 */
export function decideReversal(facts: ReversalFacts): Reversal | Refusal {
	switch (facts.state) {
		case 'refused':
		case 'reversed':
			return 'answer';
		case 'awaiting-payment':
			return 'refuse';
		case 'paid':
			return 'give-back';
		case 'issuing':
			return 'undo';
		case 'issued':
			if (facts.released_at_ms !== null) return { refusal: 'token-released' };
			return facts.lastOfMeter ? 'take-back' : { refusal: 'reversal-superseded' };
	}
}
