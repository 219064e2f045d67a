/** The papers of sales: what goes to the printer, and what stands on it when it does. */
import type { BatchHereRow, PrintJobRow, TerminalHereRow } from '#lib/browser/store/agent-rows.ts';
import type { OpenedSale, SalePaper, TillDesk } from '#lib/browser/sync/till-desk.ts';
import { PrintFault } from '#lib/browser/print/print-fault.ts';
import type { JobWish } from '#lib/browser/print/print-queue.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import type { Paper } from '#lib/core/paper/paper.ts';
import type { PaperWords, Seller, StaffPaperWords } from '#lib/core/paper/paper-words.ts';
import { provisionalPaper } from '#lib/core/paper/provisional-paper.ts';
import { receiptPaper } from '#lib/core/paper/receipt-paper.ts';
import { refundPaper } from '#lib/core/paper/refund-paper.ts';
import { xReportPaper, zReportPaper } from '#lib/core/paper/report-paper.ts';
import type { BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import { countCash } from '#lib/core/sync/count-cash.ts';
import type { ExpectedMoney, RefusedMoney } from '#lib/core/sync/till-totals.ts';
import type { Language } from '#lib/core/units/languages.ts';
import { codeWords } from '../view/code-words.ts';
import { addMoney, shiftsWithin } from '../view/shift-view.ts';

/** What a paper is made of: the sale as it is now, and where it was made. */
export interface PaperFacts {
	readonly sale: OpenedSale;
	readonly terminal: TerminalHereRow;
	readonly operatorName: string;
}

/** Which paper a sale has now; undefined: none, as long as nothing is known of it. */
export function paperKindOf({ row, answer }: OpenedSale): SalePaper | undefined {
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
		const because =
			row.code === null ? null : codeWords(row.code, {}, writing.words.problems).title;
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

/** A shift or batch, and what stands on its report. */
export interface ReportFacts {
	readonly batch: BatchHereRow;
	readonly totals: BatchTotals;
	readonly refused: RefusedMoney;
	readonly money: readonly ExpectedMoney[];
	readonly terminal: TerminalHereRow;
	readonly operatorName: string;
}

/** X as it stands, Z as it was closed. Undefined: it is not closed, or the job is another paper. */
export function reportPaper(
	job: Pick<PrintJobRow, 'paper' | 'copy' | 'askedAtMs'>,
	{ batch, totals, refused, money, terminal, operatorName }: ReportFacts,
	writing: StaffPaperWords,
): Paper | undefined {
	const seller: Seller = {
		...{ vendor: terminal.vendor.name, terminal: terminal.terminalId, operator: operatorName },
	};
	const facts = {
		...{ utility: terminal.utility, seller, batchId: batch.id, openedAtMs: batch.openedAtMs },
		...{ printedAtMs: job.askedAtMs, totals, refused, money },
	};
	if (job.paper === 'x-report') return xReportPaper(facts, writing);
	const { closing, closedAtMs } = batch;
	if (job.paper !== 'z-report' || closing === null || closedAtMs === null) return undefined;
	return zReportPaper(
		{ ...facts, closedAtMs, counted: countCash(money, closing) },
		writing,
		job.copy,
	);
}

/** What should be there of a shift, or of all shifts in a batch. */
export async function moneyOf(
	desk: Pick<TillDesk, 'expected'>,
	batch: BatchHereRow,
	batches: readonly BatchHereRow[],
): Promise<readonly ExpectedMoney[]> {
	const shifts = shiftsWithin(batch, batches);
	return addMoney(await Promise.all(shifts.map(({ id }) => desk.expected(id))));
}

async function renderReport(
	desk: TillDesk,
	job: PrintJobRow,
	writing: StaffPaperWords,
): Promise<Paper | undefined> {
	const batches = await stored(() => desk.store.batches.toArray());
	const batch = batches.find(({ id }) => id === job.batchId);
	if (!batch) return undefined;
	const [totals, money, terminal] = await Promise.all([
		desk.totals(batch.id),
		moneyOf(desk, batch, batches),
		desk.terminal(),
	]);
	const refused = await desk.refused(batch.id, totals);
	const facts = { batch, totals, refused, money, terminal, operatorName: desk.operator.name };
	return reportPaper(job, facts, writing);
}

/** In whose words papers are written. */
export interface Writings {
	readonly staffs: StaffPaperWords;
	/** @throws {PrintFault} `no-language` */
	readonly customers: (language: Language) => Promise<PaperWords>;
}

/**
 * Notes a sale's paper and puts it into the printer's queue: of what the sale is now, which may be more than the
 * screen has seen. @throws {StoreFault} nothing was noted, or will be printed
 */
export async function putPaper(
	desk: Pick<TillDesk, 'notePrint' | 'openSale'>,
	sale: OpenedSale,
	add: (wish: JobWish) => Promise<unknown>,
): Promise<void> {
	const [saleId, paper] = [sale.row.id, paperKindOf(sale)];
	if (paper === undefined) return;
	const noted = await desk.notePrint(saleId, paper);
	if (noted) return void (await add({ paper, saleId, copy: noted.copy }));
	const now = await desk.openSale(saleId);
	// A sale's paper becomes another one once: from the promise to the token.
	if (now && paperKindOf(now) !== paper) await putPaper(desk, now, add);
}

const isSalePaper = (paper: PrintJobRow['paper']): paper is SalePaper =>
	paper === 'receipt' || paper === 'provisional';

/** What a printing queue asks of an open desk. */
export function deskPapers(desk: TillDesk, writings: Writings) {
	return {
		store: desk.store,
		async renderPaper(job: PrintJobRow, language: Language): Promise<Paper | undefined> {
			if (job.batchId !== undefined) return await renderReport(desk, job, writings.staffs);
			const sale = job.saleId === null ? undefined : await desk.openSale(job.saleId);
			if (!sale) return undefined;
			// The words of the fault say what to do; of a paper that cannot be opened they would be wrong.
			if (job.paper === 'provisional' && !AWAITS_TOKEN.has(sale.row.state))
				throw new PrintFault('outdated');
			const [terminal, writing] = await Promise.all([
				desk.terminal(),
				writings.customers(language),
			]);
			return salePaper(job, { sale, terminal, operatorName: desk.operator.name }, writing);
		},
		async nextCopy({ paper, saleId, batchId, copy }: PrintJobRow): Promise<number | undefined> {
			if (paper === 'z-report' && batchId !== undefined)
				return (await desk.noteReport(batchId)).copy;
			// A refund slip is no receipt: its copies are counted by themselves.
			if (saleId === null || !isSalePaper(paper)) return copy + 1;
			return (await desk.notePrint(saleId, paper))?.copy;
		},
	};
}
