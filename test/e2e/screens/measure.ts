/**
 * What is measured of a page as it stands, in the page itself: what is too small for a finger, what is cut
 * off, what lies on top of what, what moves though nothing may, what hides where the focus is.
 */
import type { JSHandle, Page } from 'playwright-core';

/** CSS pixels of the smallest target. */
const FINGER_PX = 44;
/** CSS pixels by which a page's width may be rounded. */
const ROUNDING_PX = 1;

/** What makes the page, or the sheet that lies on it, wider than its window: boxes, and words out of their box. */
export function tooWide(page: Page): Promise<string[]> {
	return page.evaluate((roundingPx) => {
		const sheet = document.querySelector('dialog:modal');
		const root = sheet ?? document.documentElement;
		const { scrollWidth, clientWidth } = root;
		if (scrollWidth - clientWidth <= roundingPx) return [];
		const edge = sheet?.getBoundingClientRect() ?? { left: 0, right: clientWidth };
		const isRtl = document.documentElement.dir === 'rtl';
		const isUnseen = (box: Element | null): boolean =>
			box !== null &&
			((box.getBoundingClientRect().width <= 1 && getComputedStyle(box).overflowX === 'hidden') ||
				getComputedStyle(box).clipPath === 'inset(50%)' ||
				isUnseen(box.parentElement));
		/** Of a box, or of the words that stand in it. */
		const beyond = (box: Element): number => {
			const words = document.createRange();
			const own = [...box.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
			const rects = own.flatMap((node) => {
				words.selectNodeContents(node);
				return [...words.getClientRects()];
			});
			const outs = [box.getBoundingClientRect(), ...rects].map(({ left, right }) =>
				isRtl ? edge.left - left : right - edge.right,
			);
			return Math.max(...outs);
		};
		const all = [...(sheet ?? document.body).querySelectorAll('*')]
			.filter((box) => box.checkVisibility() && beyond(box) > 0.5)
			.filter((box) => ![...box.children].some((child) => beyond(child) > 0.5))
			.sort((one, other) => beyond(other) - beyond(one));
		// What is drawn for a screen reader only has a place too, and is named where nothing else is out.
		const drawn = all.filter((box) => !isUnseen(box));
		const boxes = drawn.length > 0 ? drawn : all;
		return [
			`${scrollWidth - clientWidth} px wider than the window`,
			...boxes
				.slice(0, 3)
				.map((box) => `${Math.round(beyond(box))} px out: ${box.outerHTML.slice(0, 200)}`),
		];
	}, ROUNDING_PX);
}

/** What can be tapped and is smaller than a finger. A link among the words of a sentence is as high as they are. */
export function smallTargets(page: Page): Promise<string[]> {
	return page.evaluate((finger) => {
		const selector =
			'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab]';
		const small: string[] = [];
		for (const target of document.querySelectorAll<HTMLElement>(selector)) {
			if (!target.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
			// For the keyboard only: it is drawn once it has the focus.
			if (target.matches('.sr-only')) continue;
			// A sheet covers what lies below it.
			const sheet = document.querySelector('dialog:modal');
			if (sheet && !sheet.contains(target)) continue;
			// What stands in the words of a sentence.
			if (target.matches('a') && getComputedStyle(target).display === 'inline') {
				const around = target.parentElement?.textContent?.trim() ?? '';
				if (around !== target.textContent?.trim()) continue;
			}
			const label = target.closest('label') ?? document.querySelector(`label[for="${target.id}"]`);
			// A link that is spread over all of its card.
			const { content, position } = getComputedStyle(target, '::after');
			const isSpread = content !== 'none' && position === 'absolute';
			const tapped = isSpread
				? (target.offsetParent ?? target)
				: target.matches('[type=checkbox], [type=radio], [type=file]')
					? (label ?? target)
					: target;
			const { width, height } = tapped.getBoundingClientRect();
			// Drawn for a screen reader only, until it has the focus.
			if (width <= 1 || height <= 1) continue;
			if (width < finger - 0.5 || height < finger - 0.5)
				small.push(`${Math.round(width)}×${Math.round(height)} ${target.outerHTML.slice(0, 160)}`);
		}
		return small;
	}, FINGER_PX);
}

/** Words that a box around them cuts off, and words that lie on other words. */
export function cutWords(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const found: string[] = [];
		const sheet = document.querySelector('dialog:modal');
		const root = sheet ?? document.body;
		const isUnseen = (box: Element | null): boolean =>
			box !== null &&
			((box.getBoundingClientRect().width <= 1 && getComputedStyle(box).overflowX === 'hidden') ||
				getComputedStyle(box).clipPath === 'inset(50%)' ||
				isUnseen(box.parentElement));
		/** Some faces ask for more height than their line has, and leave it empty. */
		const inLine = (rect: DOMRect, around: Element): DOMRect => {
			const line = Number.parseFloat(getComputedStyle(around).lineHeight);
			const more = line < rect.height ? rect.height - line : 0;
			return new DOMRect(rect.x, rect.y + more / 2, rect.width, rect.height - more);
		};
		const pieces: { text: string; rect: DOMRect; around: Element }[] = [];
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
			const text = node.textContent?.trim() ?? '';
			const around = node.parentElement;
			if (text === '' || !around?.checkVisibility({ visibilityProperty: true })) continue;
			// The app's name gives way to its mark; what is for a screen reader only has no place.
			if (around.closest('header a, .sr-only, script, style, option, svg, #svelte-announcer'))
				continue;
			// Rows of a log stand in one line each; the whole of one is shown when it is chosen.
			if (around.closest('[data-abridged]')) continue;
			const range = document.createRange();
			range.selectNodeContents(node);
			let rects = [...range.getClientRects()]
				.filter(({ width, height }) => width > 1 && height > 1)
				.map((rect) => inLine(rect, around));
			// Drawn for a screen reader only, at this width.
			if (isUnseen(around)) continue;
			let isFree = true;
			for (let box: Element | null = around; box && box !== root; box = box.parentElement) {
				const style = getComputedStyle(box);
				if (
					style.position === 'sticky' ||
					style.position === 'fixed' ||
					style.position === 'absolute'
				)
					isFree = false;
				const edge = box.getBoundingClientRect();
				const cutsAcross = /hidden|clip/.test(style.overflowX);
				const cutsDown = /hidden|clip/.test(style.overflowY);
				const isCut = rects.some(
					(rect) =>
						(cutsAcross && (rect.left < edge.left - 1.5 || rect.right > edge.right + 1.5)) ||
						(cutsDown && (rect.top < edge.top - 6 || rect.bottom > edge.bottom + 6)),
				);
				if (isCut) found.push(`cut off: ${text.slice(0, 60)}`);
				if (/auto|scroll/.test(style.overflowX + style.overflowY)) {
					// What is scrolled out of sight lies on nothing.
					rects = rects.filter((rect) => rect.bottom < edge.bottom && rect.top > edge.top);
					break;
				}
			}
			if (isFree) pieces.push(...rects.map((rect) => ({ text, rect, around })));
		}
		pieces.forEach((one, at) => {
			for (const other of pieces.slice(at + 1)) {
				if (one.around.contains(other.around) || other.around.contains(one.around)) continue;
				const across =
					Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
				const down =
					Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
				if (across > 2 && down > 6)
					found.push(`on each other: ${one.text.slice(0, 40)} | ${other.text.slice(0, 40)}`);
			}
		});
		return [...new Set(found)];
	});
}

/** What moves, though the page was told that nothing should: by the style sheet, or by a script frame by frame. */
export function motions(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const running = document
			.getAnimations()
			.filter(({ playState, effect }) => {
				const timing = effect?.getComputedTiming();
				return playState === 'running' && Number(timing?.activeDuration ?? 0) > 20;
			})
			.map(({ effect }) => (effect as KeyframeEffect).target);
		const changes = new Map<Node, number>();
		const watch = new MutationObserver((seen) => {
			for (const target of new Set(seen.map((each) => each.target)))
				changes.set(target, (changes.get(target) ?? 0) + 1);
		});
		const attributeFilter = ['style', 'transform', 'd', 'x', 'y', 'cx', 'cy', 'width', 'height'];
		watch.observe(document, { subtree: true, attributes: true, attributeFilter });
		const startMs = performance.now();
		for (let frame = 0; frame < 12; frame += 1)
			await new Promise((done) => requestAnimationFrame(done));
		watch.disconnect();
		// What has come to be something else changes once or twice, and a clock once a second, which may be as
		// long as some frames of a busy machine; what is on its way changes at every frame.
		const most = Math.max(4, (performance.now() - startMs) / 1000 + 1);
		const driven = [...changes].filter(([, times]) => times > most).map(([target]) => target);
		return [...running, ...driven].map((target) =>
			target instanceof Element ? target.outerHTML.slice(0, 160) : '',
		);
	});
}

/** Where the focus can be and is not seen: nothing is drawn around it, or something lies on it. */
export async function unseenFocus(page: Page): Promise<string[]> {
	// From the keyboard on, the browser draws the focus.
	await page.keyboard.press('Shift');
	const hidden = await hiddenBy(page);
	return hidden.evaluate((whatHides) => {
		const found: string[] = [];
		const before = document.activeElement as HTMLElement | null;
		const sheet = document.querySelector('dialog:modal');
		const selector =
			'a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select, textarea, summary, [tabindex="0"]';
		for (const target of (sheet ?? document).querySelectorAll<HTMLElement>(selector)) {
			if (!target.checkVisibility({ visibilityProperty: true }) || target.tabIndex < 0) continue;
			target.focus();
			if (document.activeElement !== target) continue;
			const why = whatHides(target);
			if (why) found.push(`${why}: ${target.outerHTML.slice(0, 160)}`);
		}
		before?.focus();
		return found;
	});
}

/** Why the focus of the control that has it is not seen; undefined: it is. For use in the page. */
export function hiddenBy(
	page: Page,
): Promise<JSHandle<(target: HTMLElement) => 'not drawn' | 'covered' | undefined>> {
	return page.evaluateHandle(() => (target: HTMLElement) => {
		const isDrawn = (box: Element): boolean => {
			const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(box);
			return (
				(outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) ||
				/0px 0px 0px [2-9]/.test(boxShadow)
			);
		};
		const boxes: Element[] = [target];
		for (let box = target.parentElement; box && boxes.length < 4; box = box.parentElement)
			boxes.push(box);
		if (target.id) boxes.push(...document.querySelectorAll(`label[for="${target.id}"]`));
		boxes.push(...(target.nextElementSibling ? [target.nextElementSibling] : []));
		if (!boxes.some(isDrawn)) return 'not drawn';
		const { left, top, width, height } = target.getBoundingClientRect();
		if (width <= 1 || height <= 1) return undefined;
		const middle = document.elementFromPoint(left + width / 2, top + height / 2);
		return middle && !target.contains(middle) && !middle.contains(target) ? 'covered' : undefined;
	});
}

/** CSS frames come sixty times a second; a browser that gives none for this long has stopped drawing the page. */
const NO_FRAME_MS = 10_000;

/**
 * A change of window, theme or size of text is on the screen. A colour goes down the page frame by frame, each
 * box on its way when the one around it has arrived: three frames in which nothing is on its way are the end.
 * @throws Error where the browser draws nothing any more
 */
export async function drawn(page: Page): Promise<void> {
	const isDrawn = await page.evaluate(async (withinMs) => {
		const frame = () =>
			new Promise<boolean>((done) => {
				setTimeout(() => done(false), withinMs);
				requestAnimationFrame(() => done(true));
			});
		for (let still = 0, frames = 0; still < 3 && frames < 60; frames += 1) {
			if (!(await frame())) return false;
			const passing = document.getAnimations().some(({ effect }) => {
				const { endTime } = effect?.getComputedTiming() ?? {};
				return Number.isFinite(Number(endTime ?? 0));
			});
			still = passing ? 0 : still + 1;
		}
		return true;
	}, NO_FRAME_MS);
	if (!isDrawn) throw new Error(`the browser draws nothing of ${page.url()}`);
}
