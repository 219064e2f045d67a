/** What the service worker keeps of the app, read from its caches by a page. */
import type { Page } from 'playwright-core';
import type { FileNames } from '#lib/core/sync/audiences.ts';
import { eventually } from './eventually.ts';
import { audienceFiles } from './traffic.ts';

/** Paths below the origin, with their leading slash. */
export const keptPaths = (page: Page): Promise<string[]> =>
	page.evaluate(async () => {
		const paths: string[] = [];
		for (const name of await caches.keys())
			for (const { url } of await (await caches.open(name)).keys())
				paths.push(new URL(url).pathname);
		return paths;
	});

export async function areKept(page: Page, names: FileNames): Promise<boolean> {
	const kept = new Set(await keptPaths(page));
	return names.every((name) => kept.has(`/${name}`));
}

/** What is made of these files of the build starts without a network when this resolves. */
export const untilKept = (page: Page, names: FileNames): Promise<void> =>
	eventually(`${names.length} files are kept`, () => areKept(page, names), 60_000);

/** Of a part that is kept from its first use on, in English. @param name as the table of the build has it */
export function partFiles(name: string): FileNames {
	const part = audienceFiles().onUse[name];
	if (!part) throw new Error(`no part ${name}`);
	return [...part.files, ...part.languages.en];
}
