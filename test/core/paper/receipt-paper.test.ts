import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut } from '#lib/core/paper/lay-out.ts';
import { PAPER_COLUMNS, type Paper } from '#lib/core/paper/paper.ts';
import { inOrderOfEntry, receiptPaper } from '#lib/core/paper/receipt-paper.ts';
import type { Token } from '#lib/core/sync/wire.ts';
import { issued, RECEIPT, TOKEN, WRITING } from './papers.ts';

const set = (paper: Paper, columns = 32): string[] =>
	layOut(paper, columns).map((line) => (line.kind === 'line' ? line.text : `(${line.kind})`));

const KEYS: Token[] = [1, 2].map((sequence) => ({
	...TOKEN,
	digits: `${sequence}`.repeat(20),
	kind: 'key-change',
	energyDeciKwh: 0,
	sequence,
	of: 3,
}));

describe('a receipt on 58 mm', () => {
	it('carries everything that a receipt carries, in its order', () => {
		expect(set(receiptPaper(issued(), WRITING, 1))).toEqual([
			'    Lakeside Power and Light',
			'    12 Harbour Road, Kisumu',
			'      VAT no. P051234567X',
			'            RECEIPT',
			'Receipt no.           KSK-000042',
			'Date and time',
			'       Nov 20, 2026, 12:30:15 PM',
			'Vendor             Harbour Kiosk',
			'Terminal          Harbour till 1',
			'Operator                Amina O.',
			'--------------------------------',
			'Customer            A**** O*****',
			'Meter no.          3720 4100 004',
			'Supply group (SGC)        600727',
			'Key revision (KRN)             1',
			'Tariff index (TI)             07',
			'Encryption (EA)               07',
			'Token carrier (TCT)           02',
			'Tariff                  Domestic',
			'--------------------------------',
			'Paid in cash           KES 1,000',
			'Change                   KES 500',
			'Amount                   KES 500',
			'Service fee               -KES 5',
			'Arrears                  -KES 50',
			'KES 1,200 left to pay',
			'VAT 16%               -KES 61.38',
			'Monthly charge           -KES 10',
			'10.0 kWh @ KES 12.23  KES 122.30',
			'21.7 kWh @ KES 11.5682',
			'                      KES 251.03',
			'Left over              -KES 0.29',
			'Prices without VAT',
			'--------------------------------',
			'Units                   31.8 kWh',
			'Rounded up on the token  0.1 kWh',
			'',
			'             Token',
			'',
			'    1234 5678 9012 3456 7890',
			'',
			'--------------------------------',
			'Help line           0800 123 456',
			'(cut)',
		]);
	});

	it('says at its top and at its foot that it is a copy', () => {
		const first = set(receiptPaper(issued(), WRITING, 1));
		const third = set(receiptPaper(issued(), WRITING, 3));
		expect(first.join()).not.toContain('REPRINT');
		expect(third[0]?.trim()).toBe('REPRINT 3');
		expect(third.filter((line) => line.includes('REPRINT 3'))).toHaveLength(2);
		// The backend may know of more copies than this till.
		const known = issued({ reprint: { copy: 5, atMs: 0 } });
		expect(set(receiptPaper(known, WRITING, 2))[0]?.trim()).toBe('REPRINT 5');
	});

	it('of test tokens says TEST at its top, at its foot and beside the token', () => {
		const lines = set(receiptPaper(issued({}, [{ ...TOKEN, test: true }]), WRITING, 1));
		expect(lines[0]?.trim()).toBe('TEST');
		expect(lines.filter((line) => line.trim() === 'TEST')).toHaveLength(2);
		expect(lines.join(' ')).toContain('no real meter takes it');
	});

	it('leaves out what is not known of a sale without a till', () => {
		const web = { vendor: undefined, operator: undefined, tender: undefined };
		const paper = receiptPaper(issued({ ...web, customerMasked: '' }), WRITING, 1);
		const lines = set(paper).join('\n');
		for (const name of ['Vendor', 'Operator', 'Customer', 'Paid', 'Change'])
			expect(lines).not.toContain(name);
		expect(lines).toContain('Amount');
	});
});

describe('several tokens', () => {
	const keyChange = {
		from: { sgc: '600727', krn: 1, ti: '07' },
		to: { sgc: '600727', krn: 2, ti: '07' },
		rollover: false,
	};
	const mixed = [{ ...TOKEN, sequence: 3, of: 3 }, ...KEYS];

	it('stand in the order of entry, key changes first, each with its place', () => {
		const lines = set(receiptPaper(issued({ keyChange }, mixed), WRITING, 1), 48);
		const titles = lines.filter((line) => /Token \d of 3/.test(line)).map((line) => line.trim());
		expect(titles).toEqual([
			'Token 1 of 3: New key for the meter',
			'Token 2 of 3: New key for the meter',
			'Token 3 of 3: The energy you bought, 31.8 kWh',
		]);
		const groups = lines.filter((line) => /^\s*\d{4}( \d{4}){4}$/.test(line));
		expect(groups.map((line) => line.replace(/\s/g, ''))).toEqual([
			...KEYS.map(({ digits }) => digits),
			TOKEN.digits,
		]);
		const all = lines.join('\n');
		expect(all).toContain('Key in all 3 tokens, in this order.');
		expect(all).toContain('600727/1/07 to 600727/2/07');
	});

	it('that bring no energy say so instead of a number of units', () => {
		const lines = set(receiptPaper(issued({ keyChange }, KEYS), WRITING, 1));
		expect(lines).toContain('These tokens bring no energy.');
		expect(lines.some((line) => line.startsWith('Units'))).toBe(false);
	});

	it('free basic electricity and credit are each named', () => {
		const free: Token = { ...TOKEN, digits: '9'.repeat(20), kind: 'fbe', of: 2 };
		const tokens = [free, { ...TOKEN, sequence: 2, of: 2 }];
		const lines = set(receiptPaper(issued({}, tokens), WRITING, 1), 48).map((line) => line.trim());
		expect(lines).toContain('Token 1 of 2: Free basic electricity, 31.8 kWh');
		expect(lines).toContain('Token 2 of 2: The energy you bought, 31.8 kWh');
		expect(lines.find((line) => line.startsWith('Units'))).toMatch(/63\.6 kWh$/);
	});

	it('are not put in order in place', () => {
		expect(inOrderOfEntry(mixed)[0]).toBe(KEYS[0]);
		expect(mixed[0]?.kind).toBe('credit');
	});
});

it('whatever the names, amounts and tokens: no line too wide, every token whole on one line', () => {
	const digits = fc.stringMatching(/^\d{20}$/);
	const name = fc.string({ unit: 'grapheme', maxLength: 60 });
	const facts = fc.record({
		names: fc.tuple(name, name, name, name, name),
		tokens: fc.array(digits, { minLength: 1, maxLength: 4 }),
		amountMinor: fc.nat({ max: 1_000_000_000_000 }),
		columns: fc.constantFrom(...PAPER_COLUMNS),
		copy: fc.integer({ min: 1, max: 12 }),
	});
	fc.assert(
		fc.property(facts, ({ names, tokens, amountMinor, columns, copy }) => {
			const [utility, vendor, operator, customerMasked, tariffName] = names;
			const receipt = {
				utility: { ...RECEIPT.utility, name: utility },
				...{ vendor, operator, customerMasked, tariffName },
				waterfall: {
					tenderedMinor: amountMinor,
					lines: RECEIPT.waterfall.lines.map((line) => ({ ...line, amountMinor })),
					energyDeciKwh: 1,
				},
			};
			const made = tokens.map((one, at) => ({
				...TOKEN,
				digits: one,
				sequence: at + 1,
				of: tokens.length,
			}));
			const laid = layOut(receiptPaper(issued(receipt, made), WRITING, copy), columns);
			const lines = laid.flatMap((line) => (line.kind === 'line' ? [line] : []));
			for (const { text, wide } of lines)
				expect([...text].length * wide).toBeLessThanOrEqual(columns);
			const printed = lines.filter(
				({ text, tall }) => tall === 2 && /^\s*\d{4}( \d{4}){4}$/.test(text),
			);
			expect(printed.map(({ text }) => text.replace(/\s/g, ''))).toEqual(tokens);
		}),
	);
});
