/** The office's screens, with a proposal to decide and an agent to look at. */
import type { Page } from 'playwright-core';
import { officeEn } from '#lib/core/words/office.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { DEMO_NEW_TILL } from '#lib/server/seed/demo-vendors.ts';
import { newId } from '../../server/harness/shop.ts';
import type { Phone } from '../harness/browser.ts';
import { BLOCKED, KITCHEN } from '../harness/estate.ts';
import { OfficeDesk } from '../harness/office-desk.ts';
import type { LookOver } from './look-over.ts';

const { office, officeMeters, officeTills, signIn } = officeEn;

export async function walkOffice(over: LookOver, origin: string, phone: Phone): Promise<void> {
	const page = await phone.tab();
	const see = (route: string, name: string) => over.look(page, route, name);
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	const go = async (path: string): Promise<void> => {
		await page.locator(`a[href="${path}"]:visible`).first().click();
		await page.waitForURL(`**${path}`);
	};
	const reason = 'The meter was tested and lost its credit';
	const wish = { kind: 'free-issue', drn: KITCHEN, energyDeciKwh: 50 };
	const clerk = await OfficeDesk.of(origin, 'clerk');
	await clerk.send('PUT', `approvals/${newId()}`, { reason, wish });
	// Whoever was signed in on this device before is not any more.
	await phone.context.clearCookies();
	await page.goto(`${origin}/office`);
	await page.getByLabel(signIn.login).fill('manager');
	await see('/office', 'sign in');
	await page.getByLabel(signIn.password).fill(DEMO_PASSWORD);
	await button(signIn.submit).click();
	await page.getByText(reason).waitFor();
	await see('/office', 'a proposal');
	await go('/office/meters');
	await page.locator(`a[href="/office/meters/${BLOCKED}"]`).waitFor();
	await see('/office/meters', 'blocked ones');
	await walkMeter(over, page);
	await go('/office/tills');
	await page.getByText('T-001', { exact: true }).waitFor();
	await see('/office/tills', 'all');
	await go('/office/agents');
	await page.locator('main a[href^="/office/agents/"]').first().waitFor();
	await see('/office/agents', 'all');
	await page.locator(`main a[href="/office/agents/${DEMO_NEW_TILL.vendorId}"]`).first().click();
	await page.waitForURL(/\/office\/agents\/.+/);
	await page.locator('main form, main table').first().waitFor();
	await see('/office/agents/[vendor]', 'one');
	await go('/office/journals');
	await page.locator('main h2').first().waitFor();
	await see('/office/journals', 'all');
	await go('/office/tills');
	await button(officeTills.code.makeFor(DEMO_NEW_TILL.id)).click();
	await page.locator('dialog').waitFor();
	await see('/office/tills', 'a code');
	await page.keyboard.press('Escape');
	await button(office.signOut).click();
	await page.close();
}

/** A blocked meter, both sheets, and one whose unblocking waits for a colleague. */
async function walkMeter(over: LookOver, page: Page): Promise<void> {
	const see = (name: string) => over.look(page, '/office/meters/[drn]', name);
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	const sheet = page.getByRole('dialog');
	const send = async (reason: string, note: string, submit: string): Promise<void> => {
		await sheet.getByLabel(officeMeters.reason).selectOption({ label: reason });
		await sheet.getByLabel(officeMeters.form.note).fill(note);
		await sheet.getByRole('button', { name: submit, exact: true }).click();
	};
	await page.locator(`a[href="/office/meters/${BLOCKED}"]`).click();
	await page.getByText(officeMeters.standing.blocked).waitFor();
	await see('blocked');
	await button(officeMeters.unblock.open).click();
	await sheet.getByRole('button', { name: officeMeters.unblock.submit, exact: true }).click();
	await sheet.getByText(officeMeters.form.wrong.reason).waitFor();
	await see('unblocking it, nothing chosen');
	await send(officeMeters.unblockReasons.mistake, '', officeMeters.unblock.submit);
	await page.getByText(officeMeters.standing.active).waitFor();
	await see('sold to again');
	await button(officeMeters.block.open).click();
	await see('blocking it');
	const { 'tampering-suspected': tampering } = officeMeters.blockReasons;
	await send(tampering, 'The seal of the terminal cover is broken', officeMeters.block.submit);
	await button(officeMeters.propose.open).click();
	await see('proposing to unblock it');
	const { inspected } = officeMeters.unblockReasons;
	await send(inspected, 'Seen by the technician, sealed anew', officeMeters.propose.submit);
	await page.getByText(officeMeters.waits.title).waitFor();
	await see('waiting for a colleague');
}
