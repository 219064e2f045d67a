/**
 * The office blocks and unblocks meters in a real browser, against the real backend; a consumer on another
 * phone is told, or buys, with the next look-up. Suspected tampering takes a second person.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { officeEn } from '#lib/core/words/office.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { groupMeterNumber } from '#lib/ui/view/meter-number.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { approveOnScreen, askFor, tokenShown } from './harness/consumer.ts';
import { BLOCKED } from './harness/estate.ts';

const { office, officeMeters: own, signIn } = officeEn;
const LAPTOP = { width: 1366, height: 768 };

let backend: Backend;
let desk: Phone;
let page: Page;
let home: Phone;
let consumer: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	desk = await Phone.start({ viewport: LAPTOP });
	page = await desk.tab();
	home = await Phone.start();
	consumer = await home.tab();
	await page.goto(`${backend.origin}/office/meters`);
});
afterAll(async () => {
	await desk?.dispose();
	await home?.dispose();
	await backend?.dispose();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const way = (name: string) => page.getByRole('link', { name, exact: true });
const sheet = () => page.getByRole('dialog');
const decisions = () => page.getByTestId('block-decisions').locator('li');

async function enter(login: string): Promise<void> {
	await page.getByLabel(signIn.login).fill(login);
	await page.getByLabel(signIn.password).fill(DEMO_PASSWORD);
	await button(signIn.submit).click();
	await button(office.signOut).waitFor();
}

async function anotherSignsIn(login: string): Promise<void> {
	await button(office.signOut).click();
	await enter(login);
}

/** A link is followed a moment after its click: what is done before that is undone when it arrives. */
async function goToMeters(): Promise<void> {
	await way(en.frame.meters).click();
	await page.getByRole('heading', { level: 1, name: own.title, exact: true }).waitFor();
}

async function lookUp(drn: string): Promise<void> {
	await page.getByLabel(en.topUp.field).fill(drn);
	await button(own.lookUp).click();
	await page.getByRole('heading', { name: own.meter(groupMeterNumber(drn)) }).waitFor();
}

async function fillIn(reason: string, note: string, submit: string): Promise<void> {
	await sheet().getByLabel(own.reason).selectOption({ label: reason });
	await sheet().getByLabel(own.form.note).fill(note);
	await sheet().getByRole('button', { name: submit, exact: true }).click();
}

async function consumerIsToldItIsBlocked(): Promise<void> {
	await consumer.goto(`${backend.origin}/meter/${BLOCKED}`);
	await consumer.getByText(en.problems['meter-blocked'].detail({})).first().waitFor();
	expect(await consumer.getByTestId('pay').count()).toBe(0);
}

describe('a meter that the office has blocked', () => {
	it('is told of to its consumer, and stands in the office’s list with the reason', async () => {
		await consumerIsToldItIsBlocked();
		await enter('clerk');
		const row = page.getByRole('row').filter({ hasText: groupMeterNumber(BLOCKED) });
		await row.getByText(own.blockReasons['debt-dispute']).waitFor();
		expect(await objections(page)).toEqual([]);
		await page.getByLabel(en.topUp.field).fill('37204139797');
		await button(own.lookUp).click();
		await page.getByText(en.problems['meter-check-digit'].detail({})).waitFor();
	});

	it('is unblocked with a reason, and its consumer buys', async () => {
		await lookUp(BLOCKED);
		await page.getByText(own.standing.blocked).waitFor();
		expect(await objections(page)).toEqual([]);
		await button(own.unblock.open).click();
		await sheet().getByRole('button', { name: own.unblock.submit }).click();
		await sheet().getByText(own.form.wrong.reason).waitFor();
		await page.locator('select:focus[aria-invalid=true]').waitFor();
		expect(await objections(page)).toEqual([]);
		await fillIn(own.unblockReasons['debt-settled'], 'Paid at the bank', own.unblock.submit);
		await page.getByText(own.unblock.done).waitFor();
		await page.getByText(own.standing.active).waitFor();
		await expect.poll(() => decisions().count()).toBe(2);
		await askFor(consumer, backend.origin, BLOCKED, '200');
		await approveOnScreen(consumer);
		expect(await tokenShown(consumer)).toMatch(/^\d{20}$/);
	});

	it('is blocked again, and its consumer is told with the next look-up', async () => {
		await button(own.block.open).click();
		await fillIn(own.blockReasons['tampering-suspected'], 'Seal broken', own.block.submit);
		await page.getByText(own.block.done).waitFor();
		await decisions().nth(2).waitFor();
		await consumerIsToldItIsBlocked();
	});

	it('for suspected tampering is unblocked when a second person agrees', async () => {
		await button(own.propose.open).click();
		await sheet().getByText(own.propose.means.tampering).waitFor();
		await fillIn(own.unblockReasons.inspected, '', own.propose.submit);
		await sheet().getByText(own.form.wrong.note).waitFor();
		await fillIn(own.unblockReasons.inspected, 'Seen and sealed anew', own.propose.submit);
		await page.getByText(own.waits.title).waitFor();
		expect(await objections(page)).toEqual([]);
		expect(await button(own.propose.open).count()).toBe(0);
		await consumerIsToldItIsBlocked();

		await anotherSignsIn('manager');
		await way(own.waits.look).click();
		await page.getByText('Seen and sealed anew').waitFor();
		await button(office.proposals.approve).click();
		await page.getByText(office.proposals.none).waitFor();
		await goToMeters();
		await lookUp(BLOCKED);
		await page.getByText(own.standing.active).waitFor();
		await page.getByText(own.byTwo('Neema Akinyi', 'Ruth Wambui'), { exact: false }).waitFor();
		await askFor(consumer, backend.origin, BLOCKED, '200');
		await approveOnScreen(consumer);
		expect(await tokenShown(consumer)).toMatch(/^\d{20}$/);
	});

	it('is read by the administrator, who decides nothing about it', async () => {
		await anotherSignsIn('admin');
		await page.getByText(own.readOnly).waitFor();
		expect(await button(own.block.open).count()).toBe(0);
		expect([...desk.errors, ...home.errors]).toEqual([]);
	});
});
