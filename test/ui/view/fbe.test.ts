/** Free electricity on the screens of a purchase: its own sentences, steps and deeds, and dates as they are. */
import { describe, expect, it } from 'vitest';
import type { Sale } from '#lib/browser/store/sales.ts';
import { absorb, startProgress } from '#lib/core/sync/outbox.ts';
import { en } from '#lib/core/words/catalogue.ts';
import type { RefusalCode } from '#lib/core/vending/refusals.ts';
import { dayText, missedText, monthText, stagesOf, storyText } from '#lib/ui/view/fbe.ts';
import { decideStory, hasDeeds, saleDeeds, STAGE_OF } from '#lib/ui/view/sale-story.ts';
import { saleMoneyLines } from '#lib/ui/view/sale-money.ts';
import { ID, issued, problem, row } from '../../core/sync/sale.ts';

const bought: Sale = { row: row(), progress: startProgress(ID, 1_000) };
const free: Sale = {
	...bought,
	row: { ...row(), request: { kind: 'fbe', drn: '01234567895', requestedAtMs: 1_000 } },
};
const refused = (sale: Sale, code: RefusalCode): Sale => ({
	...sale,
	progress: absorb(sale.progress, { kind: 'problem', problem: problem(code) }, 2_000, 0.5),
});

describe('its sentences', () => {
	it('say nothing of paying, and those of a purchase stay', () => {
		const story = decideStory(free, true);
		expect(story).toBe('queuedOffline');
		expect(storyText(free, story, en)).toEqual(en.fbe.stories.queuedOffline);
		expect(storyText(bought, story, en)).toEqual(en.purchase.stories.queuedOffline);
		for (const told of [
			'queuedOffline',
			'unanswered',
			'issuing',
			'withdrawn',
			'refused',
			'issued',
		] as const)
			expect(JSON.stringify(storyText(free, told, en))).not.toMatch(/\bpa(?:y|id)\b|money/i);
	});

	it('say of a refusal nothing of money', () => {
		expect(saleMoneyLines(refused(free, 'fbe-claimed'), 2_000)).toEqual([]);
		expect(saleMoneyLines(refused(bought, 'meter-blocked'), 2_000)).toEqual([{ is: 'notTaken' }]);
	});

	it('name the month that ended before the request arrived', () => {
		const answer = {
			...(issued.state === 'issued' && issued),
			receipt: {
				...(issued.state === 'issued' && issued.receipt),
				issuedAtMs: Date.UTC(2026, 11, 1),
			},
		} as typeof issued;
		const late: Sale = {
			row: { ...free.row, seen: { ...free.row.seen, month: '2026-11' } },
			progress: absorb(free.progress, { kind: 'vend', answer }, 2_000, 0.5),
		};
		expect(missedText(late, en, 'en')).toBe(en.fbe.missed('November', 'December'));
		expect(missedText(free, en, 'en')).toBeNull();
		expect(missedText({ ...late, row: bought.row }, en, 'en')).toBeNull();
	});
});

describe('its way', () => {
	it('has no step of paying or agreeing, and a purchase has them all', () => {
		expect(stagesOf(free)).toEqual(['stored', 'making', 'token']);
		expect(stagesOf(bought)).toHaveLength(5);
		for (const state of ['queued', 'issuing', 'issued'] as const)
			expect(stagesOf(free)).toContain(STAGE_OF[state]);
	});

	it.each([
		['fbe-claimed', false],
		['fbe-not-entitled', false],
		['fbe-not-by-app', false],
		['fbe-phone-needed', true],
		['meter-blocked', true],
	] as const)('after %s: asking again is offered: %s', (code, again) => {
		const deeds = saleDeeds(refused(free, code), false);
		expect(deeds.buyAgain).toBe(again);
		expect(hasDeeds(deeds)).toBe(again);
	});

	it('can be taken back while nothing left this device', () => {
		expect(saleDeeds(free, true)).toMatchObject({ takeBack: true, payUrl: null, agree: false });
	});
});

describe('days and months', () => {
	it('are the utility’s, in the words of the language, wherever the device is', () => {
		expect(dayText({ year: 2028, month: 2, day: 29 }, 'en')).toBe('February 29');
		expect(dayText({ year: 2026, month: 11, day: 30 }, 'fr')).toBe('30 novembre');
		expect(monthText('2027-01', 'sw')).toBe('Januari');
	});
});
