/**
 * Whether a meter's key is behind, and with how many tokens it is brought to where it is to be: pure.
 * `sts.md` §12.2, §12.8.
 */
import { isSamePlace, type Place } from '#lib/core/vending/key-place.ts';
import type { MeterRow, UtilityRow } from '../database/schema.ts';

/**
 * Tokens of the set: always four for a 128-bit key. For a 64-bit key three when the supply group changes and
 * the meter can take the third, which tells it the new group; else two, because every token is keyed in by
 * hand and a meter that stays in its group knows it already.
 */
export function sectionsOf(
	meter: Pick<MeterRow, 'ea' | 'takes_three_kct'>,
	from: Place,
	to: Place,
): 2 | 3 | 4 {
	if (meter.ea === 11) return 4;
	return meter.takes_three_kct === 1 && from.sgc !== to.sgc ? 3 : 2;
}

/**
 * What stands before a token of this meter: nothing, a key-change set, or a no. `always` is a vend that was
 * asked for as a key change: it goes ahead whatever the utility's policy, and needs a change to make. Order:
 * `key-change-same`, `key-change-needed`.
 */
export function decideKeyChangeNeed(
	meter: Place & Pick<MeterRow, 'ea' | 'takes_three_kct'>,
	target: Place,
	policy: UtilityRow['key_change_policy'] | 'always',
): { sections: 2 | 3 | 4 | 0 } | { refusal: 'key-change-same' | 'key-change-needed' } {
	if (isSamePlace(meter, target))
		return policy === 'always' ? { refusal: 'key-change-same' } : { sections: 0 };
	return policy === 'refuse'
		? { refusal: 'key-change-needed' }
		: { sections: sectionsOf(meter, meter, target) };
}
