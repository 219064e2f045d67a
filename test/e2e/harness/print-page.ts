/** What runs inside the page: the app's own queue and printers on the browser's own store and Web Serial. */
import { PrintQueue } from '#lib/browser/print/print-queue.ts';
import { FIRST_SETTINGS, type PrintSettings } from '#lib/browser/print/print-settings.ts';
import { pagePrintWays, printPaper } from '#lib/browser/print/printer.ts';
import { printBySystem } from '#lib/browser/print/system-print.ts';
import { AgentStore } from '#lib/browser/store/agent.ts';
import type { Paper, PaperColumns } from '#lib/core/paper/paper.ts';
import { provisionalPaper } from '#lib/core/paper/provisional-paper.ts';
import { receiptPaper } from '#lib/core/paper/receipt-paper.ts';
import { issued, PROVISIONAL, TOKEN, WRITING } from '../../core/paper/papers.ts';

/** The ids that every fake port has. */
const PRINTER = { mark: '0403:6001', name: 'Receipt printer' };
const settings: PrintSettings = {
	...FIRST_SETTINGS,
	way: 'serial',
	baud: 115_200,
	printer: PRINTER,
};

const store = new AgentStore();
const ways = pagePrintWays();
const told: string[] = [];
const violations: string[] = [];
addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
	violations.push(violatedDirective),
);

/** The place of a sale is in its token, so that papers can be told apart. */
const paperOf = (saleId: string, copy: number): Paper => {
	const digits = saleId.padStart(20, '0');
	return receiptPaper(issued({}, [{ ...TOKEN, digits }]), WRITING, copy);
};

/** The next paper stops after its head, for ever. */
let stalls = false;

const queue = new PrintQueue({
	store,
	locks: navigator.locks,
	nowMs: () => performance.timeOrigin + performance.now(),
	newId: () => crypto.randomUUID(),
	renderPaper: ({ saleId, copy }) => Promise.resolve(paperOf(saleId ?? '', copy)),
	print: async (paper) => {
		if (!stalls) return printPaper(paper, settings, ways);
		await printPaper(paper.slice(0, 5), settings, ways);
		return new Promise(() => undefined);
	},
	nextCopy: ({ copy }) => Promise.resolve(copy + 1),
	tell: (error) => told.push(String(error)),
});

const printBench = {
	hasPort: async () => {
		const found = await ways
			.source('serial', settings)
			.find(PRINTER.mark)
			.catch(() => undefined);
		return found !== undefined;
	},
	/** The job's id, at once. */
	add: async (saleId: string) => (await queue.add({ paper: 'receipt', saleId, copy: 1 })).id,
	stall: () => {
		stalls = true;
	},
	again: (id: string) => queue.again(id),
	kick: () => queue.kick(),
	idle: () => queue.idle(),
	jobs: () => store.prints.orderBy('askedAtMs').toArray(),
	told: () => told,
	/** What the print dialogue is given, measured. */
	bySystem: async (columns: PaperColumns) => {
		const provisional = provisionalPaper(
			{ ...PROVISIONAL, ownerMasked: '<img src=x onerror=alert(1)> محمد' },
			WRITING,
			1,
		);
		await printBySystem([...paperOf('42', 1), ...provisional], columns);
		const frame = document.querySelector('iframe');
		const page = frame?.contentDocument;
		if (!frame || !page) throw new Error('no frame');
		const groups = [...page.querySelectorAll<HTMLElement>('.groups')].map((one) => ({
			text: one.textContent,
			lines: new Set([...one.children].map((group) => group.getBoundingClientRect().top)).size,
		}));
		const styles = [...page.querySelectorAll('style')].map(({ textContent }) => textContent);
		return {
			groups,
			violations,
			frames: document.querySelectorAll('iframe').length,
			images: page.images.length,
			modules: page.querySelectorAll('svg path').length,
			text: page.body.innerText,
			pageSize: /@page\{size:(\d+)mm (\d+)mm/.exec(styles.join())?.slice(1).map(Number),
			isWider: page.body.scrollWidth > page.body.clientWidth,
			font: page.defaultView?.getComputedStyle(page.body).fontFamily,
		};
	},
};

export type PrintBench = typeof printBench;
Object.assign(globalThis, { printBench });
