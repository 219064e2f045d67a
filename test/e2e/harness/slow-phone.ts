/** A page as on the cheapest phone, four times as slow as this machine, and behind a slow line; what it then sees. */
import type { CDPSession, Page } from 'playwright-core';

/** What Lighthouse's mobile profile has too: 4× slower, 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
export const SLOW_CPU = 4;
const SLOW_LINE = {
	...{ offline: false, latency: 150 },
	downloadThroughput: (1.6 * 1024 * 1024) / 8,
	uploadThroughput: (750 * 1024) / 8,
} as const;

/** Slows a page down; its service worker and the rest of the machine stay as they are. */
export async function slowDown(page: Page, line: 'slow' | 'as-it-is'): Promise<CDPSession> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_CPU });
	if (line === 'slow') {
		await session.send('Network.enable');
		await session.send('Network.emulateNetworkConditions', SLOW_LINE);
	}
	return session;
}

/** Something on the screen that moved by itself: how much of the screen, and which elements. */
export interface Shift {
	readonly value: number;
	readonly moved: readonly string[];
}

/** From the next navigation on, every page of this tab notes what moves. */
export async function watchShifts(page: Page): Promise<void> {
	await page.addInitScript(() => {
		interface Source {
			readonly node?: Element | null;
			readonly previousRect: DOMRectReadOnly;
			readonly currentRect: DOMRectReadOnly;
		}
		type Entry = PerformanceEntry & {
			value: number;
			hadRecentInput: boolean;
			sources: readonly Source[];
		};
		const shifts: unknown[] = [];
		Object.assign(globalThis, { shifts });
		const box = ({ x, y, width, height }: DOMRectReadOnly): string =>
			[x, y, width, height].map(Math.round).join(' ');
		new PerformanceObserver((list) => {
			for (const { value, hadRecentInput, sources } of list.getEntries() as Entry[]) {
				if (hadRecentInput) continue;
				const moved = sources.map(({ node, previousRect, currentRect }) => {
					const what = node?.outerHTML ? node.outerHTML.slice(0, 160) : 'text';
					return `${box(previousRect)} → ${box(currentRect)}: ${what}`;
				});
				shifts.push({ value, moved });
			}
		}).observe({ type: 'layout-shift', buffered: true });
	});
}

/** What has moved on the page by itself since it was opened. */
export const shiftsOf = (page: Page): Promise<Shift[]> =>
	page.evaluate(
		() =>
			new Promise<Shift[]>((resolve) =>
				// After what is being drawn now.
				requestAnimationFrame(() =>
					setTimeout(() => resolve((globalThis as unknown as { shifts: Shift[] }).shifts), 0),
				),
			),
	);
