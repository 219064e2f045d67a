/** When the office may block a meter from being sold to, and unblock it, for which reasons: pure. */

/** Why nothing is sold to a meter. */
export const BLOCK_REASONS = [
	'tampering-suspected',
	'meter-replaced',
	'account-closed',
	'debt-dispute',
	'other',
] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];

/** Why it is sold to again. */
export const UNBLOCK_REASONS = [
	'inspected',
	'debt-settled',
	'account-open',
	'mistake',
	'other',
] as const;
export type UnblockReason = (typeof UNBLOCK_REASONS)[number];

/** What the office says of a meter. `note`: in its own words. */
export type BlockWish =
	| { readonly deed: 'block'; readonly reason: BlockReason; readonly note: string }
	| { readonly deed: 'unblock'; readonly reason: UnblockReason; readonly note: string };

/** How a meter stands. */
export type BlockStanding =
	| { readonly state: 'active' }
	/** Null: nobody wrote down why. */
	| { readonly state: 'blocked'; readonly reason: BlockReason | null };

/** A reason of none of these names says at least so much in words, characters. */
export const SHORTEST_REASON = 3;

/** Whether what was chosen and typed is a reason. */
export function isReason({ reason, note }: Pick<BlockWish, 'reason' | 'note'>): boolean {
	return reason !== 'other' || note.trim().length >= SHORTEST_REASON;
}

/**
 * Whether it takes two to unblock it: a meter that may not count gives energy away. Where nobody wrote down
 * why, it may have been for that.
 */
export function unblockNeedsTwo(standing: BlockStanding): boolean {
	if (standing.state === 'active') return false;
	return standing.reason === null || standing.reason === 'tampering-suspected';
}

/**
 * Order of refusal: `reason-needed`, `meter-already-blocked` or `meter-not-blocked`, `approval-needed`;
 * undefined: it may be done.
 * @param persons who stand behind it
 */
export function decideBlock(
	standing: BlockStanding,
	wish: BlockWish,
	persons: 1 | 2,
): 'reason-needed' | 'meter-already-blocked' | 'meter-not-blocked' | 'approval-needed' | undefined {
	if (!isReason(wish)) return 'reason-needed';
	if (wish.deed === 'block')
		return standing.state === 'blocked' ? 'meter-already-blocked' : undefined;
	if (standing.state === 'active') return 'meter-not-blocked';
	return persons === 1 && unblockNeedsTwo(standing) ? 'approval-needed' : undefined;
}
