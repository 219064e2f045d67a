import { describe, expect, it } from 'vitest';
import {
	absorb,
	absorbMoney,
	beginStep,
	startProgress,
	type Progress,
	type StepOutcome,
} from '#lib/core/sync/outbox.ts';
import type { PaymentMoney } from '#lib/core/sync/wire.ts';
import { LANGUAGES } from '#lib/core/units/languages.ts';
import { REFUSALS, type RefusalCode } from '#lib/core/vending/refusals.ts';
import { ar } from '#lib/core/words/ar/catalogue.ts';
import { en } from '#lib/core/words/en/catalogue.ts';
import { fr } from '#lib/core/words/fr/catalogue.ts';
import { pt } from '#lib/core/words/pt/catalogue.ts';
import { sw } from '#lib/core/words/sw/catalogue.ts';
import { formatTime } from '#lib/ui/view/ages.ts';
import {
	changedWithin,
	isMoneyOpen,
	isMoneyToAsk,
	isOverruled,
	LINES_UNDER_WAY,
	LONGEST_TIME_MS,
	MONEY_MOVES_MS,
	moneyLines,
	moneyTone,
} from '#lib/ui/view/sale-money.ts';
import * as sales from '../../core/sync/sale.ts';

const CATALOGUES = { en, fr, pt, sw, ar };
const NOW = 5_000;
const DAY_MS = 24 * 60 * 60_000;
const TODAY = Date.UTC(2026, 10, 30, 9);
const nothing: PaymentMoney = {
	...{ paidMinor: 0, takenBackMinor: 0, owedMinor: 0, returnedMinor: 0 },
	...{ returned: null, foreign: false },
};
const returned = { atMs: 4_000, way: 'bank' } as const;

const after = (...outcomes: StepOutcome[]): Progress =>
	outcomes.reduce<Progress>(
		(now, outcome) => absorb(beginStep(now), outcome, 2_000, 0.5),
		startProgress(sales.ID, 1_000),
	);
const vend = (answer: Extract<StepOutcome, { kind: 'vend' }>['answer']): StepOutcome => ({
	...{ kind: 'vend', answer },
});
const asked: StepOutcome = { kind: 'payment', answer: sales.payment };
const refusedFor = (code: string, refundMinor = 0): StepOutcome =>
	vend({ id: sales.ID, state: 'refused', paymentId: sales.PAYMENT_ID, code, refundMinor });
const no = (code: Parameters<typeof sales.problem>[0], priced = false): StepOutcome => ({
	kind: 'problem',
	problem: sales.problem(code, priced),
});
const ended = (code: string, told?: Partial<PaymentMoney>): Progress =>
	heard(after(vend(sales.awaiting), asked, refusedFor(code)), told);
const heard = (progress: Progress, told?: Partial<PaymentMoney>): Progress =>
	told ? absorbMoney(progress, { ...nothing, ...told }, 3_000) : progress;
const issued = (told?: Partial<PaymentMoney>): Progress =>
	heard(after(vend(sales.awaiting), asked, vend(sales.issued)), told);
const atTill = { id: sales.ID, state: 'reversed', paymentId: null, refundMinor: 500 } as const;
const paid: StepOutcome = vend({ id: sales.ID, state: 'issuing', paymentId: sales.PAYMENT_ID });
const stuck = (told?: Partial<PaymentMoney>): Progress =>
	heard(after(paid, no('not-found'), no('price-changed', true)), told);
const lines = (progress: Progress) => moneyLines(progress, NOW);
const kinds = (progress: Progress) => lines(progress).map(({ is }) => is);

describe('where the money of a sale is', () => {
	it('is said in no more lines than the screen keeps room for, as long as the sale is under way', () => {
		const kept = LINES_UNDER_WAY.map((some) => some.map(({ is }) => is));
		for (const progress of [
			after(vend(sales.awaiting), asked),
			after(vend(sales.awaiting), asked, vend({ ...sales.awaiting, state: 'issuing' })),
		])
			expect(kept).toContainEqual(kinds(progress));
	});

	it.each(LANGUAGES)('has room for every time of a day, in %s', (language) => {
		const room = formatTime(LONGEST_TIME_MS, language).length;
		for (let minute = 0; minute < 24 * 60; minute += 7) {
			const said = formatTime(new Date(2026, 10, 30, 0, minute).getTime(), language);
			expect(said.length, said).toBeLessThanOrEqual(room);
		}
	});

	it.each<[string, Progress, readonly string[]]>([
		['stored here', after(), ['withYou']],
		['sent, no answer', after({ kind: 'unknown' }), ['withYou']],
		['at another price', after(no('price-changed', true)), ['withYou']],
		['taken in, payment not asked for', after(vend(sales.awaiting)), ['withYou']],
		['to be approved', after(vend(sales.awaiting), asked), ['undecided', 'until']],
		[
			'the provider silent',
			after(vend(sales.awaiting), {
				...{ kind: 'payment' },
				answer: { ...sales.payment, state: 'unknown', payUrl: null },
			}),
			['undecided'],
		],
		[
			'paid, token being made',
			after(vend({ id: sales.ID, state: 'issuing', paymentId: sales.PAYMENT_ID })),
			['held'],
		],
		['issued', issued(), []],
		['issued, nothing odd heard', issued({ paidMinor: 500 }), []],
		['issued, paid twice', issued({ paidMinor: 1_000, owedMinor: 500 }), ['again', 'owed']],
		[
			'issued, paid twice, given back',
			issued({ paidMinor: 1_000, returnedMinor: 500, returned }),
			['again', 'returned'],
		],
		['issued, taken back', issued({ takenBackMinor: 500 }), ['backWithToken']],
		['issued, one of two taken back', issued({ paidMinor: 500, takenBackMinor: 500 }), []],
		['refused at once', after(no('meter-blocked')), ['notTaken']],
		['refused when paid, not heard more', after(refusedFor('meter-blocked', 500)), ['owed']],
		[
			'reversed',
			after(
				vend({ id: sales.ID, state: 'reversed', paymentId: sales.PAYMENT_ID, refundMinor: 500 }),
			),
			['owed'],
		],
		[
			'of a till, refused',
			after(vend({ ...atTill, state: 'refused', code: 'meter-blocked' })),
			['atTill'],
		],
		['of a till, reversed', after(vend(atTill)), ['atTill']],
		[
			'refused when paid, owed',
			heard(after(refusedFor('meter-blocked', 500)), { paidMinor: 500, owedMinor: 500 }),
			['owed'],
		],
		[
			'refused when paid, given back',
			heard(after(refusedFor('meter-blocked', 500)), {
				...{ paidMinor: 500, returnedMinor: 500, returned },
			}),
			['returned'],
		],
		['declined', ended('payment-failed'), []],
		['declined, nothing came', ended('payment-failed', {}), []],
		[
			'expired, paid late',
			ended('payment-expired', { paidMinor: 500, owedMinor: 500 }),
			['late', 'owed'],
		],
		[
			'expired, paid late, given back',
			ended('payment-expired', { paidMinor: 500, returnedMinor: 500, returned }),
			['late', 'returned'],
		],
		['expired, paid late, taken back', ended('payment-expired', { takenBackMinor: 500 }), ['back']],
		['taken back before the token', ended('payment-taken-back', { takenBackMinor: 500 }), []],
		['another amount, not heard more', ended('payment-mismatch'), ['kept']],
		[
			'another amount',
			ended('payment-mismatch', { paidMinor: 499, owedMinor: 499 }),
			['other', 'owed'],
		],
		['another currency', ended('payment-mismatch', { foreign: true }), ['foreign']],
		[
			'not said to be untouched once the payment was asked for',
			after(vend(sales.awaiting), asked, no('vending-key-expired')),
			[],
		],
		['stuck', after(no('body-shape')), []],
		[
			'forgotten once asked for',
			after(vend(sales.awaiting), asked, no('not-found')),
			['undecided'],
		],
		[
			'forgotten once asked for, taken in again',
			after(vend(sales.awaiting), asked, no('not-found'), vend(sales.awaiting)),
			['undecided'],
		],
		['forgotten once paid, then refused', stuck(), ['mayBePaid']],
		['forgotten once paid, then refused, not in the books', stuck({}), ['mayBePaid']],
		[
			'forgotten once paid, then refused, owed',
			stuck({ paidMinor: 500, owedMinor: 500 }),
			['owed'],
		],
	])('%s', (_, progress, expected) => {
		expect(kinds(progress)).toEqual(expected);
	});

	it('is told with the amounts of the books', () => {
		expect(lines(ended('payment-expired', { paidMinor: 500, owedMinor: 500 }))).toEqual([
			{ is: 'late', amountMinor: 500 },
			{ is: 'owed', amountMinor: 500 },
		]);
		const back = ended('payment-failed', { paidMinor: 500, returnedMinor: 500, returned });
		expect(lines(back)[1]).toEqual({ is: 'returned', ...returned, amountMinor: 500 });
	});

	it('no longer says that the page is open once its time is over', () => {
		const waiting = after(vend(sales.awaiting), asked);
		expect(moneyLines(waiting, sales.payment.expiresAtMs).map(({ is }) => is)).toEqual([
			'undecided',
		]);
	});

	it('overrules a refusal that said that nothing was taken, and only then', () => {
		expect(isOverruled(ended('payment-expired'))).toBe(false);
		expect(isOverruled(ended('payment-expired', {}))).toBe(false);
		expect(isOverruled(ended('payment-expired', { paidMinor: 500 }))).toBe(true);
		expect(isOverruled(ended('payment-failed', { foreign: true }))).toBe(true);
		expect(isOverruled(ended('meter-blocked', { paidMinor: 500 }))).toBe(false);
	});

	it.each(LANGUAGES)(
		'is not contradicted by the refusal of a sale that was paid: %s',
		(language) => {
			const { problems, money, purchase } = CATALOGUES[language];
			// “With you. Nothing was paid.”
			const nothingPaid = money.withYou.split('. ')[1] ?? '';
			expect(purchase.stories.priceChanged.detail).toContain(nothingPaid);
			const denials = [nothingPaid, purchase.noMoneyTaken].map((text) => text.replace('.', ''));
			const codes = Object.keys(REFUSALS) as RefusalCode[];
			const shown = codes.filter((code) => !isOverruled(ended(code, { paidMinor: 500 })));
			expect(shown).toContain('price-changed');
			const denying = shown.filter((code) =>
				denials.some((denial) => problems[code].detail({}).includes(denial)),
			);
			expect(denying).toEqual([]);
		},
	);

	it('looks like what it is', () => {
		const tone = (progress: Progress) => moneyTone(lines(progress));
		expect(tone(after())).toBe('neutral');
		expect(tone(ended('payment-expired', { paidMinor: 5, owedMinor: 5 }))).toBe('wait');
		expect(tone(ended('payment-expired', { paidMinor: 5, returnedMinor: 5, returned }))).toBe(
			'good',
		);
		expect(tone(issued({ takenBackMinor: 5 }))).toBe('bad');
		expect(tone(after(vend(atTill)))).toBe('wait');
	});
});

describe('whether it is a question', () => {
	it('is one while the sale is under way and while money is open after it, and none after', () => {
		const open = (progress: Progress) => isMoneyOpen(progress, NOW);
		expect(open(after())).toBe(true);
		expect(open(after(vend(sales.awaiting), asked))).toBe(true);
		expect(open(ended('payment-expired'))).toBe(false);
		expect(open(ended('payment-expired', { paidMinor: 5, owedMinor: 5 }))).toBe(true);
		expect(open(issued())).toBe(false);
		expect(open(issued({ paidMinor: 10, owedMinor: 5 }))).toBe(true);
		expect(open(after(no('meter-blocked')))).toBe(false);
		// The backend never hears of it: no asking tells more.
		expect(open(after(vend(atTill)))).toBe(false);
	});

	it('is asked for some days after the end, not more often than said, and longer while money is owed', () => {
		// By a clock that is right: of one that cannot be, no age is known.
		const dated = (progress: Progress): Progress => ({
			...progress,
			updatedAtMs: TODAY + progress.updatedAtMs,
			...(progress.money && {
				money: { ...progress.money, heardMs: TODAY + progress.money.heardMs },
			}),
		});
		const ask = (progress: Progress, nowMs: number) =>
			isMoneyToAsk(dated(progress), TODAY + nowMs, 1_000);
		expect(ask(after(vend(sales.awaiting), asked), NOW)).toBe(false);
		expect(ask(after(no('meter-blocked')), NOW)).toBe(false);
		expect(ask(ended('payment-expired'), NOW)).toBe(true);
		expect(ask(ended('payment-expired', {}), 3_999)).toBe(false);
		expect(ask(ended('payment-expired', {}), 4_000)).toBe(true);
		// Heard in the future: the clock was set back.
		expect(ask(ended('payment-expired', {}), 100)).toBe(true);
		expect(ask(ended('payment-expired', {}), 11 * DAY_MS)).toBe(false);
		expect(ask(ended('payment-expired', { paidMinor: 5, owedMinor: 5 }), 11 * DAY_MS)).toBe(true);
		expect(ask(issued(), NOW)).toBe(true);
	});

	it('is asked on a phone that was in 1970, until that was heard with the right date and grew old', () => {
		const ask = (progress: Progress, nowMs: number) => isMoneyToAsk(progress, nowMs, 1_000);
		const told: PaymentMoney = { ...nothing };
		for (const ended1970 of [ended('payment-expired'), ended('payment-expired', {})]) {
			expect(ask(ended1970, TODAY)).toBe(true);
			expect(changedWithin(ended1970, TODAY, MONEY_MOVES_MS)).toBe(true);
			const dated = absorbMoney(ended1970, told, TODAY);
			expect(ask(dated, TODAY + DAY_MS)).toBe(true);
			expect(changedWithin(dated, TODAY + DAY_MS, MONEY_MOVES_MS)).toBe(false);
			const again = absorbMoney(dated, told, TODAY + DAY_MS);
			expect(ask(again, TODAY + 10 * DAY_MS - 1)).toBe(true);
			expect(ask(again, TODAY + 10 * DAY_MS)).toBe(false);
		}
	});

	it('is not asked for without end on a phone that stays in 1970', () => {
		for (const ended1970 of [ended('payment-expired'), ended('payment-expired', {})]) {
			const { updatedAtMs } = ended1970;
			expect(changedWithin(ended1970, updatedAtMs + 1, MONEY_MOVES_MS)).toBe(true);
			expect(changedWithin(ended1970, updatedAtMs + MONEY_MOVES_MS, MONEY_MOVES_MS)).toBe(false);
			expect(isMoneyToAsk(ended1970, updatedAtMs + 10 * DAY_MS, 1)).toBe(false);
		}
	});

	it('changes nothing of a sale that is under way', () => {
		const waiting = after(vend(sales.awaiting), asked);
		expect(absorbMoney(waiting, nothing, 3_000)).toBe(waiting);
	});
});
