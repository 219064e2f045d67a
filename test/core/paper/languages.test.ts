/** The papers that a customer takes away, in every language, on every width, by every way to paper. */
import { describe, expect, it } from 'vitest';
import { CODE_TABLES, charactersOf } from '#lib/browser/print/code-tables.ts';
import { layOut } from '#lib/core/paper/lay-out.ts';
import { mapPaperText, PAPER_COLUMNS, type Paper } from '#lib/core/paper/paper.ts';
import type { PaperWords } from '#lib/core/paper/paper-words.ts';
import { paperDots, pictureParts } from '#lib/core/paper/picture.ts';
import { printableText } from '#lib/core/paper/printable.ts';
import { provisionalPaper } from '#lib/core/paper/provisional-paper.ts';
import { receiptPaper } from '#lib/core/paper/receipt-paper.ts';
import { refundPaper } from '#lib/core/paper/refund-paper.ts';
import { LANGUAGES, type Language } from '#lib/core/units/languages.ts';
import { measureBlocks } from './blocks.ts';
import { issued, PROVISIONAL, REFUND, TOKEN, WRITINGS } from './papers.ts';

const LATIN = LANGUAGES.filter((language) => language !== 'ar');
const KEYS = [1, 2].map((sequence) => ({
	...TOKEN,
	digits: `${sequence}`.repeat(20),
	kind: 'key-change' as const,
	energyDeciKwh: 0,
	...{ sequence, of: 3 },
}));
const MIXED = [{ ...TOKEN, sequence: 3, of: 3, test: true }, ...KEYS];
const KEY_CHANGE = {
	from: { sgc: '600727', krn: 1, ti: '07' },
	to: { sgc: '600727', krn: 2, ti: '07' },
	rollover: false,
};

/** Everything that a customer's paper may say. */
const papersIn = (writing: PaperWords): [name: string, paper: Paper, tokens: string[]][] => [
	['a receipt', receiptPaper(issued(), writing, 1), [TOKEN.digits]],
	[
		'a reprint of several tokens',
		receiptPaper(issued({ keyChange: KEY_CHANGE, engineering: '123' }, MIXED), writing, 2),
		[...KEYS.map(({ digits }) => digits), TOKEN.digits],
	],
	['tokens without energy', receiptPaper(issued({}, KEYS), writing, 1), KEYS.map((k) => k.digits)],
	['a provisional receipt', provisionalPaper(PROVISIONAL, writing, 1), []],
	['one without a price', provisionalPaper({ ...PROVISIONAL, waterfall: null }, writing, 3), []],
	['a refund', refundPaper(REFUND, writing, 2), []],
];

const linesOf = (paper: Paper, columns: number) =>
	layOut(paper, columns).flatMap((line) => (line.kind === 'line' ? [line] : []));

const tokensOf = (lines: ReturnType<typeof linesOf>): string[] =>
	lines
		.filter(({ text, tall }) => tall === 2 && /^\s*\d{4}( \d{4}){4}$/.test(text))
		.map(({ text }) => text.replace(/\s/g, ''));

describe.each(LANGUAGES)('in %s', (language) => {
	const papers = papersIn(WRITINGS[language]);

	it.each(papers)('%s keeps to every paper, and its tokens stay whole', (_, paper, tokens) => {
		for (const columns of PAPER_COLUMNS) {
			const lines = linesOf(paper, columns);
			for (const { text, wide } of lines)
				expect([...text].length * wide).toBeLessThanOrEqual(columns);
			expect(tokensOf(lines)).toEqual(tokens);
		}
	});

	it('no two papers of different sorts have one title, and a provisional one is no receipt', () => {
		const { receipt, provisional, refund, reprint } = WRITINGS[language].own;
		const titles = [receipt.title, provisional.title, provisional.mark, refund.title, reprint('2')];
		expect(new Set(titles).size).toBe(titles.length);
		const said = JSON.stringify(provisionalPaper(PROVISIONAL, WRITINGS[language], 1));
		expect(said).not.toContain(`"${receipt.title}"`);
	});

	it('every mark that must not be overlooked stands on one line of 58 mm, as large as it can', () => {
		const { provisional, reprint, test } = WRITINGS[language].own;
		for (const mark of [provisional.title, reprint('12'), test])
			expect([...mark].length * 2).toBeLessThanOrEqual(32);
	});

	it('digits are Latin everywhere', () => {
		expect(JSON.stringify(papers)).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9]/);
	});

	it('numbers, money and moments follow the language', () => {
		const said = JSON.stringify(receiptPaper(issued(), WRITINGS[language], 1));
		const expected: Record<Language, readonly string[]> = {
			en: ['31.8\u00a0kWh', 'KES\u00a01,000', 'Nov 20, 2026'],
			fr: ['31,8\u00a0kWh', '1\u202f000\u00a0KES', '20 nov. 2026'],
			pt: ['31,8\u00a0kWh', '1000\u00a0KES', '20/11/2026'],
			sw: ['31.8\u00a0kWh', 'KES\u00a01,000', '20 Nov 2026'],
			ar: ['31.8\u00a0kWh', '1,000\u00a0KES', '20\u200f/11\u200f/2026'],
		};
		for (const one of expected[language]) expect(said).toContain(one);
	});
});

describe.each(LATIN)('for a printer, in %s', (language) => {
	it.each([...CODE_TABLES])('every letter can be printed with the table %s', (table) => {
		const has = (character: string): boolean => charactersOf(table).has(character);
		for (const [, paper, tokens] of papersIn(WRITINGS[language])) {
			const printable = mapPaperText(paper, (said) => {
				const printed = printableText(said, has);
				expect(printed).not.toContain('?');
				return printed;
			});
			for (const columns of PAPER_COLUMNS) {
				const lines = linesOf(printable, columns);
				for (const { text, wide } of lines)
					expect([...text].length * wide).toBeLessThanOrEqual(columns);
				expect(tokensOf(lines)).toEqual(tokens);
			}
		}
	});
});

describe('drawn, in Arabic', () => {
	it.each(papersIn(WRITINGS.ar))('%s keeps to every paper; tokens are not drawn', (_, paper) => {
		for (const columns of PAPER_COLUMNS) {
			const width = paperDots(columns);
			const parts = pictureParts(paper, width, 'rtl', measureBlocks);
			const inked = parts.flatMap((part) => (part.kind === 'picture' ? part.inked : []));
			for (const { text, look, left } of inked) {
				expect(left).toBeGreaterThanOrEqual(0);
				expect(left + measureBlocks(text, look)).toBeLessThanOrEqual(width);
				expect(text).not.toMatch(/\d{20}|(\d{4}\s){4}/);
			}
			const own = parts.flatMap((part) => (part.kind === 'own' ? part.elements : []));
			const wanted = paper.filter(({ kind }) => kind !== 'text' && kind !== 'pair');
			expect(own).toEqual(wanted);
			// What the printer sets itself it has letters for.
			expect(JSON.stringify(own)).toMatch(/^[ -~]*$/);
		}
	});
});
