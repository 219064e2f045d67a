/** Parts of the app that are kept from their first use, a moment after it. */
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { audienceFiles } from './traffic.ts';

/** Waits until a part starts without a network, in English. @param name as the table of the build has it */
export async function untilKept(page: Page, name: string): Promise<void> {
	const part = audienceFiles().onUse[name];
	if (!part) throw new Error(`no part ${name}`);
	const paths = [...part.files, ...part.languages.en].map((file) => `/${file}`);
	await eventually(`the part ${name} is kept`, () =>
		page.evaluate(async (all) => {
			const kept = await Promise.all(all.map((path) => caches.match(path)));
			return kept.every(Boolean);
		}, paths),
	);
}
