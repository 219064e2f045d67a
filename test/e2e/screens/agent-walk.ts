/** An agent's screens, from a device that is no till to a shift that is closed. */
import type { Page } from 'playwright-core';
import { agentEn as own } from '#lib/core/words/agent.ts';
import { LANGUAGE_FACTS } from '#lib/core/units/languages.ts';
import { en } from '#lib/core/words/catalogue.ts';
import {
	AGENT,
	AGENT_PIN,
	type Backend,
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
	unlockTill,
} from '../harness/agent.ts';
import type { Phone } from '../harness/browser.ts';
import { BLOCKED, COTTAGE, HOUSE_EA11, KITCHEN } from '../harness/estate.ts';
import type { LookOver } from './look-over.ts';

export async function walkAgent(over: LookOver, backend: Backend, phone: Phone): Promise<void> {
	const page = await phone.tab();
	const see = (route: string, name: string) => over.look(page, route, name);
	const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
	await setTerms(backend);
	await fillFloat(backend, 1_000_000);
	await openAgent(page, backend);
	await page.getByLabel(own.agent.enrol.code).waitFor();
	await see('/agent', 'enrol');
	await enrol(page, await officeMakesCode(backend));
	await see('/agent', 'sign in');
	await page.getByLabel(own.signIn.login).fill(AGENT.login);
	await page.getByLabel(own.signIn.password).fill(AGENT.password);
	await button(own.signIn.submit).click();
	await page.getByLabel(own.pin.label, { exact: true }).fill('1');
	await see('/agent', 'choose a PIN');
	await page.getByLabel(own.pin.label, { exact: true }).fill(AGENT_PIN);
	await page.getByLabel(own.pin.again, { exact: true }).fill(AGENT_PIN);
	await button(own.pin.choose).click();
	await page.getByTestId('glance').waitFor();
	await see('/agent', 'no shift');
	await goToWay(page, 'shift');
	await see('/agent/shift', 'closed');
	await openShift(page);
	await walkPrinter(over, page);

	await walkSale(over, page);
	await sell(page, { drn: COTTAGE, amount: '600' });
	await see('/agent', 'several tokens');
	await page.getByTestId('next-sale').click();
	await page.getByLabel(en.topUp.field).fill(BLOCKED);
	await page.getByLabel(en.topUp.field).press('Enter');
	await page.getByText(en.problems['meter-blocked'].detail({})).first().waitFor();
	await see('/agent', 'blocked');
	await page.keyboard.press('Escape');
	await page.getByLabel(en.topUp.field).waitFor();
	await goOffline(phone, page);
	await sell(page, { drn: HOUSE_EA11, amount: '120' });
	await page.getByTestId('provisional').waitFor();
	await see('/agent', 'provisional');
	// To a meter that may not be sold to: its money is to be given back, once the office has said so.
	await sell(page, { drn: BLOCKED, amount: '150' });
	await goOnline(phone, page);
	await page.getByTestId('next-sale').click();
	await page.getByTestId('recent').first().waitFor();
	await see('/agent', 'recent customers');

	await goToWay(page, 'sales');
	await see('/agent/sales', 'all');
	await page
		.getByRole('link', { name: new RegExp(own.sales.states.issued.name) })
		.first()
		.click();
	await page.getByTestId('token-digits').first().waitFor();
	await see('/agent/sales/[id]', 'issued');
	await goToWay(page, 'sales');
	await page.locator('a[href="/agent/desk"]').first().click();
	await page.getByRole('heading', { level: 1, name: own.mend.title }).waitFor();
	await see('/agent/desk', 'money to give back');
	await walkShift(over, page);
	await goToWay(page, 'till');
	await see('/agent/device', 'till');
	await page.reload();
	await page.getByLabel(own.pin.label, { exact: true }).waitFor();
	await see('/agent/device', 'locked');
	await unlockTill(page);
	await page.close();
}

/** From here on every sale has its paper's language on the screen; nothing opens the system's dialogue. */
async function walkPrinter(over: LookOver, page: Page): Promise<void> {
	const { settings } = own.paper;
	await goToWay(page, 'till');
	await page.locator('summary', { hasText: own.device.printer.title }).click();
	await page.getByLabel(settings.way).selectOption(settings.ways.serial);
	await page.getByLabel(settings.language).selectOption(LANGUAGE_FACTS.ar.name);
	await page.getByText(settings.drawn).waitFor();
	await over.look(page, '/agent/device', 'papers in Arabic');
	await page.getByLabel(settings.way).selectOption(settings.ways.system);
	await page.getByLabel(settings.auto).uncheck();
	await page.getByLabel(settings.language).selectOption(LANGUAGE_FACTS.pt.name);
}

async function walkSale(over: LookOver, page: Page): Promise<void> {
	const see = (name: string) => over.look(page, '/agent', name);
	await goToWay(page, 'sell');
	await page.getByLabel(en.topUp.field).fill('00000000019');
	await page.getByRole('button', { name: own.sell.meter.next, exact: true }).click();
	await page.getByText(en.problems['meter-check-digit'].detail({})).waitFor();
	await see('a wrong number');
	await page.getByLabel(en.topUp.field).fill(KITCHEN);
	await page.getByRole('button', { name: own.sell.meter.next, exact: true }).click();
	await page.getByLabel(en.meter.amount.field).fill('500');
	await page
		.getByText(/Buys.*kWh/)
		.first()
		.waitFor();
	await see('the amount');
	await page.getByLabel(en.meter.amount.field).press('Enter');
	await page.locator('#tendered').fill('1000');
	await see('the money');
	await page.getByTestId('take').click();
	await page.getByTestId('token-digits').waitFor();
	await page.getByLabel(own.paper.job.language).waitFor();
	await see('the token');
}

async function walkShift(over: LookOver, page: Page): Promise<void> {
	await goToWay(page, 'shift');
	await page.getByTestId('drawer-expected').waitFor();
	await over.look(page, '/agent/shift', 'open');
	await page.getByRole('link', { name: own.shift.cashUp }).click();
	await page.locator('#pieces-20000').fill('1');
	await over.look(page, '/agent/shift', 'counting');
	await page.getByRole('button', { name: own.shift.count.close }).click();
	await page.waitForURL(/\/agent\/shift\/[0-9a-f-]{36}$/);
	await page.getByTestId('z-sold').waitFor();
	await over.look(page, '/agent/shift/[id]', 'closed');
}
