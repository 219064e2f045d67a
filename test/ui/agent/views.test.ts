import { describe, expect, it } from 'vitest';
import { NOTHING_UNSYNCED } from '#lib/core/vending/offline-terms.ts';
import { formatSpan, glanceState, waitingTone } from '#lib/ui/agent/view/glance-view.ts';
import { whatHelps } from '#lib/ui/agent/view/not-sold.ts';
import { isHeldTap, nextChoice, readSellKey, stepBack } from '#lib/ui/agent/view/sell-step.ts';
import { viewSight } from '#lib/ui/agent/view/sight-view.ts';
import { decideTender, quickNotes } from '#lib/ui/agent/view/tender.ts';
import { codeWords } from '#lib/ui/agent/view/code-words.ts';
import { paperKindOf, salePaper } from '#lib/ui/agent/state/papers.ts';
import { customersWriting, staffWriting as writing } from '#lib/ui/agent/print/writing.ts';
import type { PaperWords } from '#lib/core/paper/paper-words.ts';
import { LANGUAGES } from '#lib/core/units/languages.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { WRITINGS } from '../../core/paper/papers.ts';
import { CLAIM, confirmationOf, DRN, KES, known, NOW, saleOf, TERMINAL } from './fake-desk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('what the customer gives', () => {
	it.each([
		['', { tenderedMinor: 35_000, changeMinor: 0 }],
		['500', { tenderedMinor: 50_000, changeMinor: 15_000 }],
		['350', { tenderedMinor: 35_000, changeMinor: 0 }],
		['349,50', { refusal: 'too-little', missingMinor: 50 }],
		['1.234', { refusal: 'too-many-decimals' }],
		['0', { refusal: 'not-positive' }],
		['x', { refusal: 'not-a-number' }],
	])('%j for KES 350 in cash', (text, tender) => {
		expect(decideTender(text, 35_000, 'cash', KES)).toEqual(tender);
	});

	it('is exactly the amount when it is no cash', () => {
		expect(decideTender('9', 35_000, 'card', KES)).toEqual({
			tenderedMinor: 35_000,
			changeMinor: 0,
		});
	});

	it.each([
		[35_000, [40_000, 50_000, 100_000]],
		[50_000, [60_000, 100_000, 500_000]],
		[4_950, [5_000, 10_000, 20_000]],
		[10_000_000_000, []],
	])('of %d minor units is guessed as %j', (amountMinor, notes) => {
		expect(quickNotes(amountMinor, KES)).toEqual(notes);
	});

	it('is guessed in whole units of a currency without minor ones', () => {
		expect(quickNotes(1_230, { code: 'UGX', minorDigits: 0 })).toEqual([1_250, 1_300, 1_400]);
	});
});

describe('the till at a glance', () => {
	const waiting = { count: 3, sumMinor: 1_000, oldestAtMs: NOW - HOUR };

	it('says first what stands in the way', () => {
		const online = { connection: 'online', sending: true } as const;
		expect(glanceState(online, { stop: 'suspended', unsynced: waiting })).toBe('stopped');
		expect(glanceState(online, { stop: null, unsynced: waiting })).toBe('sending');
		expect(glanceState(online, { stop: null, unsynced: NOTHING_UNSYNCED })).toBe('online');
		expect(glanceState({ connection: 'offline', sending: false }, undefined)).toBe('offline');
	});

	it('warns before a cap is reached, and at it', () => {
		const caps = { perSaleMinor: 1, sumMinor: 10_000, count: 10, ageMs: 10 * HOUR };
		const at = (part: Partial<typeof waiting>) =>
			waitingTone({ caps, unsynced: { ...waiting, ...part } }, NOW);
		expect(at({})).toBe('neutral');
		expect(at({ count: 8 })).toBe('wait');
		expect(at({ sumMinor: 10_000 })).toBe('bad');
		expect(at({ oldestAtMs: NOW - 9 * HOUR })).toBe('wait');
		expect(waitingTone({ caps: null, unsynced: waiting }, NOW)).toBe('neutral');
		expect(waitingTone({ caps, unsynced: NOTHING_UNSYNCED }, NOW)).toBe('neutral');
		const none = { ...caps, count: 0 };
		expect(waitingTone({ caps: none, unsynced: waiting }, NOW)).toBe('bad');
	});

	it.each([
		[-5, '0 min'],
		[12 * MINUTE, '12 min'],
		[3 * HOUR + MINUTE, '3 hr'],
		[49 * HOUR, '2 days'],
	])('writes %d ms as %s', (spanMs, text) => {
		expect(formatSpan(spanMs, 'en')).toBe(text);
	});
});

describe('a meter in sight', () => {
	const problem = (code: string) =>
		({
			kind: 'problem',
			problem: { type: '', title: '', status: 400, code, detail: '' },
		}) as const;

	it('is known now, or since when', () => {
		expect(viewSight(undefined, false)).toEqual({ kind: 'looking' });
		expect(viewSight(known(), false)).toMatchObject({ kind: 'known', keptSinceMs: null });
		expect(viewSight(known(DRN, 'kept'), false)).toMatchObject({
			keptSinceMs: NOW - 2 * 24 * HOUR,
		});
	});

	it.each([
		['too-many-requests', false, 'unheard'],
		['no-such-code', false, 'unheard'],
		['meter-unknown', true, 'unheard'],
		['meter-unknown', false, 'refused'],
		['meter-blocked', true, 'refused'],
	])('with %s, card %s, is %s', (code, hasCard, kind) => {
		expect(viewSight(problem(code), hasCard).kind).toBe(kind);
	});

	it('that is blocked says whose it is', () => {
		const confirmation = confirmationOf(DRN, { state: 'blocked' });
		const sight = { kind: 'known', confirmation, from: 'backend', fetchedAtMs: NOW } as const;
		expect(viewSight(sight, false)).toEqual({
			...{ kind: 'refused', code: 'meter-blocked', confirmation },
		});
	});
});

describe('a key', () => {
	it('goes one step where Enter is held down', () => {
		expect(isHeldTap({ key: 'Enter', repeat: true })).toBe(true);
		expect(isHeldTap({ key: 'Enter', repeat: false })).toBe(false);
		expect(isHeldTap({ key: 'Backspace', repeat: true })).toBe(false);
	});

	it('goes back, scans, prints or shows the keys, each in its place', () => {
		expect(readSellKey('Escape', 'pay', 'field')).toEqual({ wish: 'back' });
		expect(readSellKey('F2', 'meter', 'field')).toEqual({ wish: 'scan' });
		expect(readSellKey('F2', 'amount', 'field')).toBeUndefined();
		expect(readSellKey('R', 'done', 'elsewhere')).toEqual({ wish: 'print' });
		expect(readSellKey('?', 'done', 'elsewhere')).toEqual({ wish: 'keys' });
	});

	it('moves between the field and the choices below it', () => {
		expect(readSellKey('ArrowDown', 'meter', 'field')).toEqual({ wish: 'move', by: 1 });
		expect(readSellKey('ArrowUp', 'pay', 'choice')).toEqual({ wish: 'move', by: -1 });
		expect([nextChoice(-1, 1, 3), nextChoice(2, 1, 3), nextChoice(0, -1, 3)]).toEqual([0, 2, -1]);
		expect(nextChoice(-1, 1, 0)).toBe(-1);
	});

	it('is the field’s or the browser’s otherwise', () => {
		for (const key of ['3', 'r', 'Tab', 'Enter', ' ', 'F5'])
			expect(readSellKey(key, 'meter', 'field')).toBeUndefined();
		// Radios have their arrows for themselves.
		expect(readSellKey('ArrowDown', 'pay', 'elsewhere')).toBeUndefined();
		expect(readSellKey('ArrowDown', 'selling', 'field')).toBeUndefined();
	});

	it('never leads back into a sale that is over', () => {
		expect(stepBack('done')).toBe('done');
		expect(stepBack('again')).toBe('pay');
	});
});

describe('why nothing was sold', () => {
	it('names the one step that helps', () => {
		expect(whatHelps('offline-sale-cap')).toBe('smaller');
		expect(whatHelps('offline-age-cap')).toBe('try-now');
		expect(whatHelps('shift-needed')).toBe('open-shift');
		expect(whatHelps('suspended')).toBe('device');
	});

	it('has its sentence, with what is the most', () => {
		expect(codeWords('offline-sale-cap', { most: 'KES 2,000' }).detail).toContain('KES 2,000');
		expect(codeWords('never heard of').title).toBe(codeWords('internal-error').title);
	});
});

describe('the paper of a sale', () => {
	const wish = {
		...{ drn: DRN, amountMinor: 50_000, sight: known(), priced: null },
		tender: { method: 'cash' as const, tenderedMinor: 50_000 },
	};
	const facts = (sale: ReturnType<typeof saleOf>) => ({
		...{ sale, terminal: TERMINAL, operatorName: 'Amina' },
	});
	const job = { copy: 1, askedAtMs: NOW };

	it('is a receipt only where there is a token', () => {
		expect(paperKindOf(saleOf(wish, 'issued'))).toBe('receipt');
		expect(paperKindOf(saleOf(wish, 'provisional'))).toBe('provisional');
		expect(paperKindOf(saleOf(wish, 'asked'))).toBeUndefined();
		expect(paperKindOf(saleOf(wish, 'refused'))).toBeUndefined();
		const provisional = facts(saleOf(wish, 'provisional'));
		expect(salePaper({ ...job, paper: 'receipt' }, provisional, writing)).toBeUndefined();
	});

	it('that is provisional has the claim code and no twenty digits', () => {
		const paper = salePaper(
			{ ...job, paper: 'provisional' },
			facts(saleOf(wish, 'provisional')),
			writing,
		);
		const text = JSON.stringify(paper);
		expect(text.replaceAll('-', '')).toContain(CLAIM);
		expect(text.replace(/[\s-]/g, '')).not.toMatch(/\d{20}/);
	});

	it('that is provisional is not printed once there is a token or a no, however long it waited', () => {
		const paper = { ...job, paper: 'provisional' } as const;
		for (const state of ['issued', 'refused', 'refunded'] as const) {
			const sale = saleOf(wish, 'provisional');
			const now = facts({ ...sale, row: { ...sale.row, state } });
			expect(salePaper(paper, now, writing), state).toBeUndefined();
		}
	});

	it('that says why nothing was sold says it in the paper’s language, not in the till’s', () => {
		const sale = saleOf(wish, 'refused');
		const refused = facts({ ...sale, row: { ...sale.row, code: 'meter-blocked' } });
		const refund = (own: PaperWords) =>
			JSON.stringify(salePaper({ ...job, paper: 'refund' }, refused, own));
		expect(refund(writing)).toContain(en.problems['meter-blocked'].title);
		expect(refund(WRITINGS.pt)).toContain(WRITINGS.pt.words.problems['meter-blocked'].title);
		expect(refund(WRITINGS.pt)).not.toContain(en.problems['meter-blocked'].title);
	});

	it.each(LANGUAGES)('is written with words that the till loads: %s', async (language) => {
		const { words, own, language: tag } = await customersWriting(language);
		expect(own).toBe(WRITINGS[language].own);
		expect(words.receipt).toBe(WRITINGS[language].words.receipt);
		expect(tag).toBe(WRITINGS[language].language);
	});

	it('of another operator cannot be written', () => {
		const sealed = { ...saleOf(wish, 'provisional'), details: null };
		expect(salePaper({ ...job, paper: 'provisional' }, facts(sealed), writing)).toBeUndefined();
		expect(salePaper({ ...job, paper: 'z-report' }, facts(sealed), writing)).toBeUndefined();
	});
});
