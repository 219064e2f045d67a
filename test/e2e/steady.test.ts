/**
 * Nothing moves under a consumer's finger: every screen of the app on a slow phone and a slow link, come upon by
 * a tap in the app and as the very first page, without a single layout shift.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { ar } from '#lib/core/words/ar/catalogue.ts';
import { en, type Words } from '#lib/core/words/catalogue.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import { Backend } from '../harness/backend.ts';
import { readBooks } from './harness/books.ts';
import { Phone, PHONE } from './harness/browser.ts';
import { saleShown } from './harness/consumer.ts';
import { BLOCKED, COTTAGE, HOUSE_EA07, KITCHEN, WORKSHOP } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { Gate } from './harness/gate.ts';
import { approve } from './harness/payer.ts';
import { ShiftWatch } from './harness/shifts.ts';
import { SlowLink, SLOW_MOBILE } from './harness/slow-link.ts';

const SLOWER = 4;
const NARROW = { width: 320, height: 568 };

let gate: Gate;
let backend: Backend;

beforeAll(async () => {
	gate = await Gate.open();
	backend = await Backend.prepared(gate.origin);
	gate.backendPort = backend.port;
	new SlowLink(gate, SLOW_MOBILE);
});

afterAll(async () => {
	await backend?.dispose();
	await gate?.close();
});

const WALKS = [
	{ language: 'en', words: en, window: PHONE, drn: KITCHEN, set: COTTAGE },
	{ language: 'ar', words: ar, window: NARROW, drn: WORKSHOP, set: null },
] as const;

// Both at once: most of a walk is waiting for the link.
describe('on a slow phone', () => {
	it.concurrent.each(WALKS)(
		'nothing moves in $language, $window.width wide',
		async ({ language, words, window, drn, set }) => {
			// Everything comes over the link: no service worker goes on behind the page.
			const phone = await Phone.start({ viewport: window, serviceWorkers: false });
			try {
				const page = await phone.tab();
				// Four times slower than a machine that may be busy itself.
				page.setDefaultTimeout(60_000);
				await page.addInitScript(
					(own) => localStorage.setItem('tokenline-language', own),
					language,
				);
				const watch = await ShiftWatch.on(page);
				const session = await page.context().newCDPSession(page);
				await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
				const walk = new Walk(page, watch, gate.origin, words);
				await walk.firstVisit(drn);
				const declined = await walk.buy(drn, 'declined');
				await walk.load(`/purchases/${declined}`, 'main dl');
				const id = await walk.buy(drn, 'approved');
				await walk.loadEach(id, drn);
				await walk.follow(id, drn);
				await walk.acts(id, drn);
				await walk.endsMeanwhile(drn);
				await walk.minuteEnds();
				if (set !== null) await walk.enterSet(set);
				expect(watch.shifts).toEqual([]);
				expect(phone.errors).toEqual([]);
			} finally {
				await phone.dispose();
			}
		},
		600_000,
	);
});

/** Selectors of what is there when a screen is. */
const SEEN = {
	usual: '[data-testid=usual-meter]',
	digits: '[data-testid=token-digits]',
	number: '#meter-number',
	free: '[data-testid=fetch-free]',
	keys: '[data-key]',
} as const;

class Walk {
	readonly #page: Page;
	readonly #watch: ShiftWatch;
	readonly #origin: string;
	readonly #words: Words;

	constructor(page: Page, watch: ShiftWatch, origin: string, words: Words) {
		this.#page = page;
		this.#watch = watch;
		this.#origin = origin;
		this.#words = words;
	}

	/** A link followed without a person's input, so that the half second after it counts too. */
	async tap(href: string, seen: string): Promise<void> {
		await this.#watch.during(`tap to ${href}`, async () => {
			const link = this.#page.locator(`a[href="${href}"]`).first();
			await link.evaluate((box) => (box as HTMLElement).click());
			await this.#page.waitForURL(`${this.#origin}${href}`);
			await this.#seen(seen);
		});
	}

	async back(to: string, seen: string): Promise<void> {
		await this.#watch.during(`back to ${to}`, async () => {
			await this.#page.goBack();
			await this.#page.waitForURL(`${this.#origin}${to}`);
			await this.#seen(seen);
		});
	}

	/** As the first page of a visit. */
	async load(path: string, seen: string): Promise<void> {
		await this.#watch.during(`load of ${path}`, async () => {
			await this.#page.goto(`${this.#origin}${path}`);
			await this.#seen(seen);
		});
	}

	#seen(selector: string): Promise<void> {
		return this.#page.locator(selector).first().waitFor();
	}

	/** A person's own act: what answers it at once may move things, what comes later may not. */
	#act(step: string, act: () => Promise<unknown>, seen: string): Promise<void> {
		return this.#watch.during(step, async () => {
			await act();
			await this.#seen(seen);
		});
	}

	/** Nothing is kept on the phone. */
	async firstVisit(drn: string): Promise<void> {
		await this.load('/', `a[href="/meter/${drn}"]`);
		await this.load('/purchases', 'main h2');
		await this.load(`/meter/${BLOCKED}`, 'main [role=alert]');
		await this.load(`/meter/${HOUSE_EA07}`, `a[href="/meter/${HOUSE_EA07}/free"]`);
		await this.load('/no-such-page', 'main h1');
	}

	/** Returns the sale's id. */
	async buy(drn: string, outcome: string): Promise<string> {
		const page = this.#page;
		await this.load('/', `a[href="/meter/${drn}"]`);
		await this.tap(`/meter/${drn}`, `a[href="/meter/${drn}/use"]`);
		await this.#act(
			'the amount',
			() => page.locator('#amount').pressSequentially('500'),
			'main details',
		);
		let id = '';
		await this.#act(
			'the wish',
			async () => {
				await page.getByTestId('pay').click();
				id = await saleShown(page);
			},
			'[data-testid=approve]',
		);
		await this.load(`/purchases/${id}`, '[data-testid=approve]');
		await this.#act(
			'to the payment',
			() => page.getByTestId('approve').click(),
			'button[formaction]',
		);
		await this.#watch.during('the payment', async () => {
			const choice = page.locator(`button[formaction="?${outcome}"]`);
			await choice.click();
			await page.waitForURL(/\/purchases\//);
			await this.#seen(outcome === 'approved' ? SEEN.digits : `a[href="/meter/${drn}"]`);
		});
		return id;
	}

	/** Every screen as the first page of a visit. */
	async loadEach(id: string, drn: string): Promise<void> {
		const sale = `/purchases/${id}`;
		for (const [path, seen] of [
			['/', SEEN.usual],
			[`/meter/${drn}`, `a[href="/meter/${drn}/use"]`],
			[`/meter/${drn}/use`, '[data-testid=days-left]'],
			[`/meter/${HOUSE_EA07}/free`, SEEN.free],
			['/purchases', `a[href="${sale}"]`],
			[sale, SEEN.digits],
			[`${sale}/enter`, '[data-testid=lit-group]'],
			[`${sale}/refused`, '[data-saying]'],
			[`${sale}/deliver`, '[data-way]'],
			['/claim', SEEN.number],
			['/fetch', 'form'],
			['/virtual-meter', `a[href="/virtual-meter/${drn}"]`],
			[`/virtual-meter/${drn}`, SEEN.keys],
		] as const)
			await this.load(path, seen);
	}

	/** Every screen by a tap on another one, and by the way back. */
	async follow(id: string, drn: string): Promise<void> {
		const sale = `/purchases/${id}`;
		await this.back('/virtual-meter', `a[href="/virtual-meter/${drn}"]`);
		await this.tap('/purchases', `a[href="${sale}"]`);
		await this.tap(sale, SEEN.digits);
		for (const [path, seen] of [
			[`${sale}/enter`, '[data-testid=lit-group]'],
			[`${sale}/refused`, '[data-saying]'],
			[`${sale}/deliver`, '[data-way]'],
		] as const) {
			await this.tap(path, seen);
			await this.back(sale, SEEN.digits);
		}
		await this.back('/purchases', `a[href="${sale}"]`);
		await this.tap(`/meter/${drn}/use`, '[data-testid=days-left]');
		await this.tap(`/meter/${drn}`, `a[href="/meter/${drn}/use"]`);
		await this.tap('/', SEEN.usual);
		await this.tap(`/meter/${HOUSE_EA07}`, `a[href="/meter/${HOUSE_EA07}/free"]`);
		await this.tap(`/meter/${HOUSE_EA07}/free`, SEEN.free);
		await this.tap(`/meter/${HOUSE_EA07}`, `a[href="/meter/${HOUSE_EA07}/free"]`);
		await this.tap('/', SEEN.usual);
		for (const [path, seen] of [
			['/claim', SEEN.number],
			['/fetch', 'form'],
		] as const) {
			await this.tap(path, seen);
			await this.back('/', SEEN.usual);
		}
		await this.tap('/virtual-meter', `a[href="/virtual-meter/${drn}"]`);
		await this.tap(`/virtual-meter/${drn}`, SEEN.keys);
	}

	/** What a person does on a screen, and what comes of it over the link. */
	async acts(id: string, drn: string): Promise<void> {
		const page = this.#page;
		const words = this.#words;
		const sale = `/purchases/${id}`;
		await this.#act(
			'a token at the meter',
			async () => {
				await page.keyboard.type('12345678901234567890');
				await page.keyboard.press('Enter');
			},
			'[data-verdict]',
		);
		await this.load(`${sale}/enter`, '[data-testid=lit-group]');
		await this.#act(
			'the groups',
			async () => {
				for (let group = 0; group < 5; group += 1) await page.getByTestId('next-group').click();
			},
			'[data-answer=refused]',
		);
		await this.#act(
			'refused',
			() => page.locator('[data-answer=refused]').click(),
			'[data-saying]',
		);
		await this.#act(
			'what it says',
			() => page.locator('[data-saying=wrong-token]').click(),
			'form#doctor',
		);
		await this.#act(
			'the typed digits',
			async () => {
				await page.getByLabel(words.rejectDoctor.typed.field).fill('12345678901234567890');
				await page.getByRole('button', { name: words.rejectDoctor.typed.compare }).click();
			},
			'[data-cause], [data-next]',
		);
		await this.load('/claim', SEEN.number);
		await this.#act(
			'a claim',
			async () => {
				await page.locator(SEEN.number).fill(drn);
				await page
					.getByLabel(words.claim.field)
					.fill(makeCode(Uint8Array.from([9, 8, 7, 6, 5, 4, 3, 1])));
				await page.getByRole('button', { name: words.claim.ask }).click();
			},
			`text=${words.claim.notArrived.title}`,
		);
		await this.load(`/meter/${drn}/use`, '[data-testid=days-left]');
		await this.#act(
			'a reading',
			async () => {
				await page.locator('#reading').fill('12.5');
				await page.getByRole('button', { name: words.use.reading.save }).click();
			},
			'[data-testid=last-reading]',
		);
		await this.#act(
			'a reminder',
			() => page.locator('[data-remind="3"]').click(),
			'[data-remind="3"][aria-pressed=true]',
		);
	}

	/** A purchase that another one is told of, and that ends while this is read. */
	async endsMeanwhile(drn: string): Promise<void> {
		const page = this.#page;
		await this.load(`/meter/${drn}`, '#amount');
		await page.locator('#amount').pressSequentially('250');
		await page.getByTestId('pay').click();
		const id = await saleShown(page);
		await page.getByTestId('approve').waitFor();
		await this.load(`/meter/${drn}`, '[data-testid=under-way]');
		const told = page.getByRole('status').filter({ has: page.getByTestId('under-way') });
		await this.#watch.during('the other purchase ends', async () => {
			await approve(this.#origin, readBooks(backend.home, id).paymentId ?? '');
			await told.getByText(this.#words.purchase.states.issued, { exact: true }).waitFor();
		});
	}

	/** The last purchase was made now, and a minute ago while its list is read; nobody says what time it is meanwhile. */
	async minuteEnds(): Promise<void> {
		const page = this.#page;
		const ages = () => page.locator('main ul').first().innerText();
		await page.clock.install();
		await this.load('/purchases', 'main ul a[href^="/purchases/"]');
		const before = await ages();
		await page.context().setOffline(true);
		await this.#watch.during('a minute with the list', () => page.clock.runFor(61_000));
		await eventually('another age', async () => (await ages()) !== before);
		await page.context().setOffline(false);
	}

	/** Tokens that go in one after the other. */
	async enterSet(drn: string): Promise<void> {
		const page = this.#page;
		const id = await this.buy(drn, 'approved');
		await this.load(`/purchases/${id}`, '[data-testid=keyed-in]');
		await this.#act(
			'the first is in',
			() => page.getByTestId('keyed-in').click(),
			'[aria-current=step]',
		);
		await this.load('/purchases', `a[href="/purchases/${id}"]`);
		await this.load(`/purchases/${id}/enter`, '[data-testid=lit-group]');
	}
}
