/** A page gone through by its keys alone, with a note of every stop at which somebody would be lost. */
import type { Locator, Page } from 'playwright-core';
import { hiddenBy } from '../screens/measure.ts';
import { eventually } from './eventually.ts';

/** More stops than any screen has. */
const MOST_STOPS = 60;

/** Where a Tab has led to. */
interface Stop {
	readonly name: string;
	/** Left out where the page itself has the focus. */
	readonly hidden?: string | undefined;
	/** In the header, the screen, the ways below it, or a sheet. */
	readonly part: string;
	readonly box: { readonly left: number; readonly top: number; readonly height: number };
}

export class Keys {
	/** What is wrong, each with its screen. */
	readonly found: string[] = [];
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	press(key: string): Promise<void> {
		return this.page.keyboard.press(key);
	}

	/** With Tab, or Shift+Tab, until this has the focus. */
	async to(goal: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
		await goal.waitFor();
		let last: Stop | undefined;
		for (let stops = 0; stops < MOST_STOPS; stops += 1) {
			await this.press(key);
			const stop = await this.#stop();
			if (stop) {
				this.#judge(stop, key === 'Tab' ? last : undefined);
				last = stop;
			}
			if (await goal.evaluate((target) => target === document.activeElement)) return;
		}
		throw new Error(`${await this.#where()}: the keys never came to ${String(goal)}`);
	}

	/** After a change of the screen, once it shows what is waited for: the focus is on it. */
	async changedTo(shown: Locator): Promise<void> {
		await shown.waitFor();
		// What has come takes the focus when it is drawn, and not before.
		await eventually(`${await this.#where()}: the focus is on the screen`, () =>
			this.page.evaluate(() => {
				const place = document.querySelector('dialog:modal') ?? document.querySelector('main');
				return place?.contains(document.activeElement) ?? false;
			}),
		);
	}

	/** Waits until this has the focus. */
	async on(target: Locator): Promise<void> {
		await eventually(`${await this.#where()}: the focus is on ${String(target)}`, () =>
			target.evaluate((one) => one === document.activeElement),
		);
	}

	/** Undefined: nothing of the page has the focus, as after its last control. */
	async #stop(): Promise<Stop | undefined> {
		const hidden = await hiddenBy(this.page);
		return hidden.evaluate((whatHides) => {
			const target = document.activeElement;
			if (!(target instanceof HTMLElement) || target === document.body) return undefined;
			const { left, right, top, height } = target.getBoundingClientRect();
			const isRtl = document.documentElement.dir === 'rtl';
			const part = target.closest('dialog, header, main, nav')?.localName ?? '';
			return {
				...{ name: target.outerHTML.slice(0, 140), hidden: whatHides(target), part },
				// Counted from where reading begins.
				box: { left: isRtl ? innerWidth - right : left, top, height },
			};
		});
	}

	#judge({ name, hidden, part, box }: Stop, last: Stop | undefined): void {
		if (hidden) this.found.push(`${this.page.url()}: ${hidden}: ${name}`);
		if (last?.part !== part) return;
		const isSameRow =
			Math.min(last.box.top + last.box.height, box.top + box.height) -
				Math.max(last.box.top, box.top) >
			Math.min(last.box.height, box.height) / 2;
		if (isSameRow && box.left < last.box.left)
			this.found.push(`${this.page.url()}: read before, reached after ${last.name}: ${name}`);
	}

	async #where(): Promise<string> {
		const at = await this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 140));
		return `${new URL(this.page.url()).pathname} (at ${at})`;
	}
}
