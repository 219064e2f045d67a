import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OfflineTermsShape } from '#lib/core/sync/wire-till.ts';
import { findTermsErrors } from '#lib/core/vending/decide-terms.ts';
import { DEFAULT_OFFLINE_TERMS, type OfflineTerms } from '#lib/core/vending/offline-terms.ts';
import {
	formOf,
	judgeForm,
	type TermsField,
	type TermsForm,
	type Wrong,
} from '#lib/ui/office/agents/terms-form.ts';
import { termsSentences } from '#lib/ui/office/agents/terms-sentences.ts';
import { termsSince } from '#lib/ui/office/agents/terms-since.ts';

const KES = { code: 'KES', minorDigits: 2 };
const HOUR_MS = 3_600_000;
const TERMS: OfflineTerms = {
	queued: { perSaleMinor: 200_000, sumMinor: 1_000_000, count: 20, ageMs: 24 * HOUR_MS },
	unkept: { perSaleMinor: 50_000, sumMinor: 100_000, count: 3, ageMs: 12 * HOUR_MS },
	reserve: { denominationsMinor: [10_000, 20_050], sumMinor: 500_000, count: 20, lifeMs: HOUR_MS },
};

/** The form of `TERMS` with one thing changed. */
function changed(field: TermsField, text: string): TermsForm {
	const form = formOf(TERMS, KES);
	const [part, member] = field.split('.') as [keyof TermsForm, string];
	(form[part] as unknown as Record<string, string>)[member] = text;
	return form;
}

describe('the form of terms', () => {
	it('gives back the terms that it shows', () => {
		expect(judgeForm(formOf(TERMS, KES), TERMS, KES)).toEqual({ terms: TERMS });
		expect(judgeForm(formOf(DEFAULT_OFFLINE_TERMS, KES), DEFAULT_OFFLINE_TERMS, KES)).toEqual({
			terms: DEFAULT_OFFLINE_TERMS,
		});
	});

	it('leaves what a switched-off way hides as it was, whatever is typed there', () => {
		const form = changed('unkept.count', 'rubbish');
		form.queued.on = false;
		form.reserve.on = false;
		expect(judgeForm(form, TERMS, KES)).toEqual({
			terms: { queued: null, unkept: TERMS.unkept, reserve: null },
		});
	});

	it('orders denominations, and takes each once', () => {
		const judged = judgeForm(changed('reserve.denominations', ' 500 100  200.50 100'), TERMS, KES);
		expect(judged).toMatchObject({
			terms: { reserve: { denominationsMinor: [10_000, 20_050, 50_000] } },
		});
	});

	it.each<[TermsField, string, Wrong]>([
		['queued.perSale', '', 'empty'],
		['queued.perSale', 'ten', 'not-a-number'],
		['queued.perSale', '1.005', 'too-many-decimals'],
		['queued.perSale', '-5', 'negative'],
		['queued.perSale', '10001', 'more-than-sum'],
		['queued.sum', '99999999999999', 'beyond'],
		['queued.count', '2.5', 'not-whole'],
		['queued.count', '-2', 'negative'],
		['queued.count', '1e3', 'not-a-number'],
		['queued.count', '10001', 'beyond'],
		['queued.count', '١٠٠٠١', 'beyond'],
		['queued.hours', '337', 'beyond'],
		['unkept.perSale', '2001', 'more-than-kept'],
		['unkept.hours', '25', 'more-than-kept'],
		['reserve.denominations', '', 'empty'],
		['reserve.denominations', '100 x', 'denominations'],
		['reserve.denominations', '0', 'denominations'],
		['reserve.denominations', '1 2 3 4 5 6 7 8 9', 'denominations'],
		['reserve.denominations', '6000', 'more-than-sum'],
		['reserve.count', '201', 'beyond'],
		['reserve.hours', '169', 'beyond'],
	])('says of %s %j that it is %s', (field, text, why) => {
		expect(judgeForm(changed(field, text), TERMS, KES)).toMatchObject({ wrong: { [field]: why } });
	});

	it('makes only terms that the backend takes, whatever is typed', () => {
		const typed = fc.oneof(fc.string(), fc.integer().map(String), fc.float().map(String));
		const caps = fc.record({ perSale: typed, sum: typed, count: typed, hours: typed });
		const form: fc.Arbitrary<TermsForm> = fc.record({
			queued: caps.chain((each) =>
				fc.record({ on: fc.boolean() }).map((on) => ({ ...each, ...on })),
			),
			unkept: caps,
			reserve: fc.record({
				...{ on: fc.boolean(), denominations: typed, sum: typed, count: typed, hours: typed },
			}),
		});
		fc.assert(
			fc.property(form, (each) => {
				const judged = judgeForm(each, TERMS, KES);
				if ('wrong' in judged) return Object.keys(judged.wrong).length > 0;
				return v.is(OfflineTermsShape, judged.terms) && findTermsErrors(judged.terms).length === 0;
			}),
		);
	});
});

describe('what terms mean', () => {
	const plain = (terms: OfflineTerms) =>
		termsSentences(terms, KES).map((each) => each.replaceAll('\u00a0', ' '));

	it('is said with every cap', () => {
		expect(plain(TERMS)).toEqual([
			'Without a network a till sells up to 20 times, KES 2,000 each and KES 10,000 in all, until the oldest is 24 hours old.',
			'Where rows may be lost: up to 3 times, KES 500 each and KES 1,000 in all, until the oldest is 12 hours old.',
			'Up to 20 tokens for KES 100 or KES 200.50, KES 5,000 in all, lie sealed on the agent’s tills. Each can be revealed for 1 hour.',
			'The most that the agent can lose by the reserve is KES 5,000.',
		]);
	});

	it('is nothing where all is off, and says that a cap of zero is none', () => {
		expect(plain(DEFAULT_OFFLINE_TERMS)).toEqual(['Without a network, nothing is sold.']);
		const none = { perSaleMinor: 0, sumMinor: 0, count: 0, ageMs: 0 };
		expect(plain({ ...TERMS, queued: none, unkept: none, reserve: null })).toEqual([
			'A cap of zero means: without a network, nothing is sold on provisional receipts.',
			'No tokens are issued beforehand.',
		]);
		expect(plain({ ...TERMS, unkept: none })[1]).toBe(
			'Where rows may be lost, nothing is sold without a network.',
		);
	});

	it('names who set them, as far as that is known', () => {
		const said = (setByName: string | undefined, setAtMs: number | null = 1) =>
			termsSince({ setAtMs, ...(setByName !== undefined && { setByName }) }, () => 'today');
		expect(said('Ruth')).toBe('Set by Ruth, today.');
		expect(said(undefined)).toBe('Set by the first set-up, today.');
		expect(said(undefined, null)).toMatch(/never set/);
	});
});
