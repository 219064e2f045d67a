import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApprovedVendRequest, EngineeringWish } from '#lib/core/sync/wire-approvals.ts';
import { METER_TESTS, encodeMeterTest } from '#lib/core/sts/meter-test.ts';
import { transact } from '#lib/server/database/transact.ts';
import { balanceOf } from '#lib/server/ledger/book.ts';
import { acceptApproved } from '#lib/server/vend/accept-approved.ts';
import { issueVend } from '#lib/server/vend/issue-vend.ts';
import { readVend } from '#lib/server/vend/read-vend.ts';
import { recover } from '#lib/server/vend/recovery.ts';
import type { VendAnswer } from '#lib/core/sync/wire.ts';
import { AtTheMeter } from '../harness/at-the-meter.ts';
import { whatIsWrong } from '../harness/books.ts';
import {
	buy,
	COTTAGE,
	GUEST,
	KITCHEN,
	mustBeTaken,
	newId,
	openShop,
	STEPS,
	WORKSHOP,
	type Shop,
} from '../harness/shop.ts';

let shop: Shop;
beforeEach(async () => {
	shop = await openShop();
});
afterEach(async () => {
	expect(await whatIsWrong(shop.backend.database)).toEqual([]);
	await shop.dispose();
});

const CLERK = newId();
const AUDITOR = { ...GUEST, roles: ['auditor'] as const };

const accept = async (request: ApprovedVendRequest, approvalId = newId()) =>
	await transact(shop.backend.database, (write) =>
		acceptApproved(
			write,
			{ approvalId, utilityId: 'lakeside', proposedBy: CLERK, request },
			shop.clock.ms,
		),
	);

const read = async (id: string) =>
	JSON.parse(mustBeTaken(await readVend(shop.backend, AUDITOR, id)).body) as VendAnswer;

/** Agreed to and made. */
const make = async (request: ApprovedVendRequest) => {
	const { id } = mustBeTaken(await accept(request));
	await issueVend(shop.backend, id);
	return await read(id);
};

const engineer = async (wish: EngineeringWish, drn = KITCHEN) =>
	await make({ kind: 'engineering', drn, wish });

describe('what was agreed to', () => {
	it('becomes a vend with the proposal’s id, which recovery makes if nobody else does', async () => {
		const id = newId();
		const row = mustBeTaken(
			await accept({ kind: 'free-issue', drn: KITCHEN, energyDeciKwh: 100 }, id),
		);
		expect(row).toMatchObject({
			...{ id, approval_id: id, state: 'paid', funding: 'none', operator_id: CLERK },
		});
		await recover(shop.backend, 0);
		expect(await read(id)).toMatchObject({ state: 'issued' });
		expect(await readVend(shop.backend, GUEST, id)).toEqual({ refusal: 'not-found' });
	});

	it.each([
		['of an unknown meter', { drn: '37999999990' }, 'meter-unknown'],
		['of no meter', { drn: '1' }, 'meter-number-length'],
	])('is refused %s, and nothing stored', async (_, change, refusal) => {
		const request = { kind: 'free-issue', energyDeciKwh: 100, ...change } as const;
		expect(await accept(request)).toEqual({ refusal });
		expect(await shop.backend.database.selectFrom('vend').select('id').execute()).toEqual([]);
	});

	it('is refused under the id of another vend', async () => {
		const { id } = await buy(shop.backend, KITCHEN, 50_000);
		const request = { kind: 'free-issue', drn: WORKSHOP, energyDeciKwh: 100 } as const;
		expect(await accept(request, id)).toEqual({ refusal: 'id-reused' });
	});
});

describe('a free issue', () => {
	it('is energy at the tariff’s worth, given by the office, and fills no block', async () => {
		const answer = await make({ kind: 'free-issue', drn: STEPS, energyDeciKwh: 1_000 });
		expect(answer).toMatchObject({
			receipt: { kind: 'free-issue', terminal: 'OFFICE' },
			tokens: [{ kind: 'free-issue', energyDeciKwh: 1_000 }],
		});
		const { database } = shop.backend;
		expect(await balanceOf(database, 'lakeside:free-issue-given')).toBe(36_690 + 114_100);
		const { bought_deci_kwh: bought } = await database
			.selectFrom('account')
			.select('bought_deci_kwh')
			.where('drn', '=', STEPS)
			.executeTakeFirstOrThrow();
		expect(bought).toBe(0);
		expect((await AtTheMeter.find(shop.backend, STEPS)).enter(answer)).toEqual(['Accept']);
	});

	it('that a token can only round up books what it gives beyond', async () => {
		const answer = await make({ kind: 'free-issue', drn: KITCHEN, energyDeciKwh: 170_001 });
		expect(answer).toMatchObject({ receipt: { roundingGainDeciKwh: 3 } });
		expect(await balanceOf(shop.backend.database, 'lakeside:rounding-given')).toBeGreaterThan(0);
	});
});

describe('an engineering token', () => {
	it.each([
		['set-power-limit', { kind: 'set-power-limit', watts: 5_000 }, 'set-power-limit 5000 W'],
		[
			'a limit that rounds up',
			{ kind: 'set-power-limit', watts: 17_001 },
			'set-power-limit 17004 W',
		],
		['clear-credit', { kind: 'clear-credit', register: 0 }, 'clear-credit 0'],
		['clear-tamper', { kind: 'clear-tamper' }, 'clear-tamper'],
		[
			'set-phase-unbalance-limit',
			{ kind: 'set-phase-unbalance-limit', watts: 0 },
			'set-phase-unbalance-limit 0 W',
		],
	] as const)('is made for its meter: %s', async (_, wish, engineering) => {
		const answer = await engineer(wish);
		expect(answer).toMatchObject({
			receipt: { kind: 'engineering', engineering, waterfall: { tenderedMinor: 0 } },
			tokens: [{ kind: 'engineering', energyDeciKwh: 0, test: true }],
		});
		expect((await AtTheMeter.find(shop.backend, KITCHEN)).enter(answer)).toEqual(['Accept']);
	});

	it('shares the TIDs of the meter’s credits', async () => {
		await buy(shop.backend, KITCHEN, 50_000);
		await engineer({ kind: 'clear-tamper' });
		await buy(shop.backend, KITCHEN, 50_000);
		const rows = await shop.backend.database
			.selectFrom('vend_token')
			.select(['kind', 'tid'])
			.orderBy('tid')
			.execute();
		expect(rows.map(({ kind }) => kind)).toEqual(['credit', 'engineering', 'credit']);
	});

	it('stays under the key that the meter is on, and may be had by a blocked one', async () => {
		await shop.backend.database
			.updateTable('supply_group_key')
			.set({ base_year: 2014 })
			.where('sgc', '=', '999002')
			.execute();
		await shop.backend.database
			.updateTable('meter')
			.set({ state: 'blocked' })
			.where('drn', '=', COTTAGE)
			.execute();
		shop.module.behaviours.issueManagement = 'hangs';
		const { id } = mustBeTaken(
			await accept({ kind: 'engineering', drn: COTTAGE, wish: { kind: 'clear-tamper' } }),
		);
		await issueVend(shop.backend, id);
		expect(shop.module.asked.map(({ operation }) => operation)).toEqual(['issueManagement']);
		expect(shop.module.asked[0]!.order).toMatchObject({ krn: 1, slot: 'rollover-test-1' });
	});

	it('that only tests is the same for every meter, without key, TID or module', async () => {
		const test = Number(Object.entries(METER_TESTS).find(([, name]) => name === 'display')![0]);
		const wish = { kind: 'meter-test', test: test as 2 } as const;
		const answer = await engineer(wish);
		expect(answer).toMatchObject({
			receipt: { engineering: 'meter-test 2' },
			tokens: [{ digits: encodeMeterTest(2, 0), test: false }],
		});
		expect(await engineer(wish, WORKSHOP)).toMatchObject({
			tokens: [{ digits: encodeMeterTest(2, 0) }],
		});
		expect(shop.module.asked).toEqual([]);
	});
});

describe('a move to another supply group or index', () => {
	it('is a key-change set to there, whatever the meter’s next place was', async () => {
		const answer = await make({ kind: 'key-change', drn: KITCHEN, sgc: '999002', ti: '04' });
		expect(answer).toMatchObject({
			receipt: { sgc: '999002', krn: 2, ti: '04', keyChange: { from: { sgc: '999001' } } },
		});
		const meter = await AtTheMeter.find(shop.backend, KITCHEN);
		expect(meter.enter(answer)).toEqual(['1stKCT', '2ndKCT', '3rdKCT']);
		const sale = await buy(shop.backend, KITCHEN, 50_000);
		expect(meter.enter(sale.answer)).toEqual(['Accept']);
	});

	it('is refused to where the meter is', async () => {
		const request = { kind: 'key-change', drn: KITCHEN, sgc: '999001', ti: '01' } as const;
		expect(await accept(request)).toEqual({ refusal: 'key-change-same' });
		expect(await accept({ ...request, sgc: '000001' })).toEqual({ refusal: 'vending-key-unknown' });
	});
});
