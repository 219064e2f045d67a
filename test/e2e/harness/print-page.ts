/** What runs inside the page: the app's own queue and printers on the browser's own store and Web Serial. */
import { PrintQueue } from '#lib/browser/print/print-queue.ts';
import { FIRST_SETTINGS, type PrintSettings } from '#lib/browser/print/print-settings.ts';
import { pagePrintWays, printPaper } from '#lib/browser/print/printer.ts';
import { pageArtist } from '#lib/browser/print/artist.ts';
import { printBySystem } from '#lib/browser/print/system-print.ts';
import { AgentStore } from '#lib/browser/store/agent.ts';
import type { Paper, PaperColumns } from '#lib/core/paper/paper.ts';
import { provisionalPaper } from '#lib/core/paper/provisional-paper.ts';
import { paperDots, pictureParts } from '#lib/core/paper/picture.ts';
import { receiptPaper } from '#lib/core/paper/receipt-paper.ts';
import type { Language } from '#lib/core/units/languages.ts';
import { issued, PROVISIONAL, TOKEN, WRITING, WRITINGS } from '../../core/paper/papers.ts';

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
		if (!stalls) return printPaper(paper, 'en', settings, ways);
		await printPaper(paper.slice(0, 5), 'en', settings, ways);
		return new Promise(() => undefined);
	},
	nextCopy: ({ copy }) => Promise.resolve(copy + 1),
	tell: (error) => told.push(String(error)),
});

/** Letters may lean a little over the width that they claim. */
const SLACK = 4;

const box = (rect: DOMRect | undefined): readonly [left: number, right: number] => [
	rect?.left ?? NaN,
	rect?.right ?? NaN,
];

const isRising = (places: readonly number[]): boolean =>
	places.every((place, at) => at === 0 || place >= (places[at - 1] ?? Infinity));

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
	/** An Arabic receipt as this browser draws it: dots that stand outside of where the layout put a text, and how many. */
	drawn: (columns: PaperColumns) => {
		const artist = pageArtist();
		if (!artist) return undefined;
		const width = paperDots(columns);
		const paper = provisionalPaper(PROVISIONAL, WRITINGS.ar, 2);
		const parts = pictureParts(paper, width, 'rtl', artist.measure);
		const pictures = parts.filter((part) => part.kind === 'picture');
		const astray = pictures.map((picture) => {
			const { data } = artist.draw(picture);
			const isPlaced = (x: number, y: number): boolean =>
				picture.inked.some(
					({ text, look, left, baseline }) =>
						x >= left - SLACK &&
						x < left + artist.measure(text, look) + SLACK &&
						y >= baseline - 1.2 * look.size &&
						y < baseline + 0.6 * look.size,
				);
			let [black, outside] = [0, 0];
			for (let at = 0; at < data.length; at += 4) {
				if ((data[at] ?? 0) > 128) continue;
				const place = at / 4;
				black += 1;
				if (!isPlaced(place % width, Math.floor(place / width))) outside += 1;
			}
			return { black, outside, texts: picture.inked.length, height: picture.height };
		});
		return astray;
	},
	/** What the print dialogue is given, measured. */
	bySystem: async (columns: PaperColumns, language: Language = 'en') => {
		const writing = WRITINGS[language];
		const provisional = provisionalPaper(
			{ ...PROVISIONAL, ownerMasked: '<img src=x onerror=alert(1)> محمد' },
			writing,
			1,
		);
		const receipt = receiptPaper(
			issued({}, [{ ...TOKEN, digits: '42'.padStart(20, '0') }]),
			writing,
			1,
		);
		await printBySystem([...receipt, ...provisional], language, columns);
		const frame = document.querySelector('iframe');
		const page = frame?.contentDocument;
		if (!frame || !page) throw new Error('no frame');
		const groups = [...page.querySelectorAll<HTMLElement>('.groups')].map((one) => ({
			text: one.textContent,
			lines: new Set([...one.children].map((group) => group.getBoundingClientRect().top)).size,
			lefts: [...one.children].map((group) => group.getBoundingClientRect().left),
		}));
		const pairs = [...page.querySelectorAll('.pair')].map((pair) => {
			const [name, value] = [...pair.children].map((part) => part.getBoundingClientRect());
			return { name: box(name), value: box(value), paper: box(pair.getBoundingClientRect()) };
		});
		const styles = [...page.querySelectorAll('style')].map(({ textContent }) => textContent);
		return {
			groups: groups.map(({ text, lines }) => ({ text, lines })),
			areGroupsInOrder: groups.every(({ lefts }) => isRising(lefts)),
			pairs,
			direction: page.documentElement.dir,
			language: page.documentElement.lang,
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
