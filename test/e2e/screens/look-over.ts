/**
 * One look at a screen as it stands: axe in light and dark, on a phone and on a laptop; then fingers, motion
 * and focus; then the narrowest phone, and text at twice its size. What is found is noted, not thrown: a
 * walk goes on to its end.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { objections } from '../harness/axe.ts';
import { eventually } from '../harness/eventually.ts';
import { cutWords, drawn, motions, smallTargets, tooWide, unseenFocus } from './measure.ts';
import { allRoutes, isConsumers, routeFor } from './routes.ts';

export const PHONE = { width: 360, height: 740 };
export const LAPTOP = { width: 1366, height: 768 };
const NARROWEST = { width: 320, height: 640 };
const DEVICES = { phone: PHONE, laptop: LAPTOP } as const;

/** How axe sees a screen. In the other theme the same boxes stand in the same places. */
const WHOLE = [
	{ colorScheme: 'light', device: 'phone', rules: 'all' },
	{ colorScheme: 'light', device: 'laptop', rules: 'all' },
	{ colorScheme: 'dark', device: 'phone', rules: 'colours' },
	{ colorScheme: 'dark', device: 'laptop', rules: 'colours' },
] as const;
const USUAL = [
	{ colorScheme: 'light', device: 'phone', rules: 'all' },
	{ colorScheme: 'dark', device: 'laptop', rules: 'all' },
] as const;

/** Pictures are made of every screen into this folder, where it is named; they are to be looked at by people. */
const SHOTS = process.env['TOKENLINE_SHOTS'];

export class LookOver {
	/** What is wrong, each with its screen. */
	readonly found: string[] = [];
	readonly seen = new Set<string>();
	readonly #routes = allRoutes();
	#place = 0;

	/**
	 * @param name of the screen's state, for the notes and as a file's name
	 * @param isWhole with the checks that do not change with the language
	 */
	async look(page: Page, route: string, name: string, isWhole = true): Promise<void> {
		await eventually(`${route} (${name}) is open`, () => this.#isOn(page, route));
		await page.getByRole('heading', { level: 1 }).first().waitFor();
		this.seen.add(route);
		const language = await page.evaluate(() => document.documentElement.lang);
		const where = `${route} (${name}) ${language}`;
		const note = (how: string, what: readonly string[]): void => {
			this.found.push(...what.map((each) => `${where}, ${how}: ${each}`));
		};
		const before = page.viewportSize() ?? PHONE;
		await this.#shoot(page, route, name, language);
		for (const { colorScheme, device, rules } of isWhole ? WHOLE : USUAL) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.setViewportSize(DEVICES[device]);
			await drawn(page);
			note(`axe, ${device}, ${colorScheme}`, await objections(page, rules));
		}
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		if (isWhole) {
			note('moves', await motions(page));
			note('laptop, focus', await unseenFocus(page));
			note('laptop, too small', await smallTargets(page));
		}
		await page.setViewportSize(PHONE);
		await drawn(page);
		if (isWhole) note('focus', await unseenFocus(page));
		note('too small', await smallTargets(page));
		note('phone', await cutWords(page));
		await page.setViewportSize(NARROWEST);
		await this.#fits(page, '320 px', note);
		// Staff's screens are held to the width of their phones: a till's tables have no room at both at once.
		const [width, how] = isConsumers(route) ? [NARROWEST, '320 px'] : [PHONE, '360 px'];
		await page.setViewportSize(width);
		await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
		await this.#fits(page, `${how}, text at 200 %`, note);
		await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
		await page.setViewportSize(before);
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	}

	/** Routes that no walk came to, of those that are asked for. */
	missed(isAsked: (route: string) => boolean): string[] {
		return this.#routes.filter((route) => isAsked(route) && !this.seen.has(route));
	}

	#isOn(page: Page, route: string): boolean {
		return routeFor(new URL(page.url()).pathname, this.#routes) === route;
	}

	async #fits(page: Page, how: string, note: Note): Promise<void> {
		await drawn(page);
		note(how, await tooWide(page));
		note(how, await cutWords(page));
	}

	async #shoot(page: Page, route: string, name: string, language: string): Promise<void> {
		if (!SHOTS || !['en', 'ar'].includes(language)) return;
		mkdirSync(SHOTS, { recursive: true });
		this.#place += 1;
		const place = String(this.#place).padStart(3, '0');
		const file = `${place}-${language}${route.replaceAll('/', '_').replace(/[[\]]/g, '')}-${name}`;
		for (const [device, size] of Object.entries(DEVICES))
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
				await page.setViewportSize(size);
				await drawn(page);
				const path = join(SHOTS, `${file.replaceAll(' ', '-')}-${device}-${colorScheme}.png`);
				await page.screenshot({ path });
			}
	}
}

type Note = (how: string, what: readonly string[]) => void;
