/** Meters that the office blocks and unblocks: by whom, why, once; and what is sold to them meanwhile. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import {
	BlockDecision,
	BlockedMeterList,
	MeterBlock,
	type BlockDecisionRequest,
} from '#lib/core/sync/wire-blocks.ts';
import type { UnblockReason } from '#lib/core/vending/block-meter.ts';
import type { Caller } from '#lib/server/access/caller.ts';
import { decideApproval } from '#lib/server/approval/decide.ts';
import { proposeApproval } from '#lib/server/approval/propose.ts';
import { confirmCustomer } from '#lib/server/meter/confirm-customer.ts';
import { putBlockDecision } from '#lib/server/meter/block-decisions.ts';
import { listBlockedMeters, readMeterBlock } from '#lib/server/meter/read-blocks.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { whatIsWrong } from '../harness/books.ts';
import { openCounter } from '../harness/counter.ts';
import { allowQueue, JournalTill } from '../harness/journal-till.ts';
import { deeds, employ } from '../harness/people.ts';
import {
	buy,
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	order,
	pay,
	saleOf,
	STEPS,
	vendOf,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

/** The one that the demo's office has blocked. */
const SEEDED = '37204139796';

let shop: Shop;
let clerk: Caller & { operatorId: string };
let manager: Caller & { operatorId: string };
beforeEach(async () => {
	shop = await openShop();
	clerk = await employ(shop.backend, { login: 'wanjiru', roles: ['office-clerk'] });
	manager = await employ(shop.backend, { login: 'otieno', roles: ['office-manager'] });
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const tampering = { deed: 'block', reason: 'tampering-suspected', note: 'Seal broken' } as const;
const closed = { deed: 'block', reason: 'account-closed', note: '' } as const;
const again = { deed: 'unblock', reason: 'account-open', note: '' } as const;
const put = (
	request: BlockDecisionRequest,
	{ drn = KITCHEN, id = newId(), caller = clerk as Caller } = {},
) => putBlockDecision(shop.backend, caller, { drn, id }, request);
const read = async (drn = KITCHEN, caller: Caller = clerk) =>
	v.parse(MeterBlock, mustBeTaken(await readMeterBlock(shop.backend, caller, drn)));
const list = async (caller: Caller = clerk, after?: string) =>
	v.parse(
		BlockedMeterList,
		await listBlockedMeters(shop.backend, caller, after === undefined ? {} : { after }),
	);
const propose = (reason: UnblockReason, drn = KITCHEN, id = newId()) =>
	proposeApproval(shop.backend, clerk, id, {
		reason: 'Inspected by Moraa, sealed anew',
		wish: { kind: 'meter-unblock', drn, reason },
	});
const agree = (id: string, caller: Caller = manager) =>
	decideApproval(shop.backend, caller, id, { decision: 'approve', note: '' });
const factsOf = async (action: string) =>
	(
		await shop.backend.database
			.selectFrom('audit_event')
			.select(['facts', 'subject_id', 'actor'])
			.where('action', '=', action)
			.execute()
	).map(({ facts, ...rest }) => ({ ...rest, facts: JSON.parse(facts) as unknown }));

describe('a meter that the office blocks', () => {
	it('is sold to no more, and again when it is unblocked; the next look-up says so', async () => {
		const look = async () => mustBeTaken(await confirmCustomer(shop.backend, GUEST, KITCHEN)).state;
		expect(await look()).toBe('active');
		const made = v.parse(BlockDecision, mustBeTaken(await put(closed, { drn: '0000 0000 018' })));
		expect(made).toEqual({
			...{ ...closed, id: made.id, drn: KITCHEN, atMs: shop.clock.ms, agreedBy: null },
			by: { operatorId: clerk.operatorId, name: 'The office-clerk' },
		});
		expect(await look()).toBe('blocked');
		const { id, request } = saleOf(KITCHEN, 50_000);
		expect(await requestVend(shop.backend, GUEST, id, request)).toEqual({
			refusal: 'meter-blocked',
		});
		mustBeTaken(await put(again, { caller: manager }));
		expect(await look()).toBe('active');
		expect((await buy(shop.backend, KITCHEN, 50_000)).answer.state).toBe('issued');
	});

	it('is told of with who, when, why and what came before', async () => {
		expect(await read()).toMatchObject({ state: 'active', decision: null, decisions: [] });
		mustBeTaken(await put(closed));
		shop.clock.ms += 60_000;
		mustBeTaken(await put(again, { caller: manager }));
		shop.clock.ms += 60_000;
		mustBeTaken(await put(tampering));
		const block = await read();
		expect(block).toMatchObject({ drn: KITCHEN, state: 'blocked', unblockNeedsTwo: true });
		expect(block.decision).toEqual(block.decisions[0]);
		expect(block.decisions).toMatchObject([
			{ ...tampering, atMs: shop.clock.ms, by: { name: 'The office-clerk' } },
			{ ...again, atMs: shop.clock.ms - 60_000, by: { name: 'The office-manager' } },
			{ ...closed, atMs: shop.clock.ms - 120_000 },
		]);
	});

	it('is written into the audit with the reason’s name and none of the words', async () => {
		const id = newId();
		mustBeTaken(await put(tampering, { id }));
		const actor = `operator:${clerk.operatorId}`;
		expect(await factsOf('meter-blocked')).toEqual([
			{ actor, subject_id: KITCHEN, facts: { decision: id, reason: 'tampering-suspected' } },
		]);
	});

	it('is refused by name', async () => {
		const nothing = { ...closed, reason: 'other', note: ' ' } as const;
		expect(await put(nothing)).toEqual({ refusal: 'reason-needed' });
		expect(await put(again)).toEqual({ refusal: 'meter-not-blocked' });
		mustBeTaken(await put(closed));
		expect(await put(tampering)).toEqual({ refusal: 'meter-already-blocked' });
		expect(await put(closed, { drn: '04111111110' })).toEqual({ refusal: 'meter-unknown' });
		expect(await put(closed, { drn: '04111111111' })).toEqual({ refusal: 'meter-check-digit' });
		expect(await put(closed, { caller: { ...GUEST, roles: ['office-clerk'] } })).toEqual({
			refusal: 'sign-in-needed',
		});
		expect(await deeds(shop.backend)).toEqual(['meter-blocked']);
	});

	it('is decided once, however often it is said, and answered the same after what came later', async () => {
		const id = newId();
		const answers = await Promise.all([put(closed, { id }), put(closed, { id })]);
		expect(answers[1]).toEqual(mustBeTaken(answers[0] as object));
		mustBeTaken(await put(again));
		expect(await put(closed, { id })).toEqual(answers[0]);
		expect((await read()).state).toBe('active');
		expect(await put(tampering, { id })).toEqual({ refusal: 'id-reused' });
		expect(await put(closed, { id, drn: STEPS })).toEqual({ refusal: 'id-reused' });
		expect(await put(closed, { id, caller: manager })).toEqual({ refusal: 'id-reused' });
		expect(await deeds(shop.backend)).toEqual(['meter-blocked', 'meter-unblocked']);
	});

	it('of two who block it at once is blocked by one', async () => {
		const answers = await Promise.all([put(closed), put(tampering, { caller: manager })]);
		const refused = answers.filter((answer) => 'refusal' in answer);
		expect(refused).toEqual([{ refusal: 'meter-already-blocked' }]);
		expect((await read()).decisions).toHaveLength(1);
	});

	it('keeps its decisions as they were written', async () => {
		mustBeTaken(await put(closed));
		const { database } = shop.backend;
		const change = database.updateTable('block_decision').set({ reason: 'other' });
		await expect(change.execute()).rejects.toThrow(/append-only/);
		await expect(database.deleteFrom('block_decision').execute()).rejects.toThrow(/append-only/);
	});

	it('is not sold a sale that was asked for before: its money is owed back', async () => {
		const sale = saleOf(KITCHEN, 50_000);
		await order(shop.backend, sale);
		mustBeTaken(await put(closed));
		await pay(shop.backend, sale);
		expect(await vendOf(shop.backend, sale.id)).toMatchObject({
			...{ state: 'refused', code: 'meter-blocked' },
		});
	});

	it('has what a till promised offline refused by name when it arrives', async () => {
		const counter = await openCounter(shop.backend, { floatMinor: 1_000_000 });
		const till = await new JournalTill(shop, counter).enrol();
		await allowQueue(shop, counter);
		const [before, blocked] = [
			await till.provisional(WORKSHOP, 50_000),
			await till.provisional(KITCHEN, 50_000),
		];
		mustBeTaken(await put(closed));
		await till.handIn([before, blocked]);
		expect(await till.verdicts([before, blocked])).toEqual(['issued', 'refused meter-blocked']);
	});
});

describe('a meter that was blocked for suspected tampering', () => {
	beforeEach(async () => void mustBeTaken(await put(tampering)));

	it('is unblocked by nobody alone', async () => {
		expect(await put(again)).toEqual({ refusal: 'approval-needed' });
		expect(await put(again, { caller: manager })).toEqual({ refusal: 'approval-needed' });
	});

	it('is unblocked when a second person agrees, and says who both were', async () => {
		const id = newId();
		mustBeTaken(await propose('inspected', '0000 0000 018', id));
		expect((await read()).proposal).toEqual({
			...{ id, proposedBy: clerk.operatorId, proposedAtMs: shop.clock.ms },
		});
		expect(await agree(id, clerk)).toEqual({ refusal: 'not-allowed' });
		expect(mustBeTaken(await agree(id))).toMatchObject({ state: 'approved' });
		expect(mustBeTaken(await agree(id))).toMatchObject({ state: 'approved' });
		expect(await read()).toMatchObject({
			...{ state: 'active', proposal: null, unblockNeedsTwo: false },
			decision: {
				...{ id, deed: 'unblock', reason: 'inspected' },
				...{ note: 'Inspected by Moraa, sealed anew', by: { operatorId: clerk.operatorId } },
				agreedBy: { operatorId: manager.operatorId, name: 'The office-manager' },
			},
		});
		expect(await factsOf('meter-unblocked')).toMatchObject([
			{ actor: `operator:${manager.operatorId}`, facts: { decision: id, reason: 'inspected' } },
		]);
		expect((await buy(shop.backend, KITCHEN, 50_000)).answer.state).toBe('issued');
	});

	it('is not unblocked by who proposed it', async () => {
		const id = newId();
		const request = {
			reason: 'Sealed anew',
			wish: { kind: 'meter-unblock', drn: KITCHEN, reason: 'other' },
		} as const;
		mustBeTaken(await proposeApproval(shop.backend, manager, id, request));
		expect(await agree(id)).toEqual({ refusal: 'own-approval' });
		expect((await read()).state).toBe('blocked');
	});

	it('stays blocked where the proposal is turned down', async () => {
		const id = newId();
		mustBeTaken(await propose('mistake', KITCHEN, id));
		const decision = { decision: 'reject', note: 'Not seen' } as const;
		mustBeTaken(await decideApproval(shop.backend, manager, id, decision));
		expect(await read()).toMatchObject({ state: 'blocked', proposal: null });
	});

	it('is unblocked once by two proposals, and proposed only while it is blocked', async () => {
		const [one, other] = [newId(), newId()];
		mustBeTaken(await propose('inspected', KITCHEN, one));
		mustBeTaken(await propose('mistake', KITCHEN, other));
		mustBeTaken(await agree(one));
		expect(await agree(other)).toEqual({ refusal: 'meter-not-blocked' });
		expect(await propose('inspected')).toEqual({ refusal: 'meter-not-blocked' });
		expect(await propose('inspected', '04111111110')).toEqual({ refusal: 'meter-unknown' });
	});
});

describe('a block from before anybody wrote down why', () => {
	beforeEach(async () => {
		const { database } = shop.backend;
		await database
			.updateTable('meter')
			.set({ state: 'blocked' })
			.where('drn', '=', STEPS)
			.execute();
	});

	it('is read on, in the list too, and takes two to be lifted', async () => {
		expect(await read(STEPS)).toMatchObject({
			...{ state: 'blocked', decision: null, decisions: [], unblockNeedsTwo: true },
		});
		expect((await list()).meters).toContainEqual(
			expect.objectContaining({ drn: STEPS, decision: null }),
		);
		expect(await put(again, { drn: STEPS })).toEqual({ refusal: 'approval-needed' });
		const id = newId();
		mustBeTaken(await propose('inspected', STEPS, id));
		mustBeTaken(await agree(id));
		expect(await read(STEPS)).toMatchObject({ state: 'active', decision: { id } });
	});

	it('is not explained by what was decided before it', async () => {
		const { database } = shop.backend;
		await database.updateTable('meter').set({ state: 'active' }).where('drn', '=', STEPS).execute();
		mustBeTaken(await put(closed, { drn: STEPS }));
		mustBeTaken(await put(again, { drn: STEPS }));
		// As the release before this one does beside it.
		await database
			.updateTable('meter')
			.set({ state: 'blocked' })
			.where('drn', '=', STEPS)
			.execute();
		const block = await read(STEPS);
		expect(block).toMatchObject({ state: 'blocked', decision: null, unblockNeedsTwo: true });
		expect(block.decisions).toHaveLength(2);
	});
});

describe('the list of blocked meters', () => {
	it('has each with its last decision, by number', async () => {
		mustBeTaken(await put(closed));
		mustBeTaken(await put(again));
		mustBeTaken(await put(tampering));
		const { meters, next } = await list();
		expect(next).toBeNull();
		expect(meters.map(({ drn }) => drn)).toEqual([KITCHEN, SEEDED]);
		expect(meters).toMatchObject([
			{ decision: tampering },
			{ decision: { deed: 'block', reason: 'debt-dispute', by: { name: 'Ruth Wambui' } } },
		]);
	});

	it('goes on page after page', async () => {
		const { database } = shop.backend;
		await database.updateTable('meter').set({ state: 'blocked' }).execute();
		const all: string[] = [];
		let after: string | undefined;
		do {
			const page: BlockedMeterList = await list(clerk, after);
			all.push(...page.meters.map(({ drn }) => drn));
			after = page.next ?? undefined;
		} while (after !== undefined);
		const { count } = await database
			.selectFrom('meter')
			.select(({ fn }) => fn.countAll<number>().as('count'))
			.executeTakeFirstOrThrow();
		expect(all).toHaveLength(Number(count));
		expect(all).toEqual([...new Set(all)].sort());
	});
});

describe('another utility’s office', () => {
	it('neither sees nor blocks nor unblocks it', async () => {
		mustBeTaken(await put(tampering));
		const other = { ...manager, utilityId: 'elsewhere' };
		const unknown = { refusal: 'meter-unknown' };
		expect(await put(closed, { drn: STEPS, caller: other })).toEqual(unknown);
		expect(await put(again, { caller: other })).toEqual(unknown);
		expect(await readMeterBlock(shop.backend, other, KITCHEN)).toEqual(unknown);
		expect(await list(other)).toEqual({ meters: [], next: null });
		const wish = { kind: 'meter-unblock', drn: KITCHEN, reason: 'inspected' } as const;
		const proposal = { reason: 'Sealed anew', wish };
		expect(await proposeApproval(shop.backend, other, newId(), proposal)).toEqual(unknown);
		const ours = newId();
		mustBeTaken(await propose('inspected', KITCHEN, ours));
		expect(await agree(ours, other)).toEqual({ refusal: 'not-found' });
		expect((await read()).state).toBe('blocked');
	});
});
