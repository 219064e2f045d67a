/**
 * The money of a sealed token goes back to its agent by the word of two people, in a real browser: proposed where
 * the office sees the token, decided under the approvals, and in the float once it is agreed to.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { agentEn } from '#lib/core/words/agent.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { officeEn } from '#lib/core/words/office.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { DEMO_NEW_TILL, DEMO_VENDORS } from '#lib/server/seed/demo-vendors.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';
import { Backend } from '../harness/backend.ts';
import {
	DAY_TERMS,
	enrol,
	fillFloat,
	goToWay,
	officeMakesCode,
	openAgent,
	openShift,
	sell,
	setTerms,
	signInOperator,
} from './harness/agent.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { KITCHEN } from './harness/estate.ts';
import { OfficeDesk } from './harness/office-desk.ts';
import { readServer } from './harness/till-server.ts';

const { office, officeJournals, signIn } = officeEn;
const own = officeJournals.reserves;
const LAPTOP = { width: 1366, height: 768 };
const PRICE_MINOR = 20_000;
const RESERVE = {
	...{ denominationsMinor: [PRICE_MINOR], sumMinor: 5 * PRICE_MINOR, count: 5 },
	lifeMs: 24 * 3_600_000,
};
const TILL = { terminalId: DEMO_NEW_TILL.id, vendorId: DEMO_NEW_TILL.vendorId };
const VENDOR_NAME = DEMO_VENDORS.find(({ id }) => id === TILL.vendorId)?.name;
/** The third of its till, as two sales were made before. */
const RECEIPT = new RegExp(`^${TILL.terminalId}-000003$`);
const WHY = 'The phone was stolen and has not shown it';

let backend: Backend;
let kiosk: Phone;
let phone: Phone;
let page: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	await setTerms(backend, { ...DAY_TERMS, reserve: RESERVE });
	await fillFloat(backend, 1_000_000);
	kiosk = await Phone.start();
	const till = await kiosk.tab();
	await openAgent(till, backend);
	await enrol(till, await officeMakesCode(backend));
	await signInOperator(till);
	await openShift(till);
	for (let sold = 0; sold < 2; sold += 1) await sell(till, { drn: KITCHEN, amount: '200' });
	await goToWay(till, 'till');
	await till.getByRole('button', { name: agentEn.device.reserve.fetch, exact: true }).click();
	await till.getByText(agentEn.device.reserve.made('1')).waitFor();
	await kiosk.kill();
	phone = await Phone.start({ viewport: LAPTOP });
	page = await phone.tab();
	await page.goto(`${backend.origin}/office/journals`);
});
afterAll(async () => {
	await phone?.dispose();
	await kiosk?.dispose();
	await backend?.dispose();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const floats = () => {
	const { floatMinor, floatInLedgerMinor, ledgerSum } = readServer(backend.home, TILL);
	return { floatMinor, floatInLedgerMinor, ledgerSum };
};
const afterDeposit = (spentMinor: number) => {
	const { depositedMinor } = readServer(backend.home, TILL);
	const floatMinor = depositedMinor - spentMinor;
	return { floatMinor, floatInLedgerMinor: floatMinor, ledgerSum: 0 };
};

async function enter(login: string): Promise<void> {
	await page.getByLabel(signIn.login).fill(login);
	await page.getByLabel(signIn.password).fill(DEMO_PASSWORD);
	await button(signIn.submit).click();
	await button(office.signOut).waitFor();
}

/** What stands on the one proposal, by its terms. */
async function facts(): Promise<Record<string, string>> {
	const [terms, details] = [page.locator('dl dt'), page.locator('dl dd')];
	const texts = (await details.allTextContents()).map((text) => text.replaceAll('\u00a0', ' '));
	const names = await terms.allTextContents();
	return Object.fromEntries(names.map((name, place) => [name, texts[place] ?? '']));
}

async function propose(): Promise<void> {
	await button(own.giveBack.openFor(KITCHEN)).click();
	await page.getByRole('dialog').getByText(own.giveBack.means).waitFor();
	await page.getByLabel(own.giveBack.reason).fill(WHY);
	await button(own.giveBack.submit).click();
}

describe('a sealed token whose device is gone', () => {
	it('is not returned while its device is the till, which the sheet says', async () => {
		expect(floats()).toEqual(afterDeposit(3 * PRICE_MINOR));
		await enter('clerk');
		await page.getByText(own.states.sealed, { exact: true }).waitFor();
		await propose();
		await page.getByRole('alert').getByText(en.problems['reserve-held'].title).waitFor();
		expect(await objections(page)).toEqual([]);
		await button(office.cancel).click();
	});

	it('is proposed with a reason once the till is revoked, and its proposer cannot agree', async () => {
		const desk = await OfficeDesk.of(backend.origin, 'manager');
		await desk.send('POST', `terminals/${TILL.terminalId}/revocations`, {});
		await button(own.giveBack.openFor(KITCHEN)).click();
		await button(own.giveBack.submit).click();
		await page.getByText(own.giveBack.reasonShort).waitFor();
		await button(office.cancel).click();
		await propose();
		await page.getByText(own.giveBack.proposed).waitFor();
		expect(floats()).toEqual(afterDeposit(3 * PRICE_MINOR));
		await page.getByRole('link', { name: en.frame.approvals, exact: true }).click();
		await page.getByText(WHY).waitFor();
		await page.getByText(office.proposals.own).waitFor();
		expect(await button(office.proposals.approve).count()).toBe(0);
		await button(office.signOut).click();
	});

	it('is in the float, and given back in the list, once a second person has read it and agrees', async () => {
		await enter('manager');
		await page.getByText(WHY).waitFor();
		const { proposals } = office;
		const read = await facts();
		expect(read).toEqual({
			[proposals.meter]: groupMeterNumber(KITCHEN),
			[proposals.amount]: 'KES 200',
			[proposals.agent]: VENDOR_NAME,
			[proposals.till]: `${VENDOR_NAME}, till ${TILL.terminalId}`,
			[proposals.made]: expect.stringMatching(/\d{4}$/) as string,
			[proposals.receipt]: expect.stringMatching(RECEIPT) as string,
			[proposals.sellableUntil]: expect.stringMatching(/\d{4}$/) as string,
			[proposals.known]: proposals.reserve.sealed,
			[proposals.sealedToken]: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
			[proposals.reason]: WHY,
		});
		expect(await objections(page)).toEqual([]);
		await button(office.proposals.approve).click();
		await page.getByText(office.proposals.none).waitFor();
		expect(floats()).toEqual(afterDeposit(2 * PRICE_MINOR));
		await page.getByRole('link', { name: en.frame.journals, exact: true }).click();
		await page.getByText(own.states.returned, { exact: true }).waitFor();
		expect(await button(own.giveBack.openFor(KITCHEN)).count()).toBe(0);
		expect(phone.errors).toEqual([]);
	});
});
