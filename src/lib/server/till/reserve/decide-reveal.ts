/** What a reveal comes to, by what is known of its token: pure. Instants in epoch milliseconds. */
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { ReserveEndRow, ReserveRow } from '../../database/schema.ts';

export interface RevealFacts {
	readonly entryId: string;
	/** By the server's clock, as far as the device knows it. */
	readonly atMs: number;
	readonly reserve: Pick<ReserveRow, 'expires_at_ms'>;
	readonly ends: readonly Pick<ReserveEndRow, 'state' | 'entry_id'>[];
	/** Since when its meter is on another key than the token; null: it is not. */
	readonly keyChangedAtMs: number | null;
}

export interface RevealDecided {
	/** Null: revealed, by this entry. */
	readonly code: Extract<RefusalCode, 'reserve-ended'> | null;
	/** It is to be written down. */
	readonly isFirst: boolean;
	/**
	 * What the office is told of: what an honest device does not do, or, `key-changed`, may not have known: the
	 * customer paid for what the meter does not take. Null: nothing.
	 */
	readonly breach: 'run-out' | 'ended' | 'returned' | 'revealed-twice' | 'key-changed' | null;
}

/**
 * The first reveal of a token that had not ended stands, also of one that had run out or that its meter takes no
 * more: its digits were shown. A key that changed after the reveal is nobody's breach.
 */
export function decideReveal(facts: RevealFacts): RevealDecided {
	const { entryId, ends } = facts;
	const breach = breachOf(facts);
	const revealed = ends.find(({ state }) => state === 'revealed');
	if (revealed?.entry_id === entryId) return { code: null, isFirst: false, breach };
	const refused = { code: 'reserve-ended', isFirst: false } as const;
	if (revealed !== undefined) return { ...refused, breach: 'revealed-twice' };
	if (ends.some(({ state }) => state === 'returned')) return { ...refused, breach: 'returned' };
	if (ends.length > 0) return { ...refused, breach: 'ended' };
	return { code: null, isFirst: true, breach };
}

/** Of a token that had not ended: the customer's loss before the rest. */
function breachOf({ atMs, reserve, keyChangedAtMs }: RevealFacts): RevealDecided['breach'] {
	if (keyChangedAtMs !== null && keyChangedAtMs <= atMs) return 'key-changed';
	return atMs > reserve.expires_at_ms ? 'run-out' : null;
}
