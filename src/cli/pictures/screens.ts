/** Screens of a consumer as they stand in the running demo, after purchases that were really made. */
import type { Browser, Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';

type Shot = 'offer' | 'token' | 'keypad' | 'purchases';

export interface Device {
	readonly name: 'phone' | 'laptop';
	readonly viewport: { readonly width: number; readonly height: number };
	/** Device pixels of a CSS pixel. */
	readonly deviceScaleFactor: number;
	readonly shots: readonly Shot[];
}

/** The phone comes last: what it pays changes what a meter's next offer is. */
export const DEVICES: readonly Device[] = [
	{
		...{ name: 'laptop', viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
		shots: ['offer', 'token'],
	},
	{
		...{ name: 'phone', viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
		shots: ['offer', 'token', 'keypad', 'purchases'],
	},
];

export interface Photograph {
	/** Below the folder of static files. */
	readonly path: string;
	/** A WebP. */
	readonly octets: Buffer;
}

/** Meters of the demo: with steps and arrears, with a flat tariff, and a virtual one. */
const STEPS = '37204105193';
const FLAT = '37204100004';
const VIRTUAL = '00000000018';
/** WebP's; above it letters gain nothing. */
const QUALITY = 82;

/** Of one device, which holds nothing at first. */
export async function photographScreens(
	browser: Browser,
	origin: string,
	device: Device,
): Promise<Photograph[]> {
	const { name, viewport, deviceScaleFactor, shots } = device;
	const context = await browser.newContext({
		...{ viewport, deviceScaleFactor, baseURL: origin, locale: 'en' },
		...{ reducedMotion: 'reduce', colorScheme: 'light' },
	});
	try {
		const page = await context.newPage();
		const taken: Photograph[] = [];
		const take = async (shot: Shot): Promise<void> => {
			if (!shots.includes(shot)) return;
			taken.push({ path: `screens/${name}-${shot}.webp`, octets: await shoot(page, device) });
		};
		await buy(page, FLAT, '300');
		const id = await buy(page, VIRTUAL, '500');
		await toTop(page);
		await take('token');
		await page.goto(`/purchases/${id}/enter`);
		await page.getByTestId('next-group').click();
		await take('keypad');
		await offer(page, STEPS, '2000');
		await (name === 'phone' ? toWaterfall(page) : toTop(page));
		await take('offer');
		if (!shots.includes('purchases')) return taken;
		await pay(page);
		await page.goto('/purchases');
		await page.locator(`a[href="/purchases/${id}"]`).waitFor();
		await take('purchases');
		return taken;
	} finally {
		await context.close();
	}
}

/** From the meter's number to its token. @returns the purchase's id */
async function buy(page: Page, drn: string, amount: string): Promise<string> {
	await offer(page, drn, amount);
	await pay(page);
	return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** What the amount would buy is on the screen. */
async function offer(page: Page, drn: string, amount: string): Promise<void> {
	await page.goto(`/meter/${drn}`);
	await page.getByRole('textbox', { name: en.meter.amount.field }).fill(amount);
	await page.getByRole('heading', { name: en.waterfall.title }).waitFor();
}

/** The payer agrees on the sandbox's page, and the token comes. */
async function pay(page: Page): Promise<void> {
	await page.getByTestId('pay').click();
	await page.getByTestId('approve').click();
	await page.waitForURL(/\/sandbox\/pay\//);
	await page.getByRole('button', { name: /approve/i }).click();
	await page.getByTestId('token-digits').first().waitFor();
}

const toTop = (page: Page): Promise<void> => page.evaluate(() => window.scrollTo(0, 0));

/** Below the page's head, which stays where it is. */
const toWaterfall = (page: Page): Promise<void> =>
	page.getByRole('heading', { name: en.waterfall.title }).evaluate((heading) => {
		const head = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0;
		window.scrollBy(0, heading.getBoundingClientRect().top - head - 16);
	});

/** What stands in the window, with nothing in the focus and nothing on its way. @returns a WebP */
async function shoot(page: Page, { viewport, deviceScaleFactor }: Device): Promise<Buffer> {
	await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	await page.waitForLoadState('networkidle');
	const session = await page.context().newCDPSession(page);
	// A session of its own does not know the window that the page was given.
	await session.send('Emulation.setDeviceMetricsOverride', {
		...viewport,
		deviceScaleFactor,
		mobile: false,
	});
	const { data } = await session.send('Page.captureScreenshot', {
		...{ format: 'webp', quality: QUALITY },
	});
	await session.detach();
	return Buffer.from(data, 'base64');
}
