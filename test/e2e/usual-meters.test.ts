/** Meters by name and by camera: named, renamed, forgotten, and scanned into the same field that is typed in. */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { formatClaimQr } from '#lib/core/sync/claim-qr.ts';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { filmOfQr } from './harness/code-video.ts';
import { approveOnScreen, askFor, tokenShown } from './harness/consumer.ts';
import { KITCHEN, WORKSHOP } from './harness/estate.ts';

const { topUp, scan: scanWords } = en;
const own = topUp.manage;
const KITCHEN_GROUPED = '0000 0000 018';

let backend: Backend;

beforeAll(async () => {
	backend = await Backend.prepared();
});
afterAll(() => backend?.dispose());

const scanButton = (page: Page) => page.getByTestId('scan');
const numberField = (page: Page) => page.getByRole('textbox', { name: topUp.field });

describe('a usual meter', () => {
	let phone: Phone;
	let page: Page;
	const usual = (text: string) => page.getByTestId('usual-meter').filter({ hasText: text });
	const manage = (name: string) =>
		page.getByRole('button', { name: topUp.saved.manage(name) }).click();

	beforeAll(async () => {
		phone = await Phone.start();
		page = await phone.tab();
		for (const [place, drn] of [WORKSHOP, KITCHEN].entries()) {
			await page.goto(`${backend.origin}/meter/${drn}`);
			await page.locator('#main').getByText(en.meter.virtual, { exact: true }).waitFor();
			await page.getByRole('link', { name: en.meter.back }).click();
			await page.getByTestId('usual-meter').nth(place).waitFor();
		}
		await untilInstalled(page);
	});
	afterAll(() => phone?.dispose());

	/** Opens the sheet of the meter that has no name yet, which stands under its owner's. */
	async function manageUnnamed(grouped: string) {
		await page.getByRole('listitem').filter({ hasText: grouped }).getByRole('button').click();
	}
	async function callIt(name: string) {
		await page.getByLabel(own.rename).fill(name);
		await page.getByRole('button', { name: own.save }).click();
	}

	it('is named without a network, and what is no name is said', async () => {
		await phone.setOffline(true);
		await page.reload();
		await manageUnnamed(KITCHEN_GROUPED);
		await callIt('0123 4567 8901');
		await page.getByText(own.refusals['a-number']).waitFor();
		await callIt('Mother');
		await usual('Mother').waitFor();
		await manageUnnamed('0000 0000 026');
		await callIt('mother');
		await page.getByText(own.refusals.taken).waitFor();
		expect(await objections(page)).toEqual([]);
		await callIt('Shop');
		await usual('Shop').waitFor();
		await expect
			.poll(() => page.getByTestId('usual-meter').first().textContent())
			.toContain('Mother');
		await phone.setOffline(false);
	});

	it('buys with one tap, and its name stands by the purchase, the token and the list', async () => {
		await page.reload();
		await usual('Mother').click();
		await page.waitForURL(`**/meter/${KITCHEN}`);
		const id = await askFor(page, backend.origin, KITCHEN, '200');
		await approveOnScreen(page);
		await tokenShown(page);
		await page.getByText('Mother', { exact: true }).waitFor();
		await page.goto(`${backend.origin}/purchases`);
		const row = page.locator(`a[href="/purchases/${id}"]`);
		await row.waitFor();
		await expect.poll(() => row.textContent()).toMatch(/Mother\s*·\s*0000 0000 018/);
	});

	it('loses its name, and is forgotten with its purchases kept', async () => {
		await page.goto(backend.origin);
		await manage('Mother');
		await page.getByRole('button', { name: own.noName }).click();
		await usual('Mother').waitFor({ state: 'detached' });
		await manageUnnamed(KITCHEN_GROUPED);
		await page.getByRole('button', { name: own.forget }).click();
		await usual(KITCHEN_GROUPED).waitFor({ state: 'detached' });
		await usual('Shop').waitFor();
		await page.goto(`${backend.origin}/purchases`);
		await page.getByText(KITCHEN_GROUPED).waitFor();
	});

	it('is not forgotten by a full phone without a word', async () => {
		await page.goto(backend.origin);
		await usual('Shop').waitFor();
		await page.evaluate(() => {
			const full = () => {
				throw new DOMException('full', 'QuotaExceededError');
			};
			IDBObjectStore.prototype.put = full;
			IDBObjectStore.prototype.delete = full;
		});
		await manage('Shop');
		await callIt('Stall');
		await page.getByRole('dialog').getByText(en.keeping.troubles['no-space'].why).waitFor();
		await page.reload();
		await usual('Shop').waitFor();
	});

	it('threw nothing', () => {
		expect(phone.errors).toEqual([]);
	});
});

describe('a text that is pasted or shared', () => {
	let phone: Phone;
	let page: Page;
	beforeAll(async () => {
		phone = await Phone.start();
		page = await phone.tab();
	});
	afterAll(() => phone?.dispose());

	async function paste(text: string) {
		await page.goto(backend.origin);
		await numberField(page).waitFor();
		await numberField(page).evaluate((field, pasted) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', pasted);
			field.dispatchEvent(
				new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
			);
		}, text);
	}

	it('gives its meter to the field, with the verdict and the confirmation of a typed one', async () => {
		await paste(`Token 1234 5678 9012 3456 7890\nfor meter ${KITCHEN_GROUPED}, 64.1 kWh`);
		await page.getByText(topUp.sound).waitFor();
		await expect.poll(() => numberField(page).inputValue()).toBe(KITCHEN_GROUPED);
		await page.getByRole('button', { name: topUp.next, exact: true }).click();
		await page.getByRole('heading', { name: en.meter.title }).waitFor();
		// Until the meter is confirmed, what was typed is found again.
		await page.locator('#amount').waitFor();
	});

	it.each([
		['a token', 'Token 1234 5678 9012 3456 7890', 'scan-a-token'],
		['a bank card', '4111 1111 1111 1111 exp 12/29', 'bank-card-refused'],
		['rubbish', 'https://example.com/', 'scan-not-a-meter'],
	] as const)('is refused by name: %s', async (_, text, code) => {
		await paste(text);
		await page.getByText(scanWords.refusals[code]).waitFor();
		await expect.poll(() => numberField(page).inputValue()).toBe('');
	});

	it('comes from another app, and does not stay in the address', async () => {
		const shared = encodeURIComponent(`Please buy for meter ${KITCHEN_GROUPED}`);
		await page.goto(`${backend.origin}/?text=${shared}`);
		await page.getByText(topUp.sound).waitFor();
		await expect.poll(() => numberField(page).inputValue()).toBe(KITCHEN_GROUPED);
		expect(new URL(page.url()).search).toBe('');
	});

	it('leads a provisional receipt to its own screen', async () => {
		const code = makeCode(new Uint8Array([1, 9, 20, 31, 7, 0, 12, 28]));
		await paste(formatClaimQr({ drn: KITCHEN, code }));
		await page.waitForURL('**/claim');
		await expect.poll(() => numberField(page).inputValue()).toBe(KITCHEN_GROUPED);
		await page.getByText(en.claim.sound).waitFor();
	});

	it('threw nothing', () => {
		expect(phone.errors).toEqual([]);
	});
});

describe('the camera', () => {
	const films: string[] = [];
	const phones: Phone[] = [];
	afterAll(async () => {
		for (const phone of phones) await phone.dispose();
		for (const film of films) rmSync(film, { force: true });
	});

	/** A phone before whose camera this code is held. */
	async function holding(text: string): Promise<Page> {
		const film = join(tmpdir(), `tokenline-scan-${process.pid}-${films.length}.y4m`);
		films.push(film);
		filmOfQr(film, text);
		const phone = await Phone.start({
			args: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`],
		});
		phones.push(phone);
		const page = await phone.tab();
		await page.goto(backend.origin);
		await scanButton(page).waitFor();
		return page;
	}
	const allow = async (page: Page, setting: 'granted' | 'denied') => {
		const session = await page.context().newCDPSession(page);
		const camera = { origin: backend.origin, permission: { name: 'camera' } };
		await session.send('Browser.setPermission', { ...camera, setting });
	};

	it('reads a meter’s code into the field, and lets go', async () => {
		const page = await holding(`https://tokenline.example/meter/${KITCHEN}`);
		const loaded: string[] = [];
		page.on('request', (request) => loaded.push(request.url()));
		await allow(page, 'granted');
		await scanButton(page).click();
		await page.getByText(topUp.sound).waitFor();
		await expect.poll(() => numberField(page).inputValue()).toBe(KITCHEN_GROUPED);
		await page.locator('video').waitFor({ state: 'detached' });
		// What scans came with the tap.
		expect(loaded.filter((url) => url.endsWith('.js')).length).toBeGreaterThan(0);
		await page.getByRole('button', { name: topUp.next, exact: true }).click();
		await page.getByRole('heading', { name: en.meter.title }).waitFor();
	});

	it('names what is no meter’s, and looks on; typing goes on where it may not be used', async () => {
		const page = await holding('1234 5678 9012 3456 7890');
		await allow(page, 'granted');
		await scanButton(page).click();
		await page.getByRole('dialog').getByText(scanWords.refusals['scan-a-token']).waitFor();
		await expect.poll(() => page.locator('video').count()).toBe(1);
		expect(await objections(page)).toEqual([]);
		await page.getByRole('button', { name: scanWords.close, exact: true }).click();
		await allow(page, 'denied');
		await scanButton(page).click();
		await page.getByText(scanWords.faults['not-allowed']).waitFor();
		await page.getByRole('button', { name: scanWords.close, exact: true }).click();
		await numberField(page).fill(KITCHEN);
		await page.getByText(topUp.sound).waitFor();
	});

	it('that was never used here says so without a network, and works when it is back', async () => {
		const page = await holding(KITCHEN);
		await untilInstalled(page);
		await allow(page, 'granted');
		await page.context().setOffline(true);
		await page.reload();
		await scanButton(page).click();
		await page.getByText(scanWords.faults['not-loaded']).waitFor();
		await page.context().setOffline(false);
		await page.reload();
		await scanButton(page).click();
		await page.getByText(topUp.sound).waitFor();
	});

	it('that a device has not is said', async () => {
		const phone = await Phone.start();
		phones.push(phone);
		const page = await phone.tab();
		await page.goto(backend.origin);
		await allow(page, 'granted');
		await scanButton(page).click();
		await page.getByText(scanWords.faults['no-camera']).waitFor();
	});

	it('threw nothing', () => {
		expect(phones.flatMap(({ errors }) => errors)).toEqual([]);
	});
});
