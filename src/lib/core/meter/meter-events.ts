/** What a meter notes in its memory: a bounded list, the oldest giving way. */
import type { TokenResult } from '../sts/decoder/token-result.ts';

/** Something that happened to a meter. */
export type MeterEvent =
	| {
			readonly kind:
				| 'manufactured'
				| 'power-up'
				| 'credit-low'
				| 'relay-opened'
				| 'relay-closed'
				| 'tamper-detected'
				| 'tamper-cleared'
				| 'key-changed';
			readonly atMs: number;
	  }
	| { readonly kind: 'token'; readonly atMs: number; readonly result: TokenResult };

/** How many events a meter keeps. */
export const EVENT_CAPACITY = 100;

/** The list with one more event. */
export function noteEvent(events: readonly MeterEvent[], event: MeterEvent): readonly MeterEvent[] {
	return [...events, event].slice(-EVENT_CAPACITY);
}
