/** What is done inside a browser's page. Every function here is sent there as its text: it uses nothing from outside. */
import type { AxeVerdict } from './page-access.ts';
import type { Looked } from './page-practices.ts';
import type { Colours } from './page-speed-index.ts';
import type { Shift, Task, Timeline } from './page-timeline.ts';

interface AxeRule {
	readonly id: string;
	readonly nodes: readonly { readonly html: string }[];
}
interface Axe {
	run(options: object): Promise<{ passes: readonly AxeRule[]; violations: readonly AxeRule[] }>;
}

/** Runs before the page's own scripts; what it has seen so far is read with `readTimeline`. */
export function watchPage(): void {
	const largestPaintsMs: number[] = [];
	const tasks: Task[] = [];
	const shifts: Shift[] = [];
	const timeline = { firstPaintMs: 0, largestPaintsMs, tasks, shifts };
	Object.assign(globalThis, { timeline });
	const watch = (type: string, see: (entry: PerformanceEntry) => void): void => {
		new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({
			...{ type, buffered: true },
		});
	};
	watch('paint', ({ name, startTime }) => {
		if (name === 'first-contentful-paint') timeline.firstPaintMs = startTime;
	});
	watch('largest-contentful-paint', ({ startTime }) => largestPaintsMs.push(startTime));
	watch('longtask', ({ startTime, duration }) => tasks.push({ atMs: startTime, tookMs: duration }));
	watch('layout-shift', (entry) => {
		const { value } = entry as PerformanceEntry & { readonly value: number };
		shifts.push({ atMs: entry.startTime, score: value });
	});
}

export const readTimeline = (): Timeline =>
	(globalThis as unknown as { timeline: Timeline }).timeline;

/** By the script of axe, which is there already. */
export async function runAxe(rules: readonly string[]): Promise<AxeVerdict> {
	const { axe } = globalThis as unknown as { axe: Axe };
	const { passes, violations } = await axe.run({
		runOnly: { type: 'rule', values: rules },
		...{ resultTypes: ['violations'], preload: false },
	});
	return {
		passed: passes.map(({ id }) => id),
		failed: violations.map(({ id, nodes }) => ({ rule: id, where: nodes[0]?.html ?? '' })),
	};
}

export function lookAtDocument(): Looked {
	const isSeen = (element: Element): boolean =>
		element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
	const pictures = [...document.images].filter(
		(image) => isSeen(image) && image.naturalWidth > 0 && !/svg/.test(image.currentSrc),
	);
	const refuses = (field: Element): boolean =>
		!field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true }));
	const fields = [...document.querySelectorAll('input:not([readonly]), textarea')];
	let [letters, readableLetters] = [0, 0];
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const { parentElement, nodeValue } = texts.currentNode;
		const length = nodeValue?.trim().length ?? 0;
		if (!parentElement || length === 0 || !isSeen(parentElement)) continue;
		letters += length;
		if (parseFloat(getComputedStyle(parentElement).fontSize) >= 12) readableLetters += length;
	}
	return {
		isStandard: document.compatMode === 'CSS1Compat' && document.doctype?.name === 'html',
		charset: document.querySelector('meta[charset]') ? document.characterSet : 'not said',
		viewport: document.querySelector('meta[name=viewport]')?.getAttribute('content') ?? null,
		pictures: pictures.map((image) => ({
			...{ name: image.currentSrc, width: image.naturalWidth, height: image.naturalHeight },
			...{ shownWidth: image.clientWidth, shownHeight: image.clientHeight },
		})),
		pasteRefusing: fields.filter(refuses).map((field) => field.outerHTML),
		...{ letters, readableLetters, density: devicePixelRatio },
	};
}

/** @param jpegs in base64 */
export async function countColours(jpegs: readonly string[]): Promise<Colours[]> {
	const counted: Colours[] = [];
	for (const jpeg of jpegs) {
		const file = await fetch(`data:image/jpeg;base64,${jpeg}`);
		const picture = await createImageBitmap(await file.blob());
		const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
		if (!canvas) throw new Error('no canvas in this browser');
		canvas.drawImage(picture, 0, 0);
		const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
		const colours = Array.from({ length: 3 * 256 }, () => 0);
		for (let at = 0; at < data.length; at += 4) {
			const pixel = [...data.subarray(at, at + 3)];
			if (pixel.every((value) => value >= 249)) continue;
			for (const [channel, value] of pixel.entries()) {
				const place = channel * 256 + value;
				colours[place] = (colours[place] ?? 0) + 1;
			}
		}
		counted.push(colours);
	}
	return counted;
}

/**
 * How fast the processor is in this browser, as Lighthouse's `benchmarkIndex`: rounds of building strings, which
 * leave garbage, and rounds of copying an array, which leave none, each counted for half a second.
 */
export function processorIndex(): number {
	const roundsPerSecond = (round: (index: number) => void): number => {
		const began = performance.now();
		let rounds = 0;
		// Some processors stumble over a loop that looks at the clock in every round.
		while (rounds % 10 !== 0 || performance.now() - began < 500) round((rounds += 1));
		return (rounds / (performance.now() - began)) * 1_000;
	};
	const strings = roundsPerSecond(() => {
		let text = '';
		for (let at = 0; at < 10_000; at += 1) text += 'a';
		if (text.length === 1) throw new Error('left out as useless');
	});
	const one = Array.from({ length: 100_000 }, (_, at) => at);
	const other = [...one];
	const copies = roundsPerSecond((index) => {
		const [from, to] = index % 2 === 0 ? [one, other] : [other, one];
		for (let at = 0; at < from.length; at += 1) to[at] = from[at] as number;
	});
	return (strings / 10 + copies / 10) / 2;
}

/** What a cold start is waited for by. */
export interface Awaited {
	/** Selector of what has to be there beside the heading. */
	readonly element: string;
	/** For a field: what is typed into it, and what the page says to that. */
	readonly typed?: { readonly text: string; readonly answer: string };
}

/** Milliseconds from the start of the navigation; 0: not yet. */
export interface ColdTimes {
	shownMs: number;
	answeredMs: number;
	/** End of the last task of more than 50 ms. */
	busyUntilMs: number;
}

/** Runs before the page's own scripts, and looks with every picture that is drawn. */
export function watchColdStart({ element, typed }: Awaited): void {
	const times: ColdTimes = { shownMs: 0, answeredMs: 0, busyUntilMs: 0 };
	Object.assign(globalThis, { coldTimes: times });
	new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries())
			times.busyUntilMs = Math.max(times.busyUntilMs, startTime + duration);
	}).observe({ type: 'longtask', buffered: true });
	const look = (): void => {
		const found = document.querySelector('h1') && document.querySelector(element);
		if (found && times.shownMs === 0) {
			times.shownMs = performance.now();
			if (typed && found instanceof HTMLInputElement) {
				found.value = typed.text;
				found.dispatchEvent(new InputEvent('input', { bubbles: true }));
			}
		}
		if (found && (!typed || document.body.textContent.includes(typed.answer)))
			times.answeredMs = performance.now();
		else requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
}
