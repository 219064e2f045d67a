import { describe, expect, it } from 'vitest';
import { layOut } from '#lib/core/paper/lay-out.ts';
import { PAPER_COLUMNS, type Paper, paperWidthMm } from '#lib/core/paper/paper.ts';
import { provisionalPaper } from '#lib/core/paper/provisional-paper.ts';
import { refundPaper } from '#lib/core/paper/refund-paper.ts';
import { xReportPaper, zReportPaper } from '#lib/core/paper/report-paper.ts';
import { testPaper } from '#lib/core/paper/test-paper.ts';
import { parseClaimQr } from '#lib/core/sync/claim-qr.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import { PROVISIONAL, REFUND, WRITING, Z_REPORT } from './papers.ts';

const set = (paper: Paper, columns = 32): string[] =>
	layOut(paper, columns).map((line) => (line.kind === 'line' ? line.text : `(${line.kind})`));

describe.each([...PAPER_COLUMNS])('on %i characters', (columns) => {
	it.each<[string, Paper]>([
		['a provisional receipt', provisionalPaper(PROVISIONAL, WRITING, 2)],
		['a refund', refundPaper(REFUND, WRITING, 1)],
		['an X report', xReportPaper(Z_REPORT, WRITING)],
		['a Z report', zReportPaper(Z_REPORT, WRITING, 2)],
		['a test', testPaper(columns, WRITING)],
	])('%s keeps to the paper, ends with a cut and carries no token', (_, paper) => {
		const laid = layOut(paper, columns);
		for (const line of laid)
			if (line.kind === 'line')
				expect([...line.text].length * line.wide).toBeLessThanOrEqual(columns);
		expect(laid.at(-1)).toEqual({ kind: 'cut' });
		expect(set(paper, columns).join('\n')).not.toMatch(/\d{4} \d{4} \d{4} \d{4} \d{4}/);
	});
});

describe('a provisional receipt', () => {
	const lines = set(provisionalPaper(PROVISIONAL, WRITING, 1));

	it('cannot be taken for a receipt: it says so first and last, as large as it can', () => {
		const laid = layOut(provisionalPaper(PROVISIONAL, WRITING, 1), 32);
		const marks = [laid[0], laid[1], laid.at(-3), laid.at(-2)];
		expect(marks.map((line) => line?.kind === 'line' && line.text.trim())).toEqual([
			'PROVISIONAL',
			'NO TOKEN YET',
			'PROVISIONAL',
			'NO TOKEN YET',
		]);
		for (const line of marks) expect(line).toMatchObject({ wide: 2, tall: 2, bold: true });
		expect(lines).not.toContain('RECEIPT');
	});

	it('brings the code to the desk in groups, and in a QR code with its meter', () => {
		expect(lines.map((line) => line.trim())).toContain('ABCD-1234-~');
		const code = makeCode(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
		const paper = provisionalPaper({ ...PROVISIONAL, claimCode: code }, WRITING, 1);
		const qr = paper.find((element) => element.kind === 'qr');
		expect(qr?.kind === 'qr' && parseClaimQr(qr.text)).toEqual({ drn: PROVISIONAL.drn, code });
	});

	it('sends its customer for the token to any agent, for the money to the till that has it', () => {
		const said = lines.join(' ').replace(/\s+/g, ' ');
		expect(said).toContain(
			'go to any agent: your meter number and the claim code give you the token. If it is refused, your money is at the till that took it.',
		);
		// Nobody else gives it back: the backend refuses a refund of another till.
		expect(said).not.toContain('money back');
	});

	it('marks every figure of the sale as an estimate, or says that nothing is known', () => {
		const at = (said: string): number => lines.findIndex((line) => line.trim() === said);
		expect(at('ESTIMATE')).toBeGreaterThan(0);
		expect(lines.findIndex((line) => line.startsWith('Units'))).toBeGreaterThan(at('ESTIMATE'));
		expect(lines.join(' ')).toContain('What you get may be more or less.');
		const unknown = set(provisionalPaper({ ...PROVISIONAL, waterfall: null }, WRITING, 1));
		expect(unknown.some((line) => line.includes('ESTIMATE') || line.includes('kWh'))).toBe(false);
		expect(unknown.join(' ')).toContain('not known yet');
	});

	it('carries the money, the change, the till and the help line', () => {
		expect(lines).toContain('Paid in cash             KES 600');
		expect(lines).toContain('Change                   KES 100');
		expect(lines).toContain('Amount                   KES 500');
		expect(lines).toContain('Terminal          Harbour till 1');
		expect(lines).toContain('Help line           0800 123 456');
	});
});

it('a refund says what went back, when, why, and leaves room for a signature', () => {
	const lines = set(refundPaper(REFUND, WRITING, 1));
	expect(lines).toContain('Given back               KES 500');
	expect(lines).toContain('Claim code           ABCD-1234-~');
	expect(lines).toContain('Why        This meter is blocked');
	expect(lines).toContain('Customer’s signature');
	expect(set(refundPaper(REFUND, WRITING, 2))[0]?.trim()).toBe('REPRINT 2');
});

describe('a report', () => {
	it('X: shows the totals and closes nothing', () => {
		const lines = set(xReportPaper(Z_REPORT, WRITING));
		expect(lines).toContain('            X REPORT');
		expect(lines).toContain('Sold                   KES 6,000');
		expect(lines).toContain('Mobile money (2)       KES 1,000');
		expect(lines).toContain('No token yet (1)         KES 500');
		expect(lines.some((line) => line.startsWith('Closed'))).toBe(false);
		expect(lines.join(' ')).toContain('Nothing is closed by this paper.');
	});

	it('Z: counts the drawer by denomination and names the difference', () => {
		const lines = set(zReportPaper(Z_REPORT, WRITING, 1));
		expect(lines).toContain('KES 1,000 x 4          KES 4,000');
		expect(lines.some((line) => line.startsWith('KES 10 x'))).toBe(false);
		expect(lines).toContain('Cash counted           KES 4,500');
		expect(lines).toContain('Difference: Short       -KES 500');
		expect(lines).toContain('Reference                  BAG-7');
	});

	it('tells what became of refused money, and takes what was sold again off once', () => {
		const money = [
			{
				...{ payType: 'cash' as const, takenMinor: 570_000, givenBackMinor: 0 },
				...{ soldAgainMinor: 30_000, expectedMinor: 540_000 },
			},
		];
		const lines = set(zReportPaper({ ...Z_REPORT, money }, WRITING, 1));
		const from = lines.indexOf('Refused, money here (1)  KES 400');
		expect(lines.slice(from, from + 9)).toEqual([
			'Refused, money here (1)  KES 400',
			'Refused, sold again (1)  KES 300',
			'Reversed by office (0)     KES 0',
			'-'.repeat(32),
			'Cash here',
			'Taken                  KES 5,700',
			'Sold again              -KES 300',
			'Should be              KES 5,400',
			'-'.repeat(32),
		]);
		const given = [{ ...money[0]!, givenBackMinor: 30_000, soldAgainMinor: 0 }];
		const other = set(zReportPaper({ ...Z_REPORT, money: given }, WRITING, 1));
		expect(other).toContain('Given back              -KES 300');
		expect(other.some((line) => line.startsWith('Sold again'))).toBe(false);
	});

	it('of nothing has no empty headings', () => {
		const nothing = { count: 0, amountMinor: 0 };
		const totals = {
			sold: { ...nothing, energyDeciKwh: 0 },
			...{ byPayType: [], byOperator: [], byTransactionType: [], byResource: [] },
			...{ unfinished: nothing, refused: nothing, reversed: nothing },
		};
		const lines = set(xReportPaper({ ...Z_REPORT, totals }, WRITING));
		expect(lines).not.toContain('By tender');
		expect(lines).not.toContain('By kind');
	});
});

it('the paper of each width is one that can be bought', () => {
	expect(PAPER_COLUMNS.map(paperWidthMm)).toEqual([58, 80, 80]);
});
