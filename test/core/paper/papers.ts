/** Receipts and the like for tests: whole ones, as the backend answers. */
import type { IssuedVend } from '#lib/core/paper/receipt-paper.ts';
import type { PaperWords, StaffPaperWords } from '#lib/core/paper/paper-words.ts';
import type { ProvisionalFacts } from '#lib/core/paper/provisional-paper.ts';
import type { RefundFacts } from '#lib/core/paper/refund-paper.ts';
import type { ZReportFacts } from '#lib/core/paper/report-paper.ts';
import type { Receipt, Token, Utility } from '#lib/core/sync/wire.ts';
import { agentEn } from '#lib/core/words/agent.ts';
import { ar } from '#lib/core/words/ar/catalogue.ts';
import { customerPaper as paperAr } from '#lib/core/words/ar/customer-paper.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { fr } from '#lib/core/words/fr/catalogue.ts';
import { customerPaper as paperFr } from '#lib/core/words/fr/customer-paper.ts';
import { pt } from '#lib/core/words/pt/catalogue.ts';
import { customerPaper as paperPt } from '#lib/core/words/pt/customer-paper.ts';
import { sw } from '#lib/core/words/sw/catalogue.ts';
import { customerPaper as paperSw } from '#lib/core/words/sw/customer-paper.ts';
import { LANGUAGE_FACTS, type Language } from '#lib/core/units/languages.ts';

export const WRITING: StaffPaperWords = { words: en, own: agentEn.paper, language: 'en' };

/** What a customer's papers are written in, in each language. */
export const WRITINGS: Readonly<Record<Language, PaperWords>> = {
	en: WRITING,
	fr: { words: fr, own: paperFr, language: LANGUAGE_FACTS.fr.format },
	pt: { words: pt, own: paperPt, language: LANGUAGE_FACTS.pt.format },
	sw: { words: sw, own: paperSw, language: LANGUAGE_FACTS.sw.format },
	ar: { words: ar, own: paperAr, language: LANGUAGE_FACTS.ar.format },
};

export const UTILITY: Utility = {
	name: 'Lakeside Power and Light',
	address: '12 Harbour Road, Kisumu',
	vatNumber: 'P051234567X',
	helpLine: '0800 123 456',
	currency: { code: 'KES', minorDigits: 2 },
	timeZone: 'Africa/Nairobi',
};

export const AT_MS = Date.UTC(2026, 10, 20, 9, 30, 15);

export const TOKEN: Token = {
	digits: '12345678901234567890',
	kind: 'credit',
	energyDeciKwh: 318,
	sequence: 1,
	of: 1,
	test: false,
};

export const RECEIPT: Receipt = {
	receiptNumber: 'KSK-000042',
	issuedAtMs: AT_MS,
	utility: UTILITY,
	terminal: 'Harbour till 1',
	vendor: 'Harbour Kiosk',
	operator: 'Amina O.',
	customerMasked: 'A**** O*****',
	drn: '37204100004',
	sgc: '600727',
	krn: 1,
	ti: '07',
	ea: 7,
	tct: '02',
	tariffName: 'Domestic',
	waterfall: {
		tenderedMinor: 50_000,
		lines: [
			{ kind: 'service-fee', amountMinor: 500 },
			{ kind: 'arrears', amountMinor: 5_000, balanceAfterMinor: 120_000 },
			{ kind: 'vat', amountMinor: 6_138, basisPoints: 1_600 },
			{ kind: 'fixed-charge', amountMinor: 1_000 },
			{
				kind: 'energy-block',
				amountMinor: 12_230,
				block: 1,
				energyDeciKwh: 100,
				pricePerKwhE4: 12_230_000,
			},
			{
				kind: 'energy-block',
				amountMinor: 25_103,
				block: 2,
				energyDeciKwh: 217,
				pricePerKwhE4: 11_568_200,
			},
			{ kind: 'left-over', amountMinor: 29 },
		],
		energyDeciKwh: 317,
	},
	roundingGainDeciKwh: 1,
	tender: { method: 'cash', tenderedMinor: 100_000, changeMinor: 50_000 },
};

export const issued = (over: Partial<Receipt> = {}, tokens: Token[] = [TOKEN]): IssuedVend => ({
	id: '019a0000-0000-7000-8000-000000000001',
	state: 'issued',
	paymentId: null,
	receipt: { ...RECEIPT, ...over },
	tokens,
});

export const PROVISIONAL: ProvisionalFacts = {
	utility: UTILITY,
	seller: { vendor: 'Harbour Kiosk', terminal: 'Harbour till 1', operator: 'Amina O.' },
	atMs: AT_MS,
	drn: '37204100004',
	ownerMasked: 'A**** O*****',
	amountMinor: 50_000,
	tender: { method: 'cash', tenderedMinor: 60_000 },
	waterfall: RECEIPT.waterfall,
	claimCode: 'ABCD1234~',
};

export const REFUND: RefundFacts = {
	utility: UTILITY,
	seller: PROVISIONAL.seller,
	soldAtMs: AT_MS,
	paidAtMs: AT_MS + 3_600_000,
	drn: PROVISIONAL.drn,
	amountMinor: 50_000,
	claimCode: 'ABCD1234~',
	because: 'This meter is blocked',
};

export const Z_REPORT: ZReportFacts = {
	utility: UTILITY,
	seller: PROVISIONAL.seller,
	batchId: '019a0000-0000-7000-8000-0000000000aa',
	openedAtMs: AT_MS - 8 * 3_600_000,
	printedAtMs: AT_MS + 1_000,
	closedAtMs: AT_MS,
	totals: {
		sold: { count: 12, amountMinor: 600_000, energyDeciKwh: 3_816 },
		byPayType: [
			{ payType: 'cash', count: 10, amountMinor: 500_000 },
			{ payType: 'mobile-money', count: 2, amountMinor: 100_000 },
		],
		byOperator: [],
		byTransactionType: [
			{
				kind: 'credit',
				transactionType: '000',
				count: 12,
				amountMinor: 600_000,
				energyDeciKwh: 3_816,
			},
		],
		byResource: [],
		unfinished: { count: 1, amountMinor: 50_000 },
		refused: { count: 2, amountMinor: 70_000 },
		reversed: { count: 0, amountMinor: 0 },
	},
	refused: {
		here: { count: 1, amountMinor: 40_000 },
		givenBack: { count: 0, amountMinor: 0 },
		soldAgain: { count: 1, amountMinor: 30_000 },
	},
	counted: {
		cash: [
			{ denominationMinor: 100_000, count: 4 },
			{ denominationMinor: 50_000, count: 1 },
			{ denominationMinor: 1_000, count: 0 },
		],
		reference: 'BAG-7',
		differences: [
			{
				payType: 'cash',
				expectedMinor: 500_000,
				countedMinor: 450_000,
				differenceMinor: -50_000,
				verdict: 'short',
			},
		],
	},
};
