/** Which deed answers which finding of a glance, the likeliest first. */
import type { VerdictKind } from '../glance/verdicts.ts';
import type { Deed } from './deeds.ts';

/** Findings that no deed here answers have an empty list: a person has to look, or the office. */
const DEEDS_FOR: Readonly<Record<VerdictKind, readonly Deed[]>> = {
	'other-meter': [],
	'number-unsound': [],
	tampered: ['clear-tamper'],
	'relay-contradictory': [],
	'relay-open': ['reconnect'],
	'credit-out': [],
	'key-ended': ['change-key'],
	'key-behind': ['change-key'],
	'key-differs': ['change-key'],
	'clock-not-set': ['set-clock'],
	'clock-zone': ['set-clock'],
	'clock-drifts': ['set-clock'],
	'relay-waits': [],
	'key-ends': ['change-key'],
	'credit-low': [],
	'emergency-credit': [],
	'cover-opened': [],
	'firmware-unknown': [],
	'clock-doubtful': ['set-clock'],
	'objects-assumed': [],
};

/**
 * The deeds that answer a finding.
 * @param because of an open relay: a reconnection helps only where nothing of the meter's own keeps it open
 */
export function deedsFor(kind: VerdictKind, because: readonly string[] = []): readonly Deed[] {
	if (kind !== 'relay-open') return DEEDS_FOR[kind];
	if (because.includes('tamper')) return ['clear-tamper'];
	if (because.includes('over-limit')) return ['set-power-limit', 'reconnect'];
	return because.includes('no-credit') ? [] : DEEDS_FOR[kind];
}
