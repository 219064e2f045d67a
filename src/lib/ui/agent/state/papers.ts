/** The papers of sales: what goes to the printer, and what stands on it when it does. */
import type { PrintJobRow, TerminalHereRow } from '#lib/browser/store/agent-rows.ts';
import type { OpenedSale, TillDesk } from '#lib/browser/sync/till-desk.ts';
import type { Paper } from '#lib/core/paper/paper.ts';
import type { PaperWords, Seller } from '#lib/core/paper/paper-words.ts';
import { provisionalPaper } from '#lib/core/paper/provisional-paper.ts';
import { receiptPaper } from '#lib/core/paper/receipt-paper.ts';
import { refundPaper } from '#lib/core/paper/refund-paper.ts';
import { codeWords } from '../view/code-words.ts';

/** What a paper is made of: the sale as it is now, and where it was made. */
export interface PaperFacts {
	readonly sale: OpenedSale;
	readonly terminal: TerminalHereRow;
	readonly operatorName: string;
}

/** Which paper a sale has now; undefined: none, as long as nothing is known of it. */
export function paperKindOf({ row, answer }: OpenedSale): 'receipt' | 'provisional' | undefined {
	if (row.state === 'issued') return answer?.state === 'issued' ? 'receipt' : undefined;
	return row.state === 'provisional' ? 'provisional' : undefined;
}

/** Of a sale whose wait was not written down, in a full disk, too. */
const AWAITS_TOKEN: ReadonlySet<OpenedSale['row']['state']> = new Set(['asked', 'provisional']);

/** Undefined: it cannot be opened here, is not true any more, or it is a paper of another kind. */
export function salePaper(
	job: Pick<PrintJobRow, 'paper' | 'copy' | 'askedAtMs'>,
	{ sale, terminal, operatorName }: PaperFacts,
	writing: PaperWords,
): Paper | undefined {
	const { row, details, answer } = sale;
	if (job.paper === 'receipt')
		return answer?.state === 'issued' ? receiptPaper(answer, writing, job.copy) : undefined;
	if (!details) return undefined;
	const { drn, ownerMasked, claimCode, tenderedMinor, waterfall } = details;
	const { utility } = terminal;
	const seller: Seller = {
		...{ vendor: terminal.vendor.name, terminal: terminal.terminalId, operator: operatorName },
	};
	const { amountMinor, atMs } = row;
	if (job.paper === 'refund') {
		const because = row.code === null ? null : codeWords(row.code).title;
		const times = { soldAtMs: atMs, paidAtMs: job.askedAtMs };
		const facts = { utility, seller, ...times, drn, amountMinor, claimCode, because };
		return refundPaper(facts, writing, job.copy);
	}
	// Stored while the printer was off: by now there is a token, or a no, and this paper would be untrue.
	if (job.paper !== 'provisional' || !AWAITS_TOKEN.has(row.state)) return undefined;
	const method = row.method === 'none' ? 'cash' : row.method;
	const facts = { utility, seller, atMs, drn, ownerMasked, amountMinor, waterfall, claimCode };
	return provisionalPaper({ ...facts, tender: { method, tenderedMinor } }, writing, job.copy);
}

/** What a printing queue asks of an open desk. */
export function deskPapers(desk: TillDesk, writing: PaperWords) {
	return {
		store: desk.store,
		async renderPaper(job: PrintJobRow): Promise<Paper | undefined> {
			const sale = job.saleId === null ? undefined : await desk.openSale(job.saleId);
			if (!sale) return undefined;
			const terminal = await desk.terminal();
			return salePaper(job, { sale, terminal, operatorName: desk.operator.name }, writing);
		},
		async nextCopy({ saleId, copy }: PrintJobRow): Promise<number> {
			return saleId === null ? copy + 1 : (await desk.notePrint(saleId)).copy;
		},
	};
}
