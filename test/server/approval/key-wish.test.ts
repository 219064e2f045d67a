/** What two key officers agree to of a vending key: each wish does what it names and nothing else. */
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApprovalRequest, type ApprovalWish } from '#lib/core/sync/wire-approvals.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { decideApproval } from '#lib/server/approval/decide.ts';
import { proposeApproval } from '#lib/server/approval/propose.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { GUEST, newId, openShop, type Shop } from '../harness/shop.ts';

const KEYS: Caller = { ...GUEST, roles: ['key-officer'], operatorId: 'keys' };
const KEYS_TOO: Caller = { ...KEYS, operatorId: 'keys-too' };
/** A group of two revisions, the second of them current. */
const SGC = '400171';

type KeyWish = Extract<ApprovalWish, { kind: 'supply-group-key' }>;
const wishOf = (wish: Partial<KeyWish>): KeyWish => ({
	...{ kind: 'supply-group-key', sgc: SGC, krn: 2, makeCurrent: false },
	...wish,
});

let shop: Shop;

beforeEach(async () => {
	shop = await openShop();
});
afterEach(() => shop.dispose());

const propose = (wish: KeyWish) =>
	proposeApproval(shop.backend, KEYS, newId(), { reason: 'Rollover', wish });

async function proposed(wish: KeyWish): Promise<string> {
	const answer = await propose(wish);
	if (isRefusal(answer)) throw new Error(answer.refusal);
	return answer.id;
}

const agree = (id: string) =>
	decideApproval(shop.backend, KEYS_TOO, id, { decision: 'approve', note: '' });

const keyNow = (krn = 2) =>
	shop.backend.database
		.selectFrom('supply_group_key')
		.innerJoin('supply_group', 'supply_group.sgc', 'supply_group_key.sgc')
		.select(['current_krn', 'issue_until_ms'])
		.where('supply_group_key.sgc', '=', SGC)
		.where('krn', '=', krn)
		.executeTakeFirstOrThrow();

/** A third revision like the second. */
async function addRevision(): Promise<void> {
	const second = await shop.backend.database
		.selectFrom('supply_group_key')
		.selectAll()
		.where('sgc', '=', SGC)
		.where('krn', '=', 2)
		.executeTakeFirstOrThrow();
	await shop.backend.database
		.insertInto('supply_group_key')
		.values({ ...second, krn: 3, slot: 'lakeside-town-3' })
		.execute();
}

describe('a wish for a key', () => {
	it('does not name its unit limit, which is the module’s', () => {
		const request = { reason: 'Rollover', wish: wishOf({ issueUntilMs: 1 }) };
		expect(v.safeParse(ApprovalRequest, request).success).toBe(true);
		const limited = { ...request, wish: { ...request.wish, unitLimitDeciKwh: 500 } };
		expect(v.safeParse(ApprovalRequest, limited).success).toBe(false);
	});

	it('leaves its end alone where it does not name one, and takes it away where it says none', async () => {
		const untilMs = shop.clock.ms + 60_000;
		await agree(await proposed(wishOf({ issueUntilMs: untilMs })));
		await agree(await proposed(wishOf({ makeCurrent: true })));
		expect(await keyNow()).toEqual({ current_krn: 2, issue_until_ms: untilMs });
		await agree(await proposed(wishOf({ issueUntilMs: null })));
		expect(await keyNow()).toEqual({ current_krn: 2, issue_until_ms: null });
	});

	it('undoes nothing that is agreed to at the same moment', async () => {
		for (let round = 1; round <= 8; round += 1) {
			const untilMs = shop.clock.ms + round * 60_000;
			const ids = [
				await proposed(wishOf({ makeCurrent: true })),
				await proposed(wishOf({ issueUntilMs: untilMs })),
				await proposed(wishOf({})),
			];
			for (const answer of await Promise.all(ids.map(agree)))
				expect(answer).toHaveProperty('state', 'approved');
			expect(await keyNow()).toEqual({ current_krn: 2, issue_until_ms: untilMs });
		}
	});
});

describe('the current revision', () => {
	it('never goes back', async () => {
		await addRevision();
		const back = await proposed(wishOf({ makeCurrent: true }));
		await agree(await proposed(wishOf({ krn: 3, makeCurrent: true })));
		expect(await agree(back)).toEqual({ refusal: 'key-revision-earlier' });
		expect(await propose(wishOf({ makeCurrent: true }))).toEqual({
			refusal: 'key-revision-earlier',
		});
		expect(await keyNow()).toHaveProperty('current_krn', 3);
	});

	it('is the later one of two that are agreed to at the same moment', async () => {
		await addRevision();
		const ids = [
			await proposed(wishOf({ krn: 3, makeCurrent: true })),
			await proposed(wishOf({ makeCurrent: true })),
		];
		await Promise.all(ids.map(agree));
		expect(await keyNow()).toHaveProperty('current_krn', 3);
	});

	it('is no hindrance to the end of an earlier one', async () => {
		const untilMs = shop.clock.ms + 60_000;
		await agree(await proposed(wishOf({ krn: 1, issueUntilMs: untilMs })));
		expect(await keyNow(1)).toEqual({ current_krn: 2, issue_until_ms: untilMs });
	});
});
