/** What is known of the meter that is sold to, and whether anything may be sold to it: pure. */
import type { MeterSight } from '#lib/browser/sync/till-desk.ts';
import type { MeterConfirmation } from '#lib/core/sync/wire.ts';
import { canTryAgain, isRefusalCode, type RefusalCode } from '#lib/core/vending/refusals.ts';

export type SightView =
	| { readonly kind: 'looking' }
	| {
			readonly kind: 'known';
			readonly confirmation: MeterConfirmation;
			/** When it was fetched, where it was not now; null: now. */
			readonly keptSinceMs: number | null;
	  }
	| { readonly kind: 'unheard' }
	/** Nothing is sold. `confirmation` where it is known whose it is. */
	| {
			readonly kind: 'refused';
			readonly code: RefusalCode;
			readonly confirmation: MeterConfirmation | null;
	  };

/**
 * A problem that passes by itself says nothing of the meter, and one that the office does not know may be sold
 * to by its card.
 * @param hasCard the meter's card was read
 */
export function viewSight(sight: MeterSight | undefined, hasCard: boolean): SightView {
	if (sight === undefined) return { kind: 'looking' };
	if (sight.kind === 'unheard') return sight;
	if (sight.kind === 'problem') {
		const { code } = sight.problem;
		if (!isRefusalCode(code) || canTryAgain(code)) return { kind: 'unheard' };
		if (code === 'meter-unknown' && hasCard) return { kind: 'unheard' };
		return { kind: 'refused', code, confirmation: null };
	}
	const { confirmation, from, fetchedAtMs } = sight;
	if (confirmation.state === 'blocked')
		return { kind: 'refused', code: 'meter-blocked', confirmation };
	return { kind: 'known', confirmation, keptSinceMs: from === 'kept' ? fetchedAtMs : null };
}
