/** A tab with `line-page.ts` in it: every call of its bench is one in the page. */
import type { Page } from 'playwright-core';
import type { FarEnd } from '../../contract/line-contract.ts';
import type { Phone } from './browser.ts';
import type { LineBench } from './line-page.ts';

type InPage = Record<string, (...facts: unknown[]) => unknown>;

/** Opens the page at `origin`; what its lines lead to is `farEnd`, in the test's own process. */
export async function openBench(
	browser: Phone,
	origin: string,
	farEnd: FarEnd,
): Promise<{ page: Page; bench: LineBench }> {
	const page = await browser.tab();
	await page.exposeFunction('farSend', (text: string) =>
		farEnd.send(Uint8Array.from(Buffer.from(text, 'latin1'))),
	);
	await page.exposeFunction('farReceive', async (count: number) =>
		Buffer.from(await farEnd.receive(count)).toString('latin1'),
	);
	await page.exposeFunction('farBreakOff', () => farEnd.breakOff());
	await page.goto(origin);
	const bench = new Proxy({} as LineBench, {
		get:
			(_bench, name: string) =>
			(...facts: unknown[]) =>
				page.evaluate(
					([called, given]) =>
						(globalThis as unknown as { lineBench: InPage }).lineBench[called]?.(...given),
					[name, facts] as const,
				),
	});
	return { page, bench };
}
