/** Under which key a vend's token is made, and which key-change set comes before it: pure. */
import type { SupplyGroupKeyRow, UtilityRow } from '../database/schema.ts';
import type { MeterFacts } from '../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { KeyChangeStep, KeyPlace } from './issue-order.ts';
import { decideKeyChangeNeed } from './key-change-need.ts';
import { decideKeyUse } from './usable-key.ts';

export interface KeyPlan {
	/** Of the token, once the set is in the meter. */
	readonly key: SupplyGroupKeyRow;
	readonly place: KeyPlace;
	readonly keyChange: KeyChangeStep | null;
}

/**
 * Brings the meter's key up to date first. Order: `key-change-same`, `key-change-needed`, then those of the
 * new key (`decideKeyUse`); `vending-key-unknown` too for a key that the meter cannot be taken from.
 */
export function planNewestKey(
	{ meter, key: present, target }: MeterFacts,
	policy: UtilityRow['key_change_policy'] | 'always',
	nowMs: number,
): KeyPlan | Refusal {
	const need = decideKeyChangeNeed(meter, target, policy);
	if ('refusal' in need) return need;
	const key = decideKeyUse(target.key, nowMs);
	if (isRefusal(key)) return key;
	const place = placeOf(key, target.ti);
	if (need.sections === 0) return { key, place, keyChange: null };
	if (present === undefined) return { refusal: 'vending-key-unknown' };
	const from = placeOf(present, meter.ti);
	return { key, place, keyChange: { from, to: place, sections: need.sections } };
}

/** Takes the key that the meter is on. Refusals: `decideKeyUse`. */
export function planPresentKey({ meter, key }: MeterFacts, nowMs: number): KeyPlan | Refusal {
	const usable = decideKeyUse(key, nowMs);
	if (isRefusal(usable)) return usable;
	return { key: usable, place: placeOf(usable, meter.ti), keyChange: null };
}

function placeOf({ slot, sgc, krn, kt, base_year }: SupplyGroupKeyRow, ti: string): KeyPlace {
	return { slot, sgc, krn, kt, baseYear: base_year, ti };
}
