import { describe, expect, it } from 'vitest';
import type { BatchHereRow } from '#lib/browser/store/agent-rows.ts';
import type { CountedSale } from '#lib/core/sync/till-totals.ts';
import { expectedMoney, refusedMoney, tillTotals } from '#lib/core/sync/till-totals.ts';
import { countCash, soldMoney, totalsDifference } from '#lib/core/sync/count-cash.ts';
import { agentEn } from '#lib/core/words/agent.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { reportPaper } from '#lib/ui/agent/state/papers.ts';
import {
	capFacts,
	journalFacts,
	packFacts,
	storageFacts,
	type Saying,
} from '#lib/ui/agent/view/device-facts.ts';
import { decideDrawer, drawerDifferences } from '#lib/ui/agent/view/drawer.ts';
import {
	addMoney,
	reconciledOf,
	shiftsToBank,
	shiftsWithin,
	viewShift,
} from '#lib/ui/agent/view/shift-view.ts';
import { formatOctets, storageDanger, usedPart } from '#lib/ui/agent/view/storage-view.ts';
import { GLANCE, KES, NOW, TERMINAL } from './fake-desk.ts';

const DENOMINATIONS = [100_000, 5_000, 50];
const text = (part: Partial<Parameters<typeof decideDrawer>[0]> = {}) => ({
	...{ pieces: {}, slips: {}, reference: '' },
	...part,
});

describe('a drawer as it is counted', () => {
	it('adds up what is typed, and takes a nought for counted', () => {
		const drawer = decideDrawer(
			text({ pieces: { 100_000: '2', 5_000: ' 0 ', 50: '3' }, reference: ' BAG 7 ' }),
			...([DENOMINATIONS, KES] as const),
		);
		expect(drawer).toMatchObject({ cashMinor: 200_150, isCounted: true });
		expect(drawer.closing).toEqual({
			cash: [
				{ denominationMinor: 100_000, count: 2 },
				{ denominationMinor: 5_000, count: 0 },
				{ denominationMinor: 50, count: 3 },
			],
			...{ others: [], reference: 'BAG 7' },
		});
	});

	it('is not counted as long as every field is empty', () => {
		const drawer = decideDrawer(text({ reference: '  ' }), DENOMINATIONS, KES);
		expect(drawer).toMatchObject({ isCounted: false, cashMinor: 0 });
		expect(drawer.closing.reference).toBeNull();
	});

	it.each(['-1', '1.5', '2e3', 'two', '1000001', '12345678'])(
		'takes no %s for a count',
		(typed) => {
			const drawer = decideDrawer(text({ pieces: { 50: typed } }), DENOMINATIONS, KES);
			expect([...drawer.wrongPieces]).toEqual([50]);
			expect(drawer.closing.cash).toEqual([]);
		},
	);

	it('takes slips as amounts, a nought too, and no rubbish', () => {
		const drawer = decideDrawer(
			text({ slips: { card: '12.50', 'mobile-money': '0' } }),
			...([DENOMINATIONS, KES] as const),
		);
		expect(drawer.closing.others).toEqual([
			{ payType: 'card', amountMinor: 1_250 },
			{ payType: 'mobile-money', amountMinor: 0 },
		]);
		const wrong = decideDrawer(text({ slips: { card: '12.505' } }), DENOMINATIONS, KES);
		expect([...wrong.wrongSlips]).toEqual(['card']);
	});

	it('is counted in Arabic digits as well', () => {
		const typed = {
			pieces: { 5_000: '٢' },
			slips: { card: '١٢٫٥٠', 'mobile-money': '٠' },
		} as const;
		const { closing } = decideDrawer(text(typed), DENOMINATIONS, KES);
		expect(closing).toMatchObject({
			cash: [{ denominationMinor: 5_000, count: 2 }],
			others: [
				{ payType: 'card', amountMinor: 1_250 },
				{ payType: 'mobile-money', amountMinor: 0 },
			],
		});
	});

	it('says exact, over and short by name, also of what should be there and was not counted', () => {
		const drawer = decideDrawer(text({ pieces: { 5_000: '1' } }), DENOMINATIONS, KES);
		const verdicts = (expectedMinor: number) =>
			drawerDifferences(drawer, [{ payType: 'cash', expectedMinor }])[0];
		expect(verdicts(5_000)).toMatchObject({ verdict: 'exact', differenceMinor: 0 });
		expect(verdicts(4_950)).toMatchObject({ verdict: 'over', differenceMinor: 50 });
		expect(verdicts(5_050)).toMatchObject({ verdict: 'short', differenceMinor: -50 });
		expect(
			drawerDifferences(drawer, [{ payType: 'card', expectedMinor: 700 }]).map(
				({ payType, verdict }) => [payType, verdict],
			),
		).toEqual([
			['cash', 'over'],
			['card', 'short'],
		]);
	});
});

const sale = (part: Partial<CountedSale>): CountedSale => ({
	...{ operatorId: 'one', shiftId: 'shift', amountMinor: 10_000, method: 'cash' },
	...{ energyDeciKwh: 50, state: 'issued', code: null },
	...part,
});

describe('a shift as it stands', () => {
	it('tells sold, promised, refused with its money here, what went back and what was sold again', () => {
		const sales = [
			sale({}),
			sale({ state: 'provisional', amountMinor: 2_000 }),
			sale({ state: 'refused', amountMinor: 700, code: 'meter-blocked' }),
			sale({ state: 'dead-letter', amountMinor: 30, code: 'entry-damaged' }),
			sale({ state: 'refunded', amountMinor: 500, settledIn: 'shift', code: 'meter-blocked' }),
			sale({ state: 'replaced', amountMinor: 90, settledIn: 'shift', code: 'meter-blocked' }),
		];
		const view = viewShift(sales, expectedMoney(sales, 'shift'));
		expect(view.totals.sold).toEqual({ count: 2, amountMinor: 12_000, energyDeciKwh: 50 });
		expect(view.totals.unfinished).toEqual({ count: 1, amountMinor: 2_000 });
		expect(view.stillHere).toEqual({ count: 2, amountMinor: 730 });
		expect(view.givenBackMinor).toBe(500);
		expect(view.soldAgainMinor).toBe(90);
		expect(view.money).toEqual([
			{
				...{ payType: 'cash', takenMinor: 13_320, givenBackMinor: 500, soldAgainMinor: 90 },
				expectedMinor: 12_730,
			},
		]);
	});
});

const batch = (id: string, part: Partial<BatchHereRow>): BatchHereRow => ({
	...{ id, kind: 'shift', parentId: null, operatorId: 'one', state: 'closed', openedAtMs: NOW },
	...{ closedAtMs: NOW, closing: null, totals: null },
	...part,
});

describe('what is to be banked', () => {
	const batches = [
		batch('banked', { kind: 'banking' }),
		batch('banked-sales', { kind: 'sales', parentId: 'banked' }),
		batch('old', { parentId: 'banked-sales' }),
		batch('open', { kind: 'banking', state: 'open' }),
		batch('sales', { kind: 'sales', parentId: 'open', state: 'open' }),
		batch('one', { parentId: 'sales' }),
		batch('two', { parentId: 'sales' }),
		batch('now', { parentId: 'sales', state: 'open' }),
	];

	it('is every closed shift of the banking that is open', () => {
		expect(shiftsToBank(batches).map(({ id }) => id)).toEqual(['one', 'two']);
	});

	it('finds the shifts in a batch, through the batches between', () => {
		const ids = (id: string) =>
			shiftsWithin(batches.find((row) => row.id === id) as BatchHereRow, batches).map(
				(row) => row.id,
			);
		expect(ids('open')).toEqual(['one', 'two', 'now']);
		expect(ids('old')).toEqual(['old']);
	});

	it('adds what should be there, pay type by pay type', () => {
		const cash = {
			payType: 'cash',
			takenMinor: 100,
			givenBackMinor: 10,
			soldAgainMinor: 1,
			expectedMinor: 89,
		} as const;
		const card = {
			payType: 'card',
			...{ takenMinor: 5, givenBackMinor: 0, soldAgainMinor: 0, expectedMinor: 5 },
		} as const;
		expect(addMoney([[cash], [cash, card], []])).toEqual([
			{
				...{ payType: 'cash', takenMinor: 200, givenBackMinor: 20, soldAgainMinor: 2 },
				expectedMinor: 178,
			},
			card,
		]);
	});
});

describe('the office’s word on a closed shift', () => {
	const totals = tillTotals([sale({}), sale({ amountMinor: 2_000 })]);
	const heard = { state: 'closed', totals, atMs: NOW } as const;

	it('is waited for, the same, another, or that it is open', () => {
		expect(reconciledOf(batch('b', {}))).toEqual({ kind: 'open' });
		expect(reconciledOf(batch('b', { totals }))).toEqual({ kind: 'waiting' });
		expect(reconciledOf(batch('b', { totals, heard }))).toEqual({ kind: 'same', heardAtMs: NOW });
		const other = tillTotals([sale({})]);
		expect(reconciledOf(batch('b', { totals, heard: { ...heard, totals: other } }))).toEqual({
			kind: 'differs',
			office: other.sold,
		});
		expect(reconciledOf(batch('b', { totals, heard: { ...heard, state: 'open' } }))).toEqual({
			kind: 'not-closed',
		});
	});

	it('differs by count and amount, till less office', () => {
		expect(totalsDifference(totals, tillTotals([sale({})]))).toEqual({
			...{ countDifference: 1, amountDifferenceMinor: 2_000 },
		});
		expect(totalsDifference(totals, totals)).toBeUndefined();
	});

	it('counts a drawer by what was sold', () => {
		const closing = { cash: [{ denominationMinor: 6_000, count: 2 }], others: [], reference: null };
		expect(countCash(soldMoney(totals), closing).differences).toEqual([
			{
				...{ payType: 'cash', expectedMinor: 12_000, countedMinor: 12_000 },
				...{ differenceMinor: 0, verdict: 'exact' },
			},
		]);
	});
});

describe('the papers of a shift', () => {
	const writing = { words: en, own: agentEn.paper, language: 'en' };
	const sales = [sale({}), sale({ state: 'refused', amountMinor: 700, code: 'meter-blocked' })];
	const facts = {
		...{ totals: tillTotals(sales), money: expectedMoney(sales, 'shift') },
		refused: refusedMoney(tillTotals(sales), sales, ['shift']),
		...{ terminal: TERMINAL, operatorName: 'Amina' },
	};
	const paper = (kind: 'x-report' | 'z-report', copy: number, shift: BatchHereRow) =>
		JSON.stringify(
			reportPaper({ paper: kind, copy, askedAtMs: NOW }, { ...facts, batch: shift }, writing) ??
				null,
		);
	const closing = {
		...{ cash: [{ denominationMinor: 10_000, count: 1 }], others: [], reference: 'BAG 7' },
	};

	it('count a drawer with the money of refused sales, and mark a reprint', () => {
		const shift = batch('shift', { closing, totals: facts.totals });
		const z = paper('z-report', 1, shift);
		expect(z).toContain(agentEn.paper.report.z);
		expect(z).toContain(agentEn.paper.report.verdicts.short);
		expect(z).toContain('BAG 7');
		expect(z).not.toContain(agentEn.paper.reprintNote);
		expect(paper('z-report', 2, shift)).toContain(agentEn.paper.reprint('2'));
	});

	it('are X as long as it is open, and no Z of what is not closed', () => {
		const shift = batch('shift', { state: 'open', closedAtMs: null });
		expect(paper('x-report', 1, shift)).toContain(agentEn.paper.report.xNote);
		expect(paper('x-report', 1, shift)).toContain(agentEn.paper.report.moneyOf('Cash'));
		expect(paper('z-report', 1, shift)).toBe('null');
	});
});

describe('the till’s own page', () => {
	const saying: Saying = { own: agentEn.device, currency: KES, language: 'en', nowMs: NOW };
	const kept = { installed: true, persistent: true, usedOctets: 10, quotaOctets: 100 };

	it('says which storage is in danger, a full one first', () => {
		expect(storageDanger(kept)).toBeNull();
		expect(storageDanger({ ...kept, persistent: false })).toEqual({ kind: 'not-persistent' });
		expect(storageDanger({ ...kept, persistent: false, usedOctets: 91 })).toEqual({
			...{ kind: 'nearly-full', part: 0.91 },
		});
		expect(storageDanger({ ...kept, usedOctets: 90 })).toBeNull();
		expect(usedPart({ ...kept, quotaOctets: null })).toBeNull();
		expect(usedPart({ ...kept, quotaOctets: 0 })).toBeNull();
		expect(storageFacts({ ...kept, usedOctets: null }, saying).at(-1)?.said).toBe(
			agentEn.device.storage.unknown,
		);
	});

	it.each([
		[0, '0 byte'],
		[999, '999 byte'],
		[1_500_000, '2 MB'],
		[10_700_000_000, '10.7 GB'],
	])('writes %d octets as %s', (octets, said) => {
		expect(formatOctets(octets, 'en')).toBe(said);
	});

	it('says the caps that hold, and none where nothing is sold offline', () => {
		expect(capFacts(GLANCE, saying).map(({ said }) => said.replace(/\s/g, ' '))).toEqual([
			...['KES 2,000', 'KES 10,000', '40', '3 days'],
		]);
		expect(capFacts({ caps: null }, saying)).toEqual([]);
	});

	it('says how far the journal and the clock are', () => {
		const said = (offsetMs: number | null) =>
			journalFacts(GLANCE, { offsetMs }, saying).map((fact) => fact.said);
		expect(said(null)).toEqual(['now', agentEn.device.journal.nothing]);
		expect(said(2_000)[2]).toBe(agentEn.device.journal.exact);
		expect(said(2 * 86_400_000)[2]).toBe('2 days behind the office');
		expect(said(-3 * 3_600_000)[2]).toBe('3 hr ahead of the office');
		const unsynced = { count: 2, sumMinor: 3_000, oldestAtMs: NOW - 120_000 };
		const facts = journalFacts({ heardAtMs: null, unsynced }, { offsetMs: null }, saying);
		expect(facts.map((fact) => fact.said.replace(/\s/g, ' '))).toEqual([
			...[agentEn.device.journal.never, '2 sales, KES 30', '2 minutes ago'],
		]);
	});

	it('says when the prices are over', () => {
		const pack = { version: '0123456789abcdef', fetchedAtMs: NOW, validUntilMs: NOW };
		const [fetched, until, version] = packFacts({ pack }, saying);
		expect([fetched?.said, until?.said, until?.tone, version?.said]).toEqual([
			...['now', agentEn.device.pack.over, 'bad', '01234567'],
		]);
		expect(packFacts({ pack: null }, saying)).toEqual([]);
	});
});
