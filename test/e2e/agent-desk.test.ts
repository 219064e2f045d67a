/**
 * What a till does beside selling, in a real browser with a captured printer: X and Z on paper, a refused sale
 * sold again, a colleague at the same till, another PIN, and rows saved as a file where they may be lost.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { TillExport } from '#lib/core/sync/wire-till.ts';
import { agentEn as words } from '#lib/core/words/agent.ts';
import { DEMO_NEW_TILL } from '#lib/server/seed/demo-vendors.ts';
import { findSerialTools, NO_SERIAL_TOOLS } from '../../src/cli/serial-tools.mjs';
import { valueOf, type PrintedPaper } from '../harness/escpos-reader.ts';
import {
	AGENT,
	AGENT_PIN,
	goOffline,
	goOnline,
	goToWay,
	openShift,
	sell,
	signInOperator,
	soldShown,
	unlockTill,
	untilHandedIn,
} from './harness/agent.ts';
import { objections } from './harness/axe.ts';
import type { Phone } from './harness/browser.ts';
import { BLOCKED, KITCHEN } from './harness/estate.ts';
import { OfficeDesk } from './harness/office-desk.ts';
import { goTo, readDevice } from './harness/till-device.ts';
import { TillInShift } from './harness/till-in-shift.ts';

const there = findSerialTools();
const NEXT_PIN = '618273';
const COLLEAGUE = { login: 'agent2b', name: 'Naliaka Barasa', pin: '730519' } as const;

let till: TillInShift;
let phone: Phone;
let page: Page;

beforeAll(async () => {
	if (!there) return;
	till = await TillInShift.open();
	({ phone, page } = till);
});
afterAll(async () => {
	await till?.close();
});
beforeEach(({ skip }) => {
	if (!there) skip(NO_SERIAL_TOOLS);
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

describe('a sale that was refused after its customer had paid', () => {
	it('is sold again from the refund desk, once what stood in its way is gone', async () => {
		await goOffline(phone, page);
		await till.paperOf(async () =>
			expect((await sell(page, { drn: BLOCKED, amount: '300' })).kind).toBe('provisional'),
		);
		await goOnline(phone, page);
		await goTo(page, '/agent/desk');
		await page.getByTestId('refund-amount').getByText('300').waitFor();
		unblock(BLOCKED);
		await button(words.mend.refunds.again).click();
		await page.locator('#amount').waitFor();
		await expect.poll(() => page.locator('#amount').inputValue()).toBe('300');
		await page.locator('summary', { hasText: /Buys .*kWh/ }).waitFor();
		await page.locator('#amount').press('Enter');
		// Its receipt is out before the next paper is asked for.
		await till.paperOf(async () => {
			await page.getByTestId('take').click();
			expect((await soldShown(page)).kind).toBe('issued');
		});
		const { sales } = await readDevice(page);
		expect(sales.map(({ state }) => state).sort()).toEqual(['issued', 'replaced']);
		await goTo(page, '/agent/desk');
		await page.getByText(words.mend.refunds.none).waitFor();
	});

	/** The utility has cleared the meter. */
	function unblock(drn: string): void {
		const books = new DatabaseSync(join(till.backend.home, 'tokenline.db'));
		books.exec('pragma busy_timeout = 5000');
		books.prepare(`update meter set state = 'active' where drn = ?`).run(drn);
		books.close();
	}
});

describe('the shift on paper', () => {
	const own = words.paper.report;
	/** Sold once; what was refused before came back to the customer as that sale. */
	const SOLD = {
		...{ count: '1', sold: 'KES 300', cash: 'KES 300' },
		...{ refusedHere: 'KES 0', soldAgain: 'KES 300', givenBack: false },
		...{ taken: 'KES 600', takenOff: '-KES 300', shouldBe: 'KES 300' },
	};
	const figuresOf = (paper: PrintedPaper) => ({
		count: valueOf(paper, own.count),
		sold: valueOf(paper, own.sold),
		cash: valueOf(paper, own.counted(own.payTypes.cash, '1')),
		refusedHere: valueOf(paper, own.counted(own.refused.here, '0')),
		soldAgain: valueOf(paper, own.counted(own.refused.soldAgain, '1')),
		givenBack: paper.text.includes(own.givenBack),
		taken: valueOf(paper, own.taken),
		takenOff: valueOf(paper, own.soldAgain),
		shouldBe: valueOf(paper, own.expected),
	});

	it('is printed as X while it goes on', async () => {
		await goToWay(page, 'shift');
		const paper = await till.paperOf(() => button(words.shift.xReport).click());
		expect(paper.text).toContain(own.x);
		expect(paper.text.replace(/\s+/g, ' ')).toContain(own.xNote);
		expect(figuresOf(paper)).toEqual(SOLD);
		expect(paper.isCut).toBe(true);
		expect(paper.text).not.toContain(words.paper.reprint('2'));
	});

	it('is printed as Z when it is closed, and again as a reprint only', async () => {
		await page.getByRole('link', { name: words.shift.cashUp }).click();
		await page.locator('#pieces-20000').fill('1');
		await page.locator('#pieces-10000').fill('1');
		const paper = await till.paperOf(() => button(words.shift.count.close).click());
		expect(paper.text).toContain(own.z);
		expect(figuresOf(paper)).toEqual(SOLD);
		expect(valueOf(paper, own.drawerTotal)).toBe('KES 300');
		expect(paper.text).not.toContain(words.paper.reprint('2'));
		const again = await till.paperOf(() => button(words.shift.z.reprint).click());
		expect(again.text).toContain(own.z);
		expect(again.text).toContain(words.paper.reprint('2'));
		expect(figuresOf(again)).toEqual(SOLD);
		expect(valueOf(again, own.drawerTotal)).toBe('KES 300');
	});
});

describe('storage that the browser does not promise', () => {
	it('is said over every screen, and what waits is saved from there as a file', async () => {
		await openShift(page);
		await untilHandedIn(page);
		await goOffline(phone, page);
		expect((await sell(page, { drn: KITCHEN, amount: '120' })).kind).toBe('provisional');
		await page.getByTestId('storage-danger').getByText(words.device.banner.notKept).click();
		await page.locator('h1', { hasText: words.device.title }).waitFor();
		await page.getByTestId('storage-danger').waitFor({ state: 'detached' });
		await page.getByText(words.device.storage.notKept).waitFor();
		const downloading = page.waitForEvent('download');
		await button(words.mend.mend.save).first().click();
		const file = await (await downloading).path();
		await page.getByText(words.mend.mend.saved('1')).first().waitFor();
		const saved = JSON.parse(readFileSync(file, 'utf8')) as TillExport;
		const { entries } = await readDevice(page);
		expect(saved.entries).toEqual([entries.at(-1)?.entry]);
		expect(saved.terminalId).toBe(DEMO_NEW_TILL.id);
		await goOnline(phone, page);
	});
});

describe('the people at a till', () => {
	it('choose another PIN, and the one before opens nothing', async () => {
		await goToWay(page, 'till');
		await page.locator('summary', { hasText: words.device.people.changePin }).click();
		await page.getByLabel(words.pin.old).fill(NEXT_PIN);
		await page.getByLabel(words.pin.next, { exact: true }).fill(NEXT_PIN);
		await page.getByLabel(words.pin.again, { exact: true }).fill(NEXT_PIN);
		await button(words.pin.change).click();
		await page.getByText(words.vault.unlock.wrong('9')).waitFor();
		await page.getByLabel(words.pin.old).fill(AGENT_PIN);
		await page.getByLabel(words.pin.next, { exact: true }).fill(NEXT_PIN);
		await page.getByLabel(words.pin.again, { exact: true }).fill(NEXT_PIN);
		await button(words.pin.change).click();
		await page.getByText(words.vault.change.changed).waitFor();
		await button(words.device.people.lock).click();
		await page.getByLabel(words.pin.label, { exact: true }).fill(AGENT_PIN);
		await button(words.vault.unlock.submit).click();
		await page.getByText(words.vault.unlock.wrong('9')).waitFor();
		await unlockTill(page, NEXT_PIN);
	});

	it('are joined by a colleague, who sells and opens nothing of another’s', async () => {
		const admin = await OfficeDesk.of(till.gate.origin, 'admin');
		await admin.makeAgent(DEMO_NEW_TILL.vendorId, COLLEAGUE.login, COLLEAGUE.name);
		await goToWay(page, 'till');
		await button(words.device.people.add).click();
		await signInOperator(page, COLLEAGUE.login, AGENT.password, COLLEAGUE.pin);
		expect((await sell(page, { drn: KITCHEN, amount: '110' })).kind).toBe('issued');
		await goToWay(page, 'sales');
		await page.getByText(words.sales.sealed).first().waitFor();
		await expect.poll(() => page.getByText(words.sales.sealed).count()).toBe(3);
		expect(await objections(page)).toEqual([]);
	});

	it('say who they are by one tap, the last first, and each opens their own by their PIN', async () => {
		await page.reload();
		const people = page.getByRole('main').getByRole('listitem').getByRole('button');
		await people.first().waitFor();
		const names = (await people.allInnerTexts()).map((text) => text.split('\n')[0]);
		expect(names).toEqual([COLLEAGUE.name, AGENT.name]);
		expect(await objections(page)).toEqual([]);
		await people.filter({ hasText: AGENT.name }).click();
		await page.getByLabel(words.pin.label, { exact: true }).fill(COLLEAGUE.pin);
		await button(words.vault.unlock.submit).click();
		await page.getByText(words.vault.unlock.wrong('9')).waitFor();
		await unlockTill(page, NEXT_PIN);
		await goToWay(page, 'sales');
		await page.getByText(words.sales.sealed).first().waitFor();
		await expect.poll(() => page.getByText(words.sales.sealed).count()).toBe(1);
		expect(phone.errors).toEqual([]);
	});
});
