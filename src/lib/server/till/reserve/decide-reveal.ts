/** What a reveal comes to, by what is known of its token: pure. Instants in epoch milliseconds. */
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import type { ReserveEndRow, ReserveRow } from '../../database/schema.ts';

export interface RevealFacts {
	readonly entryId: string;
	/** By the server's clock, as far as the device knows it. */
	readonly atMs: number;
	readonly reserve: Pick<ReserveRow, 'expires_at_ms'>;
	readonly ends: readonly Pick<ReserveEndRow, 'state' | 'entry_id'>[];
}

export interface RevealDecided {
	/** Null: revealed, by this entry. */
	readonly code: Extract<RefusalCode, 'reserve-ended'> | null;
	/** It is to be written down. */
	readonly isFirst: boolean;
	/** What an honest device does not do; null: nothing. */
	readonly breach: 'run-out' | 'ended' | 'returned' | 'revealed-twice' | null;
}

/** The first reveal of a token that had not ended stands, also of one that had run out: its digits were shown. */
export function decideReveal({ entryId, atMs, reserve, ends }: RevealFacts): RevealDecided {
	const breach = atMs > reserve.expires_at_ms ? 'run-out' : null;
	const revealed = ends.find(({ state }) => state === 'revealed');
	if (revealed?.entry_id === entryId) return { code: null, isFirst: false, breach };
	const refused = { code: 'reserve-ended', isFirst: false } as const;
	if (revealed !== undefined) return { ...refused, breach: 'revealed-twice' };
	if (ends.some(({ state }) => state === 'returned')) return { ...refused, breach: 'returned' };
	if (ends.length > 0) return { ...refused, breach: 'ended' };
	return { code: null, isFirst: true, breach };
}
