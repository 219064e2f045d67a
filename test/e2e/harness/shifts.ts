/**
 * What moved on a page by itself: every layout shift as the browser counts it for the cumulative layout shift
 * (those within half a second of a person's input left out), with the boxes that moved, so that a failure names them.
 */
import type { Page } from 'playwright-core';

export interface Shift {
	/** What was being done. */
	readonly step: string;
	/** Path of the page. */
	readonly path: string;
	/** Share of the window that was unsteady, times the share of it by which that moved; 0 to 1. */
	readonly score: number;
	/** What moved, from where to where, in CSS pixels. */
	readonly moved: readonly string[];
}

/** Names that the observer in the page and the harness here have for each other. */
const TELL = 'tellShift';
const FLUSH = 'flushShifts';

interface ShiftSource {
	readonly node: Node | null;
	readonly previousRect: DOMRectReadOnly;
	readonly currentRect: DOMRectReadOnly;
}
interface LayoutShift extends PerformanceEntry {
	readonly value: number;
	readonly hadRecentInput: boolean;
	readonly sources: readonly ShiftSource[];
}

/** Runs in the page, before anything of it. */
function observe({ tell, flush }: { readonly tell: string; readonly flush: string }): void {
	const at = ({ x, y, width, height }: DOMRectReadOnly) =>
		`${Math.round(x)},${Math.round(y)} ${Math.round(width)}×${Math.round(height)}`;
	const named = (node: Node | null): string => {
		if (!(node instanceof Element)) return node === null ? 'a box that is gone' : 'words';
		return (node.cloneNode(false) as Element).outerHTML.slice(0, 120);
	};
	/** Texts that became others. */
	const reworded = new Set<Node>();
	new MutationObserver((changes) => {
		for (const { target } of changes) reworded.add(target);
	}).observe(document, { subtree: true, characterData: true });
	const near = (one: number, other: number) => Math.abs(one - other) <= 1;
	/** Words that end where their line ends and are others now, as an age a minute later: they begin elsewhere. */
	const isReworded = ({ node, previousRect: was, currentRect: is }: ShiftSource): boolean => {
		const box = node instanceof Element ? node : node?.parentElement;
		if (!box || !near(was.top, is.top) || !near(was.bottom, is.bottom)) return false;
		if (![...reworded].some((text) => box.contains(text))) return false;
		const { textAlign, direction } = getComputedStyle(box);
		const end = direction === 'rtl' ? 'left' : 'right';
		return (textAlign === 'end' || textAlign === end) && near(was[end], is[end]);
	};
	const page = window as unknown as Record<string, (told?: unknown) => void>;
	const say = (entries: readonly PerformanceEntry[]): void => {
		for (const { value, hadRecentInput, sources } of entries as readonly LayoutShift[]) {
			if (hadRecentInput) continue;
			const others = sources.filter((source) => !isReworded(source));
			if (others.length === 0 && sources.length > 0) continue;
			const moved = others.map(({ node, previousRect, currentRect }) => {
				const text = node?.textContent?.replaceAll(/\s+/g, ' ').trim().slice(0, 40) ?? '';
				return `${at(previousRect)} → ${at(currentRect)} ${named(node)} “${text}”`;
			});
			page[tell]?.({ path: location.pathname, score: value, moved });
		}
	};
	const observer = new PerformanceObserver((list) => say(list.getEntries()));
	observer.observe({ type: 'layout-shift', buffered: true });
	page[flush] = () => say(observer.takeRecords());
}

/** As long as nothing is asked for, nothing more comes: longer than a slow phone takes to read what it was sent. */
const QUIET_MS = 300;

/** Watches one tab for as long as it lives, over all its pages. */
export class ShiftWatch {
	readonly shifts: Shift[] = [];
	readonly #page: Page;
	#step = '';
	readonly #underWay = new Set<unknown>();
	#lastMs = Date.now();

	private constructor(page: Page) {
		this.#page = page;
	}

	static async on(page: Page): Promise<ShiftWatch> {
		const watch = new ShiftWatch(page);
		await page.exposeBinding(TELL, (_, shift: Omit<Shift, 'step'>) => {
			watch.shifts.push({ step: watch.#step, ...shift });
		});
		await page.addInitScript(observe, { tell: TELL, flush: FLUSH });
		page.on('request', (request) => watch.#change(() => watch.#underWay.add(request)));
		page.on('requestfinished', (request) => watch.#change(() => watch.#underWay.delete(request)));
		page.on('requestfailed', (request) => watch.#change(() => watch.#underWay.delete(request)));
		return watch;
	}

	/** What is done from now on; it is done when the page has come to rest. */
	async during(step: string, act: () => Promise<unknown>): Promise<void> {
		this.#step = step;
		await act();
		await this.#rest();
	}

	#change(how: () => void): void {
		how();
		this.#lastMs = Date.now();
	}

	/** Nothing is asked for over the network any more, what came is drawn, and every shift of it is told. */
	async #rest(): Promise<void> {
		while (this.#underWay.size > 0 || Date.now() - this.#lastMs < QUIET_MS)
			await new Promise((done) => setTimeout(done, QUIET_MS / 4));
		await this.#page.evaluate(async (flush) => {
			for (let frame = 0; frame < 2; frame += 1)
				await new Promise((drawn) => requestAnimationFrame(drawn));
			(window as unknown as Record<string, () => void>)[flush]?.();
		}, FLUSH);
	}
}
