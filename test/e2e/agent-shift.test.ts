/**
 * A till from the office's code to the bank, in a real browser against the real backend: what the till counts up
 * by itself is what the backend has in its books, to the cent.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { BatchAnswer } from '#lib/core/sync/wire-vendors.ts';
import { agentEn } from '#lib/core/words/agent.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import {
	enrol,
	fillFloat,
	goOffline,
	goOnline,
	goToWay,
	officeMakesCode,
	openAgent,
	openShift,
	sell,
	setTerms,
	signInOperator,
	unlockTill,
} from './harness/agent.ts';
import { Phone } from './harness/browser.ts';
import { HOUSE_EA11, KITCHEN } from './harness/estate.ts';
import { holdTable, noteSaid } from './harness/held-store.ts';
import { OfficeDesk } from './harness/office-desk.ts';

const own = agentEn.shift;

let backend: Backend;
let phone: Phone;
let page: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start();
	page = await phone.tab();
	await setTerms(backend);
	await fillFloat(backend, 1_000_000);
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

describe('a day at a till', () => {
	it('begins with the office’s code, a name, a PIN and a shift', async () => {
		await openAgent(page, backend);
		await enrol(page, await officeMakesCode(backend));
		await signInOperator(page);
		await openShift(page);
		expect(await objections(page)).toEqual([]);
	});

	it('sells with the network and without it', async () => {
		expect(await sell(page, { drn: KITCHEN, amount: '250' })).toMatchObject({
			kind: 'issued',
			tokens: [expect.stringMatching(/^\d{20}$/)],
		});
		await goOffline(phone, page);
		expect(await sell(page, { drn: HOUSE_EA11, amount: '120.50' })).toMatchObject({
			kind: 'provisional',
			claimCode: expect.stringMatching(/^.{9}$/) as string,
		});
		await goOnline(phone, page);
	});

	it('says nothing of shift and float before they are read', async () => {
		const glance = page.getByTestId('glance');
		const said = agentEn.agent.glance;
		await page.getByRole('button', { name: said.lock }).click();
		await page.getByLabel(agentEn.pin.label, { exact: true }).waitFor();
		const letGo = await holdTable(page, 'tokenline-agent', 'batches');
		await unlockTill(page);
		const atFirst = await glance.innerText();
		await letGo();
		for (const untrue of [said.noShift, said.nothing, said.allIn, said.floatUnknown])
			expect(atFirst).not.toContain(untrue);
		expect(atFirst).toContain(said.tryNow);
		await glance.getByText(/^Shift since /).waitFor();
		await glance.getByText(said.allIn).filter({ visible: true }).waitFor();
	});

	it('does not say that a meter was never sold to before it was looked for', async () => {
		await goToWay(page, 'sales');
		const wasDenied = await noteSaid(page, agentEn.sales.noneFound);
		const letGo = await page.evaluateHandle(() => {
			const { sign } = SubtleCrypto.prototype;
			const held = Promise.withResolvers<null>();
			SubtleCrypto.prototype.sign = async function (...all) {
				await held.promise;
				return sign.apply(this, all);
			};
			return held.resolve;
		});
		await page.getByLabel(agentEn.sales.search).fill(KITCHEN);
		// As long as the store takes to say what it has of nothing.
		await (
			await holdTable(page, 'tokenline-agent', 'sales')
		)();
		await letGo.evaluate((resolve) => resolve(null));
		const rows = page.locator('main ul a[href^="/agent/sales/"]');
		await expect.poll(() => rows.count()).toBe(1);
		expect(await wasDenied()).toBe(false);
	});

	it('counts its drawer exactly, closes the shift, and is told that the office has the same', async () => {
		await goToWay(page, 'shift');
		await page.getByTestId('drawer-expected').getByText('370.50').waitFor();
		expect(await objections(page)).toEqual([]);
		await page.getByRole('link', { name: own.cashUp }).click();
		// 370.50: 200 + 100 + 50 + 20 + 0.50
		for (const [note, pieces] of Object.entries({ 20_000: 1, 10_000: 1, 5_000: 1, 2_000: 1 }))
			await page.locator(`#pieces-${note}`).fill(String(pieces));
		const verdict = page.getByTestId('running-cash');
		await verdict.getByText(/0\.50 short/).waitFor();
		await page.locator('#pieces-50').fill('1');
		await verdict.getByText(own.count.verdicts.exact).waitFor();
		expect(await objections(page)).toEqual([]);
		await page.getByRole('button', { name: own.count.close }).click();
		await page.waitForURL(/\/agent\/shift\/[0-9a-f-]{36}$/);
		await page.getByTestId('z-sold').getByText('370.50').waitFor();
		await reconciled('same');
		expect(await objections(page)).toEqual([]);
		const office = await batchAtOffice(batchShown());
		expect(office).toMatchObject({ kind: 'shift', state: 'closed' });
		expect(office.totals).toEqual(await totalsHere(batchShown()));
		expect(office.totals.sold).toMatchObject({ count: 2, amountMinor: 37_050 });
		expect(office.counted?.differences).toMatchObject([
			{ payType: 'cash', expectedMinor: 37_050, countedMinor: 37_050, verdict: 'exact' },
		]);
	});

	it('brings it to the bank, which closes the batches around it', async () => {
		await page.getByRole('link', { name: own.z.back }).click();
		await page.getByRole('link', { name: own.bank.open }).click();
		for (const [note, pieces] of Object.entries({
			20_000: 1,
			10_000: 1,
			5_000: 1,
			2_000: 1,
			50: 1,
		}))
			await page.locator(`#pieces-${note}`).fill(String(pieces));
		await page.getByRole('button', { name: own.bank.submit }).click();
		await page.getByText(own.bank.referenceMissing).waitFor();
		await page.getByLabel(own.bank.reference).fill('SLIP 4711');
		expect(await objections(page)).toEqual([]);
		await page.getByRole('button', { name: own.bank.submit }).click();
		await page.waitForURL(/\/agent\/shift\/[0-9a-f-]{36}$/);
		await reconciled('same');
		const office = await batchAtOffice(batchShown());
		expect(office).toMatchObject({ kind: 'banking', state: 'closed' });
		expect(office.counted?.reference).toBe('SLIP 4711');
		expect(office.totals).toEqual(await totalsHere(batchShown()));
		await page.getByRole('link', { name: own.z.back }).click();
		await page.getByText(own.none).waitFor();
		await expect.poll(() => page.getByTestId('past-shift').count()).toBe(2);
		expect(phone.errors).toEqual([]);
	});
});

describe('a shift that ends without the network', () => {
	it('is sold in and closed, and waits for the office’s word', async () => {
		await openShift(page);
		expect((await sell(page, { drn: KITCHEN, amount: '100' })).kind).toBe('issued');
		await goOffline(phone, page);
		expect((await sell(page, { drn: HOUSE_EA11, amount: '80' })).kind).toBe('provisional');
		await goToWay(page, 'shift');
		await page.getByRole('link', { name: own.cashUp }).click();
		await page.getByText(own.count.waiting('1')).waitFor();
		// 180 should be there: 100 + 50 + 20, and 10 are missing.
		for (const note of [10_000, 5_000, 2_000]) await page.locator(`#pieces-${note}`).fill('1');
		await page
			.getByTestId('running-cash')
			.getByText(/10\.00 short|10 short/)
			.waitFor();
		await page.getByRole('button', { name: own.count.close }).click();
		await page.waitForURL(/\/agent\/shift\/[0-9a-f-]{36}$/);
		await reconciled('waiting');
		await page.getByTestId('z-sold').getByText('180').waitFor();
		expect(await objections(page)).toEqual([]);
		const office = await batchAtOffice(batchShown());
		expect(office).toMatchObject({ kind: 'shift', state: 'open' });
	});

	it('is the same at the office once it was handed in', async () => {
		await goOnline(phone, page);
		await reconciled('same');
		expect(await page.locator('[data-testid="reconciled"][data-kind="waiting"]').count()).toBe(0);
		const office = await batchAtOffice(batchShown());
		expect(office).toMatchObject({ kind: 'shift', state: 'closed' });
		expect(office.totals.sold).toMatchObject({ count: 2, amountMinor: 18_000 });
		expect(office.counted?.differences).toMatchObject([
			{ payType: 'cash', expectedMinor: 18_000, countedMinor: 17_000, verdict: 'short' },
		]);
		await page.getByRole('link', { name: own.z.back }).click();
		await page.getByTestId('past-shift').first().waitFor();
		await expect.poll(() => page.getByTestId('past-shift').count()).toBe(3);
		expect(phone.errors).toEqual([]);
	});
});

const batchShown = (): string => page.url().split('/').at(-1) ?? '';

const reconciled = (kind: string) =>
	page.locator(`[data-testid="reconciled"][data-kind="${kind}"]`).waitFor({ timeout: 30_000 });

async function batchAtOffice(id: string): Promise<BatchAnswer> {
	const office = await OfficeDesk.of(backend.origin, 'manager');
	return await office.get<BatchAnswer>(`batches/${id}`);
}

/** As the till itself counted it up, in its own store. */
async function totalsHere(id: string): Promise<unknown> {
	return await page.evaluate(
		(wanted) =>
			new Promise((resolve, reject) => {
				const asked = indexedDB.open('tokenline-agent');
				asked.onerror = () => reject(new Error('no store'));
				asked.onsuccess = () => {
					const store = asked.result.transaction('batches').objectStore('batches');
					const got = store.get(wanted);
					got.onsuccess = () => {
						asked.result.close();
						resolve((got.result as { totals: unknown }).totals);
					};
				};
			}),
		id,
	);
}
