/** A day at a till: one browser with two tabs, a gate with weather, a printer, and whatever befalls them. */
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import type { Backend } from '../../harness/backend.ts';
import type { ReceiptPrinter } from '../../harness/receipt-printer.ts';
import { goToWay, tryNow, unlockTill } from './agent.ts';
import type { Phone } from './browser.ts';
import type { Order, Step, Strike } from './day-plan.ts';
import { eventually } from './eventually.ts';
import { sellByKeys, type Shown } from './sell-by-keys.ts';
import { readDevice } from './till-device.ts';
import type { ToldSale } from './three-books.ts';
import type { Weather } from './weather.ts';

export interface DayWorld {
	readonly origin: string;
	readonly backend: Backend;
	readonly phone: Phone;
	readonly weather: Weather;
	readonly printer: ReceiptPrinter;
	/** Folder of the next version's build, of another version each time. */
	readonly nextBuild: () => { readonly version: string; readonly folder: string };
}

type Told = { -readonly [Key in keyof ToldSale]: ToldSale[Key] };

export class Day {
	readonly told: Told[] = [];
	/** After so many octets the browser died. */
	readonly breaks: number[] = [];
	tabs: readonly [Page, Page];
	readonly #world: DayWorld;
	#isDying = false;

	constructor(world: DayWorld, tabs: readonly [Page, Page]) {
		this.#world = world;
		this.tabs = tabs;
	}

	async step(step: Step): Promise<void> {
		this.#world.weather.sky = step.sky;
		if (step.version) return await this.#changeVersion(step, step.version);
		if (step.reload !== undefined) await this.#reload(this.tabs[step.reload]);
		if (!step.strike) return await this.#sellAll(step);
		if (step.strike.kill === 'server') await this.#sellAsServerDies(step, step.strike.at);
		else await this.#sellAsBrowserDies(step, step.strike.at);
	}

	/** Everything that waits is handed in when this resolves. */
	async calm(): Promise<void> {
		const { weather } = this.#world;
		weather.sky = 'clear';
		const [page] = this.tabs;
		await eventually(
			'everything is handed in',
			async () => {
				await tryNow(page);
				const { progress } = await readDevice(page);
				return progress.every(({ state }) => state === 'done');
			},
			60_000,
		);
	}

	async #sellAll({ orders, tab }: Step, tap?: (page: Page) => Promise<void>): Promise<void> {
		const [first, second] = tab === 0 ? this.tabs : [this.tabs[1], this.tabs[0]];
		const [one, other] = orders;
		await Promise.all([this.#serve(first, one, tap), other && this.#serve(second, other)]);
	}

	async #serve(page: Page, order: Order, tap?: (page: Page) => Promise<void>): Promise<void> {
		const told: Told = { order, shown: null };
		this.told.push(told);
		try {
			told.shown = await sellByKeys(page, order, tap);
			checkChange(order, told.shown);
		} catch (cause) {
			if (this.#isDying) return;
			const screen = await page.locator('body').innerText();
			const what = `${order.drn} for ${order.amountMinor}, sale ${this.told.length}`;
			throw new Error(`${what}, on the screen:\n${screen}`, { cause });
		}
	}

	async #sellAsServerDies(step: Step, at: Strike['at']): Promise<void> {
		const { backend, weather } = this.#world;
		const fallen = weather.strikeAt(at === 'answer' ? at : 'request', () => backend.kill());
		const revived = fallen.then(() => backend.start());
		await this.#sellAll(step);
		if (weather.callOff()) {
			await backend.kill();
			await backend.start();
		} else await revived;
	}

	async #sellAsBrowserDies(step: Step, at: Strike['at']): Promise<void> {
		const { phone, printer, weather } = this.#world;
		const before = printer.count;
		const kill = async () => {
			this.#isDying = true;
			await phone.kill();
		};
		if (at === 'tap')
			await this.#sellAll(step, async (page) => {
				await page.keyboard.press('Enter');
				await kill();
			});
		else if (at === 'paper') {
			const paper = eventually('a paper begins', () => printer.count > before, 20_000);
			await Promise.all([this.#sellAll(step), paper.then(kill, () => undefined)]);
		} else {
			const fallen = weather.strikeAt(at, kill);
			await this.#sellAll(step);
			if (!weather.callOff()) await fallen;
		}
		if (!this.#isDying) await kill();
		await this.#revive();
	}

	async #revive(): Promise<void> {
		const { phone, printer } = this.#world;
		await phone.start();
		this.tabs = [await phone.tab(), await phone.tab()];
		this.breaks.push(printer.count);
		for (const tab of this.tabs) await this.#open(tab);
		this.#isDying = false;
	}

	async #open(tab: Page): Promise<void> {
		await tab.goto(`${this.#world.origin}/agent`);
		await unlockTill(tab);
	}

	async #reload(tab: Page): Promise<void> {
		await tab.reload();
		await unlockTill(tab);
	}

	/**
	 * A new version comes while rows wait: no tab offers it. `taken`: it is once they have arrived.
	 * `woken-to`: the browser dies first, and what was written by the version before is handed in by this one.
	 */
	async #changeVersion(step: Step, how: NonNullable<Step['version']>): Promise<void> {
		const { backend, phone, weather } = this.#world;
		const { folder, version } = this.#world.nextBuild();
		weather.sky = 'gone';
		await this.#sellAll({ ...step, sky: 'gone' });
		await this.#sellAll({ ...step, orders: [sure(step)] });
		await backend.kill();
		backend.build = folder;
		await backend.start();
		weather.sky = 'files-only';
		const [first, second] = this.tabs;
		await this.#reload(first);
		await eventually('the new version waits', () => first.evaluate(isWaiting));
		const offered = first.getByRole('button', { name: en.frame.update.take });
		if ((await this.#pending()) === 0) throw new Error('nothing waits for the backend');
		if (await offered.isVisible()) throw new Error('a new version is offered while rows wait');
		if (how === 'woken-to') {
			this.#isDying = true;
			await phone.kill();
			await this.#revive();
			if ((await this.#pending()) === 0) throw new Error('nothing of the version before waits');
			await this.calm();
		} else {
			await this.calm();
			// It is offered with the next screen.
			await goToWay(first, 'shift');
			await goToWay(first, 'sell');
			await offered.click();
			await unlockTill(first);
			await this.#reload(second);
		}
		await eventually('the new version is the one', async () => {
			const kept = await this.tabs[0].evaluate(() => caches.keys());
			return kept.includes(`tokenline-${version}`);
		});
	}

	async #pending(): Promise<number> {
		const { progress } = await readDevice(this.tabs[0]);
		return progress.filter(({ state }) => state !== 'done').length;
	}
}

/** An order that is sold whatever the weather, beside those of the plan. */
function sure({ orders: [{ amountMinor }] }: Step): Order {
	return { drn: SURE, amountMinor: (amountMinor % 50_000) + 10_025, tenderedMinor: null };
}

const SURE = '00000000018';

const isWaiting = async (): Promise<boolean> =>
	Boolean((await navigator.serviceWorker.getRegistration())?.waiting);

function checkChange({ amountMinor, tenderedMinor }: Order, shown: Shown): void {
	if (shown.kind !== 'issued' && shown.kind !== 'provisional') return;
	const changeMinor = Math.round(Number(shown.change) * 100);
	const due = (tenderedMinor ?? amountMinor) - amountMinor;
	if (changeMinor !== due) throw new Error(`change ${shown.change}, for ${due}`);
}
