import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { Backend } from '../harness/backend.ts';
import { enrol, fillFloat, goOffline, goOnline, officeMakesCode, openAgent, openShift, sell, setTerms, signInOperator, unlockTill } from './harness/agent.ts';
import { Phone } from './harness/browser.ts';
import { HOUSE_EA11, KITCHEN } from './harness/estate.ts';

let backend: Backend;
let phone: Phone;
let page: Page;
beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start();
	page = await phone.tab();
	page.on('console', (m) => { if (m.type() !== 'error') console.log('CONSOLE', m.type(), m.text(), JSON.stringify(m.location())); });
	await page.addInitScript(() => { console.trace = (e: any) => console.log('TRACE', e?.name, e?.message, e?.inner?.name, e?.stack); addEventListener('unhandledrejection', (e) => console.log('UNHANDLED', String(e.reason), e.reason?.stack)); });
	await setTerms(backend);
	await fillFloat(backend, 1_000_000);
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});
it('smoke', async () => {
	const step = async <T>(name: string, f: () => Promise<T>) => {
		const t = Date.now();
		try { const r = await f(); console.log(name, Date.now() - t, JSON.stringify(r)); return r; }
		catch (e) { await page.screenshot({ path: `/tmp/day-${name}.png` }); console.log(await page.evaluate(() => document.body.innerText)); console.log('ERRORS', phone.errors); throw e; }
	};
	await step('open', () => openAgent(page, backend));
	const code = await officeMakesCode(backend);
	await step('enrol', () => enrol(page, code));
	await step('signin', () => signInOperator(page));
	await step('shift', () => openShift(page));
	await step('sell1', () => sell(page, { drn: KITCHEN, amount: '250' }));
	await step('sell2', () => sell(page, { drn: HOUSE_EA11, amount: '120' }));
	await step('off', () => goOffline(phone, page));
	await step('sell3', () => sell(page, { drn: HOUSE_EA11, amount: '130' }));
	await step('sell4', () => sell(page, { drn: KITCHEN, amount: '140' }));
	await step('on', () => goOnline(phone, page));
	await step('flip', () => page.getByTestId('token-digits').waitFor());
	await step('reload', async () => { await page.reload(); await unlockTill(page); });
	await step('sell5', () => sell(page, { drn: KITCHEN, amount: '155' }));
	await page.screenshot({ path: '/tmp/day-end.png' });
	expect(phone.errors).toEqual([]);
});
