import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_TABLES, charactersOf } from '#lib/browser/print/code-tables.ts';
import { type Drawing, encodeEscPos, type EscPosForm } from '#lib/browser/print/escpos.ts';
import { layOut } from '#lib/core/paper/lay-out.ts';
import { paperDots, pictureParts } from '#lib/core/paper/picture.ts';
import { PAPER_COLUMNS, type Paper } from '#lib/core/paper/paper.ts';
import { provisionalPaper } from '#lib/core/paper/provisional-paper.ts';
import { receiptPaper } from '#lib/core/paper/receipt-paper.ts';
import { zReportPaper } from '#lib/core/paper/report-paper.ts';
import { testPaper } from '#lib/core/paper/test-paper.ts';
import { formatClaimQr } from '#lib/core/sync/claim-qr.ts';
import { BLOCKS, measureBlocks } from '../../core/paper/blocks.ts';
import {
	issued,
	PROVISIONAL,
	RECEIPT,
	TOKEN,
	WRITING,
	WRITINGS,
	Z_REPORT,
} from '../../core/paper/papers.ts';
import { readEscPos, tokensOn, valueOf } from '../../harness/escpos-reader.ts';

const only = (paper: Paper, ...how: [EscPosForm, Drawing?]) => {
	const [printed, ...more] = readEscPos(encodeEscPos(paper, ...how));
	if (!printed || more.length > 0) throw new Error('not one paper');
	return printed;
};

describe.each([...PAPER_COLUMNS])('a printer of %i characters', (columns) => {
	it.each<[string, Paper]>([
		['a receipt', receiptPaper(issued(), WRITING, 2)],
		['a provisional receipt', provisionalPaper(PROVISIONAL, WRITING, 1)],
		['a Z report', zReportPaper(Z_REPORT, WRITING, 1)],
		['a test', testPaper(columns, WRITING)],
	])('makes of %s what was laid out', (_, paper) => {
		const printed = only(paper, { columns, table: 'windows1252' });
		const lines = layOut(paper, columns).flatMap((line) => (line.kind === 'line' ? [line] : []));
		const shown = printed.lines.filter(({ text }) => text !== '');
		const wanted = lines.filter(({ text }) => text.trim() !== '');
		expect(shown).toHaveLength(wanted.length);
		for (const [at, line] of wanted.entries()) {
			expect(shown[at]).toMatchObject({ bold: line.bold, wide: line.wide, tall: line.tall });
			if (/^[ -~]*$/.test(line.text)) expect(shown[at]?.text).toBe(line.text.trimEnd());
		}
		for (const { cells } of printed.lines) expect(cells).toBeLessThanOrEqual(columns);
		expect(printed.isCut).toBe(true);
	});

	it('prints each token whole, and the claim as a QR code', () => {
		const receipt = only(receiptPaper(issued(), WRITING, 1), { columns, table: 'ascii' });
		expect(tokensOn(receipt)).toEqual([TOKEN.digits]);
		expect(valueOf(receipt, 'Receipt no.')).toBe(RECEIPT.receiptNumber);
		expect(valueOf(receipt, 'Amount')).toBe('KES 500');
		const provisional = only(provisionalPaper(PROVISIONAL, WRITING, 1), {
			columns,
			table: 'ascii',
		});
		expect(tokensOn(provisional)).toEqual([]);
		const { drn, claimCode } = PROVISIONAL;
		expect(provisional.qrCodes).toEqual([formatClaimQr({ drn, code: claimCode })]);
	});
});

describe('letters', () => {
	const named = (name: string): Paper =>
		receiptPaper(issued({ customerMasked: name, tariffName: name }), WRITING, 1);

	it.each([
		['windows1252', 'Élodie Müller', 'Élodie Müller'],
		['cp866', 'Нина Щукина', 'Нина Щукина'],
		['cp866', 'Élodie', 'Elodie'],
		['windows1252', 'Нина', 'Nina'],
		['ascii', 'Élodie Müller', 'Elodie Muller'],
		['ascii', '李', '?'],
	] as const)('of %s: %s comes out as %s', (table, name, printed) => {
		expect(valueOf(only(named(name), { columns: 48, table }), 'Customer')).toBe(printed);
	});

	it('of every table are read back as what was sent, one by one', () => {
		for (const table of CODE_TABLES)
			for (const character of charactersOf(table)) {
				const printed = only([{ kind: 'text', text: `<${character}>` }, { kind: 'cut' }], {
					columns: 32,
					table,
				});
				expect(printed.text.trim()).toBe(`<${character}>`);
			}
		expect(charactersOf('windows1252').size).toBeGreaterThan(110);
		expect(charactersOf('ascii').size).toBe(0);
	});

	it('of any name make no command: nothing but letters reaches the paper', () => {
		const name = fc.string({ unit: 'binary', maxLength: 40 });
		fc.assert(
			fc.property(name, fc.constantFrom(...CODE_TABLES), (said, table) => {
				const printed = only(named(`x${said}`), { columns: 32, table });
				expect(printed.isCut).toBe(true);
				expect(tokensOn(printed)).toEqual([TOKEN.digits]);
			}),
		);
	});
});

describe('a receipt in another language', () => {
	it.each([
		['fr', 'windows1252', 'Reçu n°', 'Révision de la clé (KRN)', 'Payé en espèces'],
		['fr', 'ascii', 'Recu no', 'Revision de la cle (KRN)', 'Paye en especes'],
		['pt', 'windows1252', 'Recibo n.º', 'Índice de tarifa (TI)', 'Taxa de serviço'],
		['pt', 'ascii', 'Recibo n.o', 'Indice de tarifa (TI)', 'Taxa de servico'],
		['sw', 'ascii', 'Namba ya risiti', 'Toleo la ufunguo (KRN)', 'Imelipwa taslimu'],
	] as const)('%s with the table %s: %s', (language, table, number, ...more) => {
		const paper = receiptPaper(issued(), WRITINGS[language], 1);
		const printed = only(paper, { columns: 48, table });
		expect(valueOf(printed, number)).toBe(RECEIPT.receiptNumber);
		for (const said of more) expect(printed.text).toContain(said);
		expect(printed.text).not.toContain('?');
		expect(tokensOn(printed)).toEqual([TOKEN.digits]);
	});
});

describe('a paper that is drawn', () => {
	const drawing: Drawing = { artist: BLOCKS, direction: 'rtl' };

	it.each([...PAPER_COLUMNS])('on %i characters: texts as dots, all else as ever', (columns) => {
		const width = paperDots(columns);
		const receipt = only(
			receiptPaper(issued(), WRITINGS.ar, 2),
			{ columns, table: 'ascii' },
			drawing,
		);
		expect(tokensOn(receipt)).toEqual([TOKEN.digits]);
		expect(receipt.isCut).toBe(true);
		expect(receipt.text).toMatch(/^[-\d\s]*$/);
		expect(new Set(receipt.pictures.map((one) => one.width))).toEqual(new Set([width]));
		const provisional = only(
			provisionalPaper(PROVISIONAL, WRITINGS.ar, 1),
			{ columns, table: 'ascii' },
			drawing,
		);
		const { drn, claimCode } = PROVISIONAL;
		expect(provisional.qrCodes).toEqual([formatClaimQr({ drn, code: claimCode })]);
		expect(provisional.text).toContain('ABCD-1234-~');
	});

	it('dot by dot as it was drawn, in its place between the printer’s own lines', () => {
		const pair = { kind: 'pair', name: 'الباقي', value: 'KES 5' } as const;
		const paper: Paper = [{ kind: 'rule' }, pair, { kind: 'rule' }, { kind: 'cut' }];
		const printed = only(paper, { columns: 32, table: 'ascii' }, drawing);
		const [drawn] = pictureParts([pair], 384, 'rtl', measureBlocks);
		if (drawn?.kind !== 'picture') throw new Error('no picture');
		const { data, width, height } = BLOCKS.draw(drawn);
		const [picture, ...more] = printed.pictures;
		expect(more).toEqual([]);
		expect(picture?.afterLine).toBe(printed.lines.findIndex(({ text }) => /^-+$/.test(text)) + 1);
		expect(picture?.height).toBe(Math.ceil(height / 8) * 8);
		for (let y = 0; y < height; y += 1)
			for (let x = 0; x < width; x += 1)
				if (picture?.isBlack(x, y) !== (data[(y * width + x) * 4] === 0))
					throw new Error(`the dot ${x}, ${y}`);
	});
});

describe('the reader of printed octets', () => {
	it.each([
		[[0x1b, 0x70, 0]],
		[[0x07]],
		[[0x1d, 0x76, 0x30]],
		[[0x1d, 0x76, 0x30, 0, 1, 0, 2, 0, 255]],
		[[0x1b]],
		[[0x1d, 0x28, 0x6b, 9, 0, 49]],
		[[0x1b, 0x40, 0xe9]],
	])('takes nothing that a printer here is not sent: %s', (octets) => {
		expect(() => readEscPos(Uint8Array.from(octets))).toThrow(/no printer here is sent/);
	});

	it('tells a paper that broke off from one that was cut', () => {
		const octets = encodeEscPos(receiptPaper(issued(), WRITING, 1), {
			columns: 32,
			table: 'ascii',
		});
		const whole = encodeEscPos(testPaper(32, WRITING), { columns: 32, table: 'ascii' });
		const both = Uint8Array.of(...octets.slice(0, 300), ...whole);
		expect(readEscPos(both).map(({ isCut }) => isCut)).toEqual([false, true]);
	});
});
