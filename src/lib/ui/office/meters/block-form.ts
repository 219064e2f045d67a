/** What can be done about a meter that is looked up, and whether what was filled in for it is enough. */
import type { MeterBlock } from '#lib/core/sync/wire-blocks.ts';
import {
	BLOCK_REASONS,
	isReason,
	SHORTEST_REASON,
	UNBLOCK_REASONS,
	type BlockReason,
	type BlockWish,
	type UnblockReason,
} from '#lib/core/vending/block-meter.ts';

/** `propose`: that a second person agree to unblock it. */
export type BlockDeed = 'block' | 'unblock' | 'propose';

/** Undefined: a colleague's answer is waited for. */
export function deedFor({
	state,
	unblockNeedsTwo,
	proposal,
}: Pick<MeterBlock, 'state' | 'unblockNeedsTwo' | 'proposal'>): BlockDeed | undefined {
	if (state === 'active') return 'block';
	if (proposal !== null) return undefined;
	return unblockNeedsTwo ? 'propose' : 'unblock';
}

export const REASONS = {
	block: BLOCK_REASONS,
	unblock: UNBLOCK_REASONS,
	propose: UNBLOCK_REASONS,
} as const satisfies Record<BlockDeed, readonly (BlockReason | UnblockReason)[]>;

export interface BlockTyped {
	/** Empty: none was chosen. */
	readonly reason: string;
	readonly note: string;
}
export type WrongBlock = { readonly reason?: 'reason'; readonly note?: 'note' };

/** @returns what is to be done, or what is not right yet in each field */
export function decideBlockForm(
	deed: BlockDeed,
	typed: BlockTyped,
): { readonly wish: BlockWish } | { readonly wrong: WrongBlock } {
	const note = typed.note.trim();
	const wish = wishOf(deed, typed.reason, note);
	if (wish === undefined) return { wrong: { reason: 'reason' } };
	// Who is asked to agree is told why in words, whatever the reason.
	const isShort = deed === 'propose' && note.length < SHORTEST_REASON;
	return isShort || !isReason(wish) ? { wrong: { note: 'note' } } : { wish };
}

function wishOf(deed: BlockDeed, chosen: string, note: string): BlockWish | undefined {
	if (deed === 'block') {
		const reason = BLOCK_REASONS.find((each) => each === chosen);
		return reason && { deed, reason, note };
	}
	const reason = UNBLOCK_REASONS.find((each) => each === chosen);
	return reason && { deed: 'unblock', reason, note };
}
