import { describe, expect, it } from 'vitest';
import {
	BLOCK_REASONS,
	decideBlock,
	isReason,
	unblockNeedsTwo,
	UNBLOCK_REASONS,
	type BlockStanding,
} from '#lib/core/vending/block-meter.ts';

const ACTIVE: BlockStanding = { state: 'active' };
const blockedFor = (reason: (typeof BLOCK_REASONS)[number] | null): BlockStanding => ({
	...{ state: 'blocked', reason },
});
const block = { deed: 'block', reason: 'debt-dispute', note: '' } as const;
const unblock = { deed: 'unblock', reason: 'debt-settled', note: '' } as const;

describe('a meter', () => {
	it('is blocked once, by one person, for any of the reasons', () => {
		for (const reason of BLOCK_REASONS) {
			const wish = { ...block, reason, note: 'as told' };
			expect(decideBlock(ACTIVE, wish, 1)).toBeUndefined();
			expect(decideBlock(blockedFor(reason), wish, 1)).toBe('meter-already-blocked');
			expect(decideBlock(blockedFor(reason), wish, 2)).toBe('meter-already-blocked');
		}
	});

	it('is unblocked once, for any of the reasons', () => {
		for (const reason of UNBLOCK_REASONS) {
			const wish = { ...unblock, reason, note: 'as told' };
			expect(decideBlock(blockedFor('account-closed'), wish, 1)).toBeUndefined();
			expect(decideBlock(ACTIVE, wish, 1)).toBe('meter-not-blocked');
			expect(decideBlock(ACTIVE, wish, 2)).toBe('meter-not-blocked');
		}
	});

	it.each([
		['tampering-suspected', true],
		['meter-replaced', false],
		['account-closed', false],
		['debt-dispute', false],
		['other', false],
		[null, true],
	] as const)('that was blocked for %s takes two to be sold to again: %s', (reason, two) => {
		const standing = blockedFor(reason);
		expect(unblockNeedsTwo(standing)).toBe(two);
		expect(decideBlock(standing, unblock, 1)).toBe(two ? 'approval-needed' : undefined);
		expect(decideBlock(standing, unblock, 2)).toBeUndefined();
	});

	it('that is active takes nobody to be unblocked', () => {
		expect(unblockNeedsTwo(ACTIVE)).toBe(false);
	});
});

describe('a reason', () => {
	it('of none of the names says something', () => {
		for (const note of ['', '  ', 'ab', ' ab ']) {
			expect(isReason({ reason: 'other', note })).toBe(false);
			expect(decideBlock(ACTIVE, { ...block, reason: 'other', note }, 1)).toBe('reason-needed');
		}
		expect(isReason({ reason: 'other', note: 'abc' })).toBe(true);
	});

	it('of a name needs no words, and is asked for before the meter is looked at', () => {
		expect(isReason({ reason: 'mistake', note: '' })).toBe(true);
		const nothing = { ...unblock, reason: 'other' } as const;
		expect(decideBlock(ACTIVE, nothing, 1)).toBe('reason-needed');
	});
});
