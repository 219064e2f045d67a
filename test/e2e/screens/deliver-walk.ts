/** Sending a purchase to its meter: from a browser that has no way to one, before the tap, and once it is in. */
import { see, type Walk } from './walk.ts';

const ROUTE = '/purchases/[id]/deliver';

export interface Deliverable {
	/** Of one token, for a virtual meter of this phone. */
	readonly one: string;
	/** For a meter to which there is no way but a cable. */
	readonly set: string;
	/** Taken by its meter. */
	readonly delivered: string;
}

export async function walkDeliver(walk: Walk, { one, set, delivered }: Deliverable): Promise<void> {
	const { page, phone, origin } = walk;
	const open = (id: string, on = page) => on.goto(`${origin}/purchases/${id}/deliver`);
	const bare = await phone.tab();
	await bare.addInitScript(() => {
		for (const family of ['serial', 'usb']) Reflect.deleteProperty(Navigator.prototype, family);
	});
	await open(set, bare);
	await bare.locator(`main a[href="/purchases/${set}/enter"]`).waitFor();
	if ((await bare.locator('[data-way]').count()) > 0) throw new Error('a way was offered');
	await see(walk, ROUTE, 'no way to a meter', bare);
	await bare.close();
	await open(one);
	await page.locator('[data-way]').first().waitFor();
	await see(walk, ROUTE, 'ready');
	await open(delivered);
	await page.locator('[data-send=taken]').waitFor();
	await see(walk, ROUTE, 'taken');
}

/** Free electricity is asked for and sent to the virtual meter that it is for. @returns the purchase's id */
export async function deliverFree({ page, origin }: Walk, drn: string): Promise<string> {
	await page.goto(`${origin}/meter/${drn}/free`);
	await page.getByTestId('fetch-free').click();
	await page.getByTestId('token-digits').waitFor();
	const id = page.url().split('/').at(-1) ?? '';
	await page.goto(`${origin}/virtual-meter/${drn}`);
	await page.getByRole('group', { name: 'Keypad' }).waitFor();
	await page.goto(`${origin}/purchases/${id}/deliver`);
	await page.locator('[data-way]').first().click();
	await page.locator('[data-send=taken]').waitFor({ timeout: 60_000 });
	return id;
}
