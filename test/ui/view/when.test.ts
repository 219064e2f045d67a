import { describe, expect, it } from 'vitest';
import { startProgress, type SaleState } from '#lib/core/sync/outbox.ts';
import { sayWhen } from '#lib/ui/view/ages.ts';
import { leftSale, saleMomentMs } from '#lib/ui/view/sale-story.ts';
import { sharedTextOf } from '#lib/ui/view/shared-text.ts';
import * as sales from '../../core/sync/sale.ts';

const NOW = Date.UTC(2026, 10, 30, 12);
const DAY = 86_400_000;

describe('when something was', () => {
	const said = (thenMs: number, ms = NOW, isSure = true) =>
		sayWhen(thenMs, { ms, isSure }, 'en-GB', 'not known');

	it.each([
		['its age', NOW - 3 * DAY, '3 days ago'],
		['its date when it is long ago', NOW - 61 * DAY, '30 Sept 2026'],
		['nothing that a clock in 1970 wrote down', 7_000, 'not known'],
		['nothing that a clock in 2099 wrote down', Date.UTC(2099, 0, 1), 'not known'],
	])('is %s', (_, thenMs, text) => {
		expect(said(thenMs)).toBe(text);
	});

	it('is its date where this device does not know what time it is', () => {
		expect(said(NOW - 3 * DAY, NOW, false)).toBe('27 Nov 2026');
	});

	it('is the backend’s word on a sale that has its receipt', () => {
		const progress = startProgress(sales.ID, 1_000);
		const sale = { row: sales.row(), progress };
		expect(saleMomentMs(sale)).toBe(sale.row.createdAtMs);
		const issued = { ...progress, state: 'issued' as const, answer: sales.issued };
		expect(saleMomentMs({ ...sale, progress: issued as typeof progress })).toBe(
			(sales.issued as { receipt: { issuedAtMs: number } }).receipt.issuedAtMs,
		);
	});
});

describe('the sale that somebody who comes back is told of', () => {
	const sale = (id: string, state: SaleState) => ({
		row: sales.row(id),
		progress: { ...startProgress(id, 1_000), state },
	});
	it.each<[string, [string, SaleState][], string | null, string | undefined]>([
		['none', [], null, undefined],
		['none that is over and seen', [['a', 'issued']], null, undefined],
		[
			'the newest that is not over',
			[
				['b', 'issuing'],
				['a', 'queued'],
			],
			null,
			'b',
		],
		[
			'the one whose end was not seen',
			[
				['b', 'issuing'],
				['a', 'issued'],
			],
			'a',
			'a',
		],
		['none that the person took back', [['a', 'withdrawn']], 'a', undefined],
		[
			'the new one in an old one’s place',
			[
				['b', 'awaiting-payment'],
				['a', 'replaced'],
			],
			'a',
			'b',
		],
		['none that this device has no longer', [['b', 'issued']], 'a', undefined],
	])('is %s', (_, all, followed, told) => {
		const list = all.map(([id, state]) => sale(id, state));
		expect(leftSale(list, followed)?.row.id).toBe(told);
	});
});

describe('what another app shares', () => {
	it.each([
		['', null],
		['text=', null],
		['from=elsewhere', null],
		['text=Meter+01234567897', 'Meter 01234567897'],
		['url=https%3A%2F%2Fx%2Fmeter%2F1&title=A', 'A\nhttps://x/meter/1'],
	])('as %j is %j', (query, text) => {
		expect(sharedTextOf(new URLSearchParams(query))).toBe(text);
	});
});
