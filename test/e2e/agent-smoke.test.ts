import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { Backend } from '../harness/backend.ts';
import { enrol, fillFloat, officeMakesCode, openAgent, openShift, setTerms, signInOperator, goToWay } from './harness/agent.ts';
import { Phone } from './harness/browser.ts';
import { KITCHEN } from './harness/estate.ts';
import { sellByKeys } from './harness/sell-by-keys.ts';

let backend: Backend;
let phone: Phone;
let page: Page;
beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start({ viewport: { width: 1366, height: 768 } });
	page = await phone.tab();
	await setTerms(backend);
	await fillFloat(backend, 1_000_000);
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});
it('smoke', async () => {
	await openAgent(page, backend);
	await enrol(page, await officeMakesCode(backend));
	await signInOperator(page);
	await openShift(page);
	await goToWay(page, 'sell');
	await page.evaluate(() => addEventListener('keydown', (e) => console.log('KEY', e.key, (e.target as any)?.tagName, (e.target as any)?.id, e.defaultPrevented), true));
	page.on('console', (m) => console.log('CONSOLE', m.text()));
	await phone.setOffline(true);
	for (let i = 0; i < 4; i++) {
		console.log(await sellByKeys(page, { drn: KITCHEN, amountMinor: 550000 + i * 100, tenderedMinor: 600000 }));
		console.log(await sellByKeys(page, { drn: KITCHEN, amountMinor: 15000 + i * 100, tenderedMinor: 20000 }));
	}
	expect(phone.errors).toEqual([]);
});
