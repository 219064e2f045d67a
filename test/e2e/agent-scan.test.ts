/** A meter's code before a camera in a real browser, read by the reader that the app brings along. */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { agentEn as own } from '#lib/core/words/agent.ts';
import { Backend } from '../harness/backend.ts';
import { Phone } from './harness/browser.ts';
import { filmOfQr } from './harness/code-video.ts';
import { KITCHEN } from './harness/estate.ts';
import {
	enrol,
	officeMakesCode,
	openAgent,
	openShift,
	goToWay,
	signInOperator,
} from './harness/agent.ts';

const film = join(tmpdir(), `tokenline-code-${process.pid}.y4m`);
let backend: Backend;
let phone: Phone;
let page: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	filmOfQr(film, `https://tokenline.example/meter/${KITCHEN}`);
	phone = await Phone.start({
		args: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`],
	});
	page = await phone.tab();
	await openAgent(page, backend);
	await enrol(page, await officeMakesCode(backend));
	await signInOperator(page);
	await openShift(page);
	await goToWay(page, 'sell');
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
	rmSync(film, { force: true });
});

const scan = () => page.getByRole('button', { name: own.sell.meter.scan, exact: true });

describe('the camera', () => {
	it('that may not be used is said, and typing goes on', async () => {
		const session = await phone.context.newCDPSession(page);
		const camera = { origin: backend.origin, permission: { name: 'camera' } };
		await session.send('Browser.setPermission', { ...camera, setting: 'denied' });
		await scan().click();
		await page.getByText(en.scan.faults['not-allowed']).waitFor();
		await page.getByRole('button', { name: en.scan.close, exact: true }).click();
		await page.locator('#meter-number').fill(KITCHEN);
		await page.keyboard.press('Enter');
		await page.locator('#amount:focus').waitFor();
		await page.keyboard.press('Escape');
		await page.locator('#meter-number:focus').waitFor();
		await session.send('Browser.setPermission', { ...camera, setting: 'granted' });
	});

	it('reads a meter’s QR code without a reader of the browser’s own, and lets go', async () => {
		expect(await page.evaluate(() => 'BarcodeDetector' in globalThis)).toBe(false);
		await page.keyboard.press('F2');
		await page.locator('#amount:focus').waitFor();
		await page
			.getByText(/0000\s?0000\s?018/)
			.first()
			.waitFor();
		await page.locator('video').waitFor({ state: 'detached' });
		expect(phone.errors).toEqual([]);
	});
});
