import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { agentEn } from '#lib/core/words/agent.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { DAY_TERMS, enrol, fillFloat, goOffline, goOnline, goToWay, officeMakesCode, openAgent, openShift, sell, setTerms, signInOperator } from './harness/agent.ts';
import { Phone } from './harness/browser.ts';
import { BLOCKED, HOUSE_EA07, HOUSE_EA11, KITCHEN } from './harness/estate.ts';
const own = agentEn.shift;
let backend: Backend; let phone: Phone; let page: Page;
beforeAll(async () => {
	backend = await Backend.prepared(); phone = await Phone.start(); page = await phone.tab();
	await setTerms(backend, { ...DAY_TERMS, reserve: { denominationsMinor: [10_000, 20_000], sumMinor: 100_000, count: 6, lifeMs: 48 * 3_600_000 } });
	await fillFloat(backend, 2_000_000);
});
afterAll(async () => { await page.screenshot({ path: '/tmp/shots/last.png' }); await phone?.dispose(); await backend?.dispose(); });
const problems: string[] = [];
async function shots(name: string) {
	for (const scheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme: scheme });
		for (const [w, h] of [[360, 740], [1366, 768]] as const) {
			await page.setViewportSize({ width: w, height: h });
			await page.waitForTimeout(250);
			await page.screenshot({ path: `/tmp/shots/${name}-${w}-${scheme}.png`, fullPage: true });
			for (const o of await objections(page)) problems.push(`${name} ${w} ${scheme}: ${o}`);
		}
	}
	await page.setViewportSize({ width: 320, height: 640 });
	const over = await page.evaluate(() => document.documentElement.scrollWidth);
	if (over > 320) problems.push(`${name}: ${over} wide at 320`);
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize({ width: 360, height: 740 });
}
it('shoots', async () => {
	await openAgent(page, backend);
	await enrol(page, await officeMakesCode(backend));
	await signInOperator(page);
	await goToWay(page, 'shift'); await shots('shift-none');
	await openShift(page);
	for (const amount of ['250', '1000', '40.50']) await sell(page, { drn: KITCHEN, amount });
	await sell(page, { drn: HOUSE_EA07, amount: '300' });
	await goOffline(phone, page);
	await sell(page, { drn: BLOCKED, amount: '150' });
	await sell(page, { drn: BLOCKED, amount: '75' });
	await sell(page, { drn: HOUSE_EA11, amount: '500' });
	await goToWay(page, 'shift'); await shots('shift-open-offline');
	await goToWay(page, 'till'); await shots('device-offline');
	await goOnline(phone, page);
	await goToWay(page, 'shift'); await shots('shift-open');
	await page.locator('a[href="/agent/desk"]').first().click();
	await page.getByTestId('refund-amount').first().waitFor(); await shots('desk');
	await page.getByRole('button', { name: agentEn.mend.refunds.give }).first().click();
	await page.getByRole('dialog').waitFor(); await shots('desk-confirm');
	await page.getByRole('dialog').locator('button').nth(1).click();
	await page.getByRole('status').first().waitFor(); await shots('desk-given');
	await page.getByRole('button', { name: agentEn.mend.refunds.again, exact: true }).first().click();
	await page.waitForURL(/\/agent$/); await shots('sell-again');
	await goToWay(page, 'till'); await shots('device');
	await page.getByRole('button', { name: agentEn.device.reserve.fetch }).click();
	await page.getByText(/fetched|None were due/).waitFor(); await shots('device-reserve');
	await goToWay(page, 'shift');
	await page.getByRole('link', { name: own.cashUp }).click();
	await page.locator('#pieces-100000').fill('2'); await page.locator('#pieces-5000').fill('1');
	await shots('count');
	await page.getByRole('button', { name: own.count.close }).click();
	await page.waitForURL(/shift\/[0-9a-f-]{36}$/);
	await page.locator('[data-kind="same"],[data-kind="differs"]').waitFor(); await shots('z');
	await page.getByRole('link', { name: own.z.back }).click(); await page.getByTestId('past-shift').waitFor(); await shots('shift-closed');
	await page.getByRole('link', { name: own.bank.open }).click();
	await page.locator('#pieces-100000').fill('2'); await shots('bank');
	expect(problems).toEqual([]);
}, 300_000);
