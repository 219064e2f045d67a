/** How soon past sales are found in a real Chromium: on its own disk, in a page with the app's own functions. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { BROWSER_FLAGS } from './bench-browser.ts';
import { BenchPage } from './bench-page.ts';
import type { PastSales } from './past-sales-page.ts';

/** A phone beside the machine that this runs on. */
export const SLOWER = 4;

/** Of many runs of the same. */
export interface Looked {
	readonly medianMs: number;
	/** Nine of ten took no longer. */
	readonly mostMs: number;
	readonly worstMs: number;
}

export type Looks = Readonly<
	Record<'search by meter' | 'search, nothing there' | 'first page of sales' | 'glance', Looked>
>;

const ASKS = 50;

/** @param executablePath a Chromium or Chrome */
export async function searchPastSales(
	executablePath: string,
	sales: number,
): Promise<Readonly<Record<'plain' | 'slower', Looks>>> {
	const profile = mkdtempSync(join(tmpdir(), 'tokenline-bench-profile-'));
	const served = await BenchPage.of(fileURLToPath(new URL('past-sales-page.ts', import.meta.url)));
	const browser = await chromium.launchPersistentContext(profile, {
		...{ executablePath, args: [...BROWSER_FLAGS], headless: true },
	});
	try {
		const page = await browser.newPage();
		page.setDefaultTimeout(600_000);
		await page.goto(served.origin);
		await page.waitForFunction(() => 'pastSales' in globalThis);
		const throttle = await browser.newCDPSession(page);
		await page.evaluate(
			(count) => (globalThis as unknown as { pastSales: PastSales }).pastSales.fill(count),
			sales,
		);
		const look = async (rate: number): Promise<Looks> => {
			await throttle.send('Emulation.setCPUThrottlingRate', { rate });
			const took = await page.evaluate(
				(asks) => (globalThis as unknown as { pastSales: PastSales }).pastSales.look(asks),
				ASKS,
			);
			const looked = Object.entries(took).map(([name, tookMs]) => [name, lookedOf(tookMs)]);
			return Object.fromEntries(looked) as Looks;
		};
		return { plain: await look(1), slower: await look(SLOWER) };
	} finally {
		await browser.close();
		await served.close();
		rmSync(profile, { recursive: true, force: true });
	}
}

function lookedOf(tookMs: readonly number[]): Looked {
	const inOrder = [...tookMs].sort((one, other) => one - other);
	const at = (share: number) => inOrder[Math.floor(inOrder.length * share)] ?? 0;
	return { medianMs: at(0.5), mostMs: at(0.9), worstMs: inOrder.at(-1) ?? 0 };
}
