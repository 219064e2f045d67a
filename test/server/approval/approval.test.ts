/** What needs a second person: proposed, decided by somebody else, done once, or not at all. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApprovalRequest, ApprovalWish } from '#lib/core/sync/wire-approvals.ts';
import { APPROVAL_LIFETIME_MS, decideDecision } from '#lib/core/vending/approval.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import type { Role } from '#lib/server/access/roles.ts';
import { decideApproval } from '#lib/server/approval/decide.ts';
import { expireApprovals } from '#lib/server/approval/expire.ts';
import { proposeApproval } from '#lib/server/approval/propose.ts';
import { listApprovals, readApproval } from '#lib/server/approval/read.ts';
import { confirmCustomer } from '#lib/server/meter/confirm-customer.ts';
import type { Tariff } from '#lib/core/vending/tariff.ts';
import { DEMO_TARIFFS } from '#lib/server/seed/demo-tariffs.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { readVend } from '#lib/server/vend/read-vend.ts';
import { finishVends } from '#lib/server/vend/recovery.ts';
import { whatIsWrong } from '../harness/books.ts';
import { GUEST, KITCHEN, newId, openShop, STEPS, WORKSHOP, type Shop } from '../harness/shop.ts';

const as = (operatorId: string, ...roles: Role[]): Caller => ({ ...GUEST, roles, operatorId });

const CLERK = as('clerk', 'office-clerk');
const MANAGER = as('manager', 'office-manager');
const DEPUTY = as('deputy', 'office-manager');
const TECHNICIAN = as('technician', 'technician');
const KEYS = as('keys', 'key-officer');
const KEYS_TOO = as('keys-too', 'key-officer');
const TARIFFS = as('tariffs', 'tariff-officer');
const TARIFFS_TOO = as('tariffs-too', 'tariff-officer');
const ELSEWHERE: Caller = { ...DEPUTY, utilityId: 'hilltop' };

const FREE: ApprovalWish = { kind: 'free-issue', drn: KITCHEN, energyDeciKwh: 500 };
const tariffWish = (validFromMs: number) =>
	({
		kind: 'tariff',
		tariff: {
			...(({ version: _, ...rest }) => rest)(DEMO_TARIFFS[0] as Tariff),
			blocks: [{ upToDeciKwh: null, pricePerKwhE4: 30_000_000 }],
		} as Extract<ApprovalWish, { kind: 'tariff' }>['tariff'],
		validFromMs,
	}) as const;
const because = (wish: ApprovalWish): ApprovalRequest => ({ reason: 'Storm damage', wish });
const APPROVE = { decision: 'approve', note: 'seen' } as const;
const REJECT = { decision: 'reject', note: '' } as const;

let shop: Shop;

beforeEach(async () => {
	shop = await openShop();
});
afterEach(() => shop.dispose());

const mustBeSound = async () => expect(await whatIsWrong(shop.backend.database)).toEqual([]);

const propose = (wish: ApprovalWish, by = CLERK, id = newId()) =>
	proposeApproval(shop.backend, by, id, because(wish));
const decide = (id: string, by = MANAGER, decision: typeof APPROVE | typeof REJECT = APPROVE) =>
	decideApproval(shop.backend, by, id, decision);

async function proposed(wish: ApprovalWish = FREE, by = CLERK): Promise<string> {
	const answer = await propose(wish, by);
	if (isRefusal(answer)) throw new Error(answer.refusal);
	return answer.id;
}

async function vendOf(id: string): Promise<VendAnswer> {
	const answer = await readVend(shop.backend, MANAGER, id);
	if (isRefusal(answer)) throw new Error(answer.refusal);
	return JSON.parse(answer.body) as VendAnswer;
}

async function count(table: 'vend' | 'vend_token' | 'audit_event' | 'approval'): Promise<number> {
	const { n } = await shop.backend.database
		.selectFrom(table)
		.select(({ fn }) => fn.countAll<number>().as('n'))
		.executeTakeFirstOrThrow();
	return n;
}

const deeds = async () =>
	(await shop.backend.database.selectFrom('audit_event').select(['action', 'actor']).execute())
		.map(({ action, actor }) => `${action} by ${actor}`)
		.filter((deed) => deed.startsWith('approval'))
		.sort();

describe('a proposal', () => {
	it('is written down, and nothing happens', async () => {
		const id = await proposed();
		expect(await readApproval(shop.backend, MANAGER, id)).toMatchObject({
			...{ id, ...because(FREE), state: 'proposed', proposedBy: 'clerk' },
			...{ expiresAtMs: shop.clock.ms + APPROVAL_LIFETIME_MS, decidedBy: null, note: null },
		});
		expect(await count('vend')).toBe(0);
	});

	it('is the same again under its id, and refused with anything else', async () => {
		const id = newId();
		const first = await propose(FREE, CLERK, id);
		expect(await propose(FREE, CLERK, id)).toEqual(first);
		const reused = { refusal: 'id-reused' };
		expect(await propose({ ...FREE, energyDeciKwh: 501 }, CLERK, id)).toEqual(reused);
		expect(await propose(FREE, MANAGER, id)).toEqual(reused);
		expect(await propose(FREE, { ...CLERK, utilityId: 'hilltop' }, id)).toEqual(reused);
		expect(await count('approval')).toBe(1);
	});

	it.each<[string, ApprovalWish, string]>([
		['an unknown meter', { ...FREE, drn: '04111111110' }, 'meter-unknown'],
		['a mistyped meter', { ...FREE, drn: '00000000019' }, 'meter-check-digit'],
		['an unknown tariff', { kind: 'meter-tariff', drn: KITCHEN, tariffId: 'nowhere' }, 'not-found'],
	])('for %s is refused, nothing stored', async (_, wish, code) => {
		const before = await count('audit_event');
		expect(await propose(wish)).toEqual({ refusal: code });
		expect([await count('approval'), await count('audit_event')]).toEqual([0, before]);
	});

	it('for a tariff that contradicts itself names the places', async () => {
		const { tariff, ...wish } = tariffWish(shop.clock.ms + 1);
		const endless = { ...tariff, blocks: [{ upToDeciKwh: 5, pricePerKwhE4: 1 }] };
		expect(await propose({ ...wish, tariff: endless }, TARIFFS)).toMatchObject({
			refusal: 'tariff-invalid',
			errors: [{ pointer: '/blocks/0/upToDeciKwh' }],
		});
	});

	it('is for those whose work it is', async () => {
		const key: ApprovalWish = {
			...{ kind: 'supply-group-key', sgc: '000000', krn: 1, makeCurrent: false },
		};
		const engineering: ApprovalWish = {
			...{ kind: 'engineering', drn: KITCHEN, wish: { kind: 'clear-tamper' } },
		};
		for (const [wish, by] of [
			[FREE, TECHNICIAN],
			[FREE, KEYS],
			[key, MANAGER],
			[engineering, KEYS],
		] as const)
			expect(await propose(wish, by)).toEqual({ refusal: 'not-allowed' });
		expect(await propose(engineering, TECHNICIAN)).toHaveProperty('state', 'proposed');
	});
});

describe('agreeing', () => {
	it('to free energy makes the vend, once, with the proposal’s id, and tells no digits', async () => {
		const id = await proposed();
		const first = await decide(id);
		expect(first).toMatchObject({ state: 'approved', decidedBy: 'manager', note: 'seen' });
		const vend = await vendOf(id);
		expect(vend).toMatchObject({ state: 'issued', tokens: [{ kind: 'free-issue' }] });
		const digits = 'tokens' in vend ? (vend.tokens[0]?.digits ?? '') : '';
		expect(digits).toHaveLength(20);
		const again = await decide(id);
		expect(again).toEqual(first);
		const told = [again, await listApprovals(shop.backend, MANAGER, {}), shop.lines];
		expect(JSON.stringify(told)).not.toContain(digits);
		expect(await count('vend')).toBe(1);
		await mustBeSound();
		expect(await deeds()).toEqual([
			'approval-approved by operator:manager',
			'approval-proposed by operator:clerk',
		]);
	});

	it('to an engineering token of a technician makes it', async () => {
		const wish = { kind: 'set-power-limit', watts: 2_000 } as const;
		const id = await proposed({ kind: 'engineering', drn: KITCHEN, wish }, TECHNICIAN);
		await decide(id);
		expect(await vendOf(id)).toMatchObject({
			state: 'issued',
			tokens: [{ kind: 'engineering', energyDeciKwh: 0 }],
		});
	});

	it('to a meter’s tariff sells by it from then on', async () => {
		const wish = { kind: 'meter-tariff', drn: KITCHEN, tariffId: 'domestic-steps' } as const;
		const tariffOf = async () =>
			await shop.backend.database
				.selectFrom('meter')
				.select('tariff_id')
				.where('drn', '=', KITCHEN)
				.executeTakeFirstOrThrow();
		const id = await proposed(wish);
		expect(await tariffOf()).toEqual({ tariff_id: 'domestic-flat' });
		await decide(id);
		expect(await tariffOf()).toEqual({ tariff_id: 'domestic-steps' });
	});

	it('to a key’s limits and place writes both, by key officers only', async () => {
		const { sgc, krn, current_krn } = await shop.backend.database
			.selectFrom('supply_group_key')
			.innerJoin('supply_group', 'supply_group.sgc', 'supply_group_key.sgc')
			.select(['supply_group_key.sgc', 'krn', 'current_krn'])
			.where('public_test', '=', 1)
			.orderBy('krn', 'desc')
			.executeTakeFirstOrThrow();
		const wish: ApprovalWish = {
			...{ kind: 'supply-group-key', sgc, krn, makeCurrent: true },
			issueUntilMs: shop.clock.ms + 1_000,
		};
		const id = await proposed(wish, KEYS);
		expect(await decide(id, MANAGER)).toEqual({ refusal: 'not-allowed' });
		expect(await decide(id, KEYS_TOO)).toHaveProperty('state', 'approved');
		const after = await shop.backend.database
			.selectFrom('supply_group_key')
			.innerJoin('supply_group', 'supply_group.sgc', 'supply_group_key.sgc')
			.select(['current_krn', 'issue_until_ms'])
			.where('supply_group_key.sgc', '=', sgc)
			.where('krn', '=', krn)
			.executeTakeFirstOrThrow();
		expect(after).toMatchObject({ current_krn: krn, issue_until_ms: shop.clock.ms + 1_000 });
		expect(current_krn).toBeLessThanOrEqual(krn);
		const late = { ...wish, issueUntilMs: shop.clock.ms };
		expect(await propose(late, KEYS)).toEqual({ refusal: 'vending-key-issue-ended' });
	});

	it('to a tariff’s new version prices by it from its moment on', async () => {
		const validFromMs = shop.clock.ms + 60_000;
		const id = await proposed(tariffWish(validFromMs), TARIFFS);
		expect(await decide(id, MANAGER)).toEqual({ refusal: 'not-allowed' });
		expect(await decide(id, TARIFFS_TOO)).toHaveProperty('state', 'approved');
		const inForce = async () => {
			const meter = await confirmCustomer(shop.backend, GUEST, KITCHEN);
			return isRefusal(meter) ? meter : meter.tariff;
		};
		expect(await inForce()).toMatchObject({ id: 'domestic-flat', version: 1 });
		shop.clock.ms = validFromMs;
		expect(await inForce()).toMatchObject({ version: 2, blocks: tariffWish(0).tariff.blocks });
		const versions = await shop.backend.database
			.selectFrom('tariff')
			.select('version')
			.where('id', '=', 'domestic-flat')
			.execute();
		expect(versions.map(({ version }) => version).sort()).toEqual([1, 2]);
	});

	it('to a tariff after its moment is too late', async () => {
		const id = await proposed(tariffWish(shop.clock.ms + 1), TARIFFS);
		shop.clock.ms += 1;
		expect(await decide(id, TARIFFS_TOO)).toEqual({ refusal: 'tariff-in-the-past' });
		expect(await propose(tariffWish(shop.clock.ms), TARIFFS)).toEqual({
			refusal: 'tariff-in-the-past',
		});
	});

	it('that cannot be done leaves the proposal open and nothing written', async () => {
		const id = await proposed();
		const block = (state: 'active' | 'blocked') =>
			shop.backend.database
				.updateTable('meter')
				.set({ state })
				.where('drn', '=', KITCHEN)
				.execute();
		await block('blocked');
		const before = await count('audit_event');
		expect(await decide(id)).toEqual({ refusal: 'meter-blocked' });
		expect(await readApproval(shop.backend, MANAGER, id)).toHaveProperty('state', 'proposed');
		expect([await count('vend'), await count('audit_event')]).toEqual([0, before]);
		await block('active');
		expect(await decide(id)).toHaveProperty('state', 'approved');
	});

	it('while the security module is silent is agreed; recovery makes the token', async () => {
		shop.module.behaviour = 'hangs';
		const id = await proposed();
		expect(await decide(id)).toHaveProperty('state', 'approved');
		expect(await vendOf(id)).toHaveProperty('state', 'issuing');
		shop.module.behaviour = 'answers';
		await finishVends(shop.backend, 0);
		expect(await vendOf(id)).toHaveProperty('state', 'issued');
		expect(await count('vend_token')).toBe(1);
		await mustBeSound();
	});
});

describe('the second person', () => {
	it('is never the first', async () => {
		const id = await proposed(FREE, MANAGER);
		for (const decision of [APPROVE, REJECT])
			expect(await decide(id, MANAGER, decision)).toEqual({ refusal: 'own-approval' });
		expect(await decide(id, DEPUTY)).toHaveProperty('state', 'approved');
	});

	it('has the role for it, is of the utility, and is somebody', async () => {
		const id = await proposed();
		for (const by of [KEYS, as('clerk-2', 'office-clerk')])
			expect(await decide(id, by)).toEqual({ refusal: 'not-allowed' });
		expect(await decide(id, ELSEWHERE)).toEqual({ refusal: 'not-found' });
		const nobody: Caller = { ...GUEST, roles: ['office-manager'] };
		expect(await decide(id, nobody)).toEqual({ refusal: 'sign-in-needed' });
		expect(await count('vend')).toBe(0);
	});

	it('decides once: the first decision stands', async () => {
		const id = await proposed();
		const rejected = await decide(id, MANAGER, REJECT);
		expect(rejected).toHaveProperty('state', 'rejected');
		expect(await decide(id, MANAGER, REJECT)).toEqual(rejected);
		for (const [by, decision] of [
			[MANAGER, APPROVE],
			[DEPUTY, APPROVE],
			[DEPUTY, REJECT],
		] as const)
			expect(await decide(id, by, decision)).toEqual({ refusal: 'approval-decided' });
		expect(await count('vend')).toBe(0);
	});

	it('may be two at once: one is heard, and one vend is made', async () => {
		const id = await proposed();
		const answers = await Promise.all([decide(id), decide(id, DEPUTY), decide(id)]);
		const heard = answers.filter((answer) => !isRefusal(answer));
		expect(new Set(heard.map((answer) => 'decidedBy' in answer && answer.decidedBy)).size).toBe(1);
		expect(await count('vend')).toBe(1);
		await mustBeSound();
	});
});

describe('seven days', () => {
	it('are the time to decide', async () => {
		const [early, late] = [await proposed(), await proposed({ ...FREE, drn: WORKSHOP })];
		shop.clock.ms += APPROVAL_LIFETIME_MS - 1;
		expect(await decide(early)).toHaveProperty('state', 'approved');
		shop.clock.ms += 1;
		expect(await decide(late)).toEqual({ refusal: 'approval-decided' });
		expect(await readApproval(shop.backend, MANAGER, late)).toHaveProperty('state', 'expired');
		await expireApprovals(shop.backend);
		await expireApprovals(shop.backend);
		expect((await deeds()).filter((deed) => deed.startsWith('approval-expired'))).toHaveLength(1);
	});
});

describe('the list', () => {
	const ids = async (by: Caller, query = {}) =>
		(await listApprovals(shop.backend, by, query)).approvals.map(({ id }) => id);

	it('has the newest first, of one’s utility, by state', async () => {
		const [first, second, third] = [await proposed(), await proposed(), await proposed()];
		await decide(first, MANAGER, REJECT);
		expect(await ids(MANAGER)).toEqual([third, second, first]);
		expect(await ids(MANAGER, { state: 'proposed' })).toEqual([third, second]);
		expect(await ids(MANAGER, { state: 'rejected' })).toEqual([first]);
		expect(await ids(MANAGER, { after: third })).toEqual([second, first]);
		expect(await ids(ELSEWHERE)).toEqual([]);
		shop.clock.ms += APPROVAL_LIFETIME_MS;
		expect(await ids(MANAGER, { state: 'proposed' })).toEqual([]);
		expect(await ids(MANAGER, { state: 'expired' })).toEqual([third, second]);
	});

	it('comes in pages', async () => {
		const all: string[] = [];
		for (let at = 0; at < 101; at += 1)
			all.unshift(await proposed({ ...FREE, drn: STEPS, energyDeciKwh: at + 1 }));
		const first = await listApprovals(shop.backend, MANAGER, {});
		expect(first.approvals.map(({ id }) => id)).toEqual(all.slice(0, 100));
		expect(first.next).toBe(all[99]);
		const rest = await listApprovals(shop.backend, MANAGER, { after: all[99] });
		expect(rest).toMatchObject({ approvals: [{ id: all[100] }], next: null });
	});

	it('shows a technician their own', async () => {
		const wish = { kind: 'engineering', drn: KITCHEN, wish: { kind: 'clear-tamper' } } as const;
		const [mine, other] = [await proposed(wish, TECHNICIAN), await proposed()];
		expect(await ids(TECHNICIAN)).toEqual([mine]);
		expect(await readApproval(shop.backend, TECHNICIAN, mine)).toHaveProperty('id', mine);
		expect(await readApproval(shop.backend, TECHNICIAN, other)).toEqual({ refusal: 'not-found' });
	});
});

describe('decideDecision', () => {
	const open = { state: 'proposed', proposedBy: 'a', proposedAtMs: 0, decidedBy: null } as const;

	it.each([
		['b', 'approve', 0, 'carry-out'],
		['b', 'reject', APPROVAL_LIFETIME_MS - 1, 'carry-out'],
		['b', 'approve', APPROVAL_LIFETIME_MS, { refusal: 'approval-decided' }],
		['a', 'approve', 0, { refusal: 'own-approval' }],
		['a', 'reject', 0, { refusal: 'own-approval' }],
		['a', 'approve', APPROVAL_LIFETIME_MS, { refusal: 'approval-decided' }],
	] as const)('of %s to %s at %d', (by, decision, nowMs, outcome) => {
		expect(decideDecision(open, { by, decision }, nowMs)).toEqual(outcome);
	});
});
