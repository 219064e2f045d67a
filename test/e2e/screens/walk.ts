/** What a walk through a consumer's screens goes with. */
import type { Page } from 'playwright-core';
import type { Words } from '#lib/core/words/catalogue.ts';
import type { Phone } from '../harness/browser.ts';
import type { LookOver } from './look-over.ts';

export interface Walk {
	readonly over: LookOver;
	readonly phone: Phone;
	readonly page: Page;
	readonly origin: string;
	readonly words: Words;
	/** With the checks that do not change with the language. */
	readonly isWhole: boolean;
}

/** Looks at the walk's page, or at another tab of its phone. */
export const see = (
	{ over, page, isWhole }: Walk,
	route: string,
	name: string,
	on: Page = page,
): Promise<void> => over.look(on, route, name, isWhole);

/** A screen is there once its heading is. */
export const titled = ({ page }: Walk, title: string): Promise<void> =>
	page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
