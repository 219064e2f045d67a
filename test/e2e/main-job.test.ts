/**
 * The main job, as a newcomer does it: buy, see twenty digits, a meter takes them; lose network and server,
 * start the app cold, buy again, come back, and the second token is taken too — once.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { Backend } from '../harness/backend.ts';
import { readBooks } from './harness/books.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { approveOnScreen, askFor, keyIn, saleShown, tokenShown } from './harness/consumer.ts';
import { KITCHEN, WORKSHOP } from './harness/estate.ts';

let backend: Backend;
let phone: Phone;

beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start();
});

afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

/** Buys through the screens while all is well. */
async function buy(page: Page, drn: string, amount: string): Promise<string> {
	await askFor(page, backend.origin, drn, amount);
	await approveOnScreen(page);
	return tokenShown(page);
}

describe('the main job', () => {
	it('starts from nothing: a virtual meter is offered, chosen, bought for, and takes the token', async () => {
		const page = await phone.tab();
		await page.goto(backend.origin);
		await page.getByRole('link', { name: /kitchen meter/i }).click();
		await page.waitForURL(`**/meter/${KITCHEN}`);
		await page.getByRole('textbox', { name: /amount/i }).fill('500');
		await page.getByTestId('pay').click();
		const id = await saleShown(page);
		await approveOnScreen(page);
		const digits = await tokenShown(page);
		expect(readBooks(backend.home, id)).toMatchObject({ tokens: [digits], booked: 1 });
		expect(await keyIn(page, backend.origin, KITCHEN, digits)).toBe('Accept');
		await page.close();
	});

	it('sells without network and without server, and catches up by itself', async () => {
		const page = await phone.tab();
		await page.goto(backend.origin);
		await untilInstalled(page);

		await backend.kill();
		await phone.stop();
		await phone.start();
		await phone.setOffline(true);
		const cold = await phone.tab();
		const id = await askFor(cold, backend.origin, KITCHEN, '200');
		await cold.getByRole('heading', { name: en.purchase.stories.queuedOffline.title }).waitFor();
		expect(await cold.getByTestId('token-digits').count()).toBe(0);

		await backend.start();
		await phone.setOffline(false);
		await approveOnScreen(cold);
		const digits = await tokenShown(cold);
		expect(readBooks(backend.home, id)).toMatchObject({
			vends: 1,
			tokens: [digits],
			booked: 1,
			ledgerSum: 0,
			repeatedTids: 0,
		});
		expect(await keyIn(cold, backend.origin, KITCHEN, digits)).toBe('Accept');
		await cold.reload();
		expect(await keyIn(cold, backend.origin, KITCHEN, digits)).toBe('UsedError');
	});

	it('gives a token that no other meter takes, with either algorithm', async () => {
		const page = await phone.tab();
		const digits = await buy(page, WORKSHOP, '500');
		expect(await keyIn(page, backend.origin, KITCHEN, digits)).toBe('CRCError');
		expect(await keyIn(page, backend.origin, WORKSHOP, digits)).toBe('Accept');
	});

	it('can be installed', async () => {
		const page = await phone.tab();
		await page.goto(backend.origin);
		await untilInstalled(page);
		const session = await phone.context.newCDPSession(page);
		const manifest = await session.send('Page.getAppManifest');
		expect(manifest.errors).toEqual([]);
		const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
		expect(installabilityErrors).toEqual([]);
	});

	it('leaves nothing on the console of any page', () => {
		expect(phone.errors).toEqual([]);
	});
});
