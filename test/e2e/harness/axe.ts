/** What axe objects to on the page as it stands: WCAG 2.2 A and AA, and what axe holds for good practice. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @param rules `colours`: those alone that may say something else of the same page in another theme */
export async function objections(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
	// By way of the debugger: the pages' own policy lets no foreign script in.
	if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
	return await page.evaluate(async (only) => {
		const { axe } = globalThis as unknown as {
			axe: {
				run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
			};
		};
		// A colour on its way from one state to another is nobody's contrast: what ends is waited for, and what
		// begins then in whatever inherits from it. By looking, because a browser that draws nothing anew may not
		// tell of the end.
		const isPassing = () =>
			document
				.getAnimations()
				.some(
					({ effect, playState }) =>
						playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime ?? 0),
				);
		let quiet = 0;
		for (let looks = 0; looks < 250 && quiet < 2; looks += 1) {
			quiet = isPassing() ? 0 : quiet + 1;
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		const { violations } = await axe.run({
			// What passed is not written out, and style sheets of other origins there are none.
			resultTypes: ['violations'],
			preload: false,
			...(only === 'colours' && {
				runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
			}),
		});
		return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
	}, rules);
}
