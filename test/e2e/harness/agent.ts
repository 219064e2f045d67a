/**
 * An agent's steps through the till's screens, and what the office does for them before, for every end-to-end
 * test. Words are the catalogue's own.
 */
import type { Page } from 'playwright-core';
import type { OfflineTerms } from '#lib/core/vending/offline-terms.ts';
import type { EnrolmentCode } from '#lib/core/sync/wire-terminals.ts';
import type { DepositRequest } from '#lib/core/sync/wire-vendors.ts';
import { agentEn as words } from '#lib/core/words/agent.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { DEMO_NEW_TILL } from '#lib/server/seed/demo-vendors.ts';
import { newId } from '../../server/harness/shop.ts';
import { type Phone, untilInstalled } from './browser.ts';
import { eventually } from './eventually.ts';
import { untilKept } from './kept-files.ts';
import { OfficeDesk } from './office-desk.ts';
import { readDevice } from './till-device.ts';
import { audienceFiles } from './traffic.ts';

/** Where the backend is: `Backend`, or a gate before it. */
export interface Backend {
	readonly origin: string;
}

/** Of the demo: sells for the vendor of `DEMO_NEW_TILL`. */
export const AGENT = { login: 'agent2', password: DEMO_PASSWORD, name: 'Brenda Atieno' } as const;
export const AGENT_PIN = '904517';

const HOUR_MS = 3_600_000;
/** Enough for a busy day, whatever the browser keeps: one that is driven by a test is never installed. */
export const DAY_TERMS: OfflineTerms = {
	queued: { perSaleMinor: 500_000, sumMinor: 50_000_000, count: 1_000, ageMs: 72 * HOUR_MS },
	unkept: { perSaleMinor: 500_000, sumMinor: 50_000_000, count: 1_000, ageMs: 72 * HOUR_MS },
	reserve: null,
};

/** A one-time code for a till, made by the office. */
export async function officeMakesCode(
	{ origin }: Backend,
	terminalId: string = DEMO_NEW_TILL.id,
): Promise<string> {
	const office = await OfficeDesk.of(origin, 'manager');
	const { code } = await office.send<EnrolmentCode>(
		'POST',
		`terminals/${terminalId}/enrolment-codes`,
	);
	return code;
}

/** Money paid in at the bank. */
export async function fillFloat(
	{ origin }: Backend,
	amountMinor: number,
	vendorId: string = DEMO_NEW_TILL.vendorId,
): Promise<void> {
	const office = await OfficeDesk.of(origin, 'clerk');
	const id = newId();
	const request: DepositRequest = {
		...{ vendorId, amountMinor, currency: 'KES', bankingReference: `SLIP ${id}` },
	};
	await office.send('PUT', `deposits/${id}`, request);
}

/** What the vendor's tills may do without a network. */
export async function setTerms(
	{ origin }: Backend,
	terms: OfflineTerms = DAY_TERMS,
	vendorId: string = DEMO_NEW_TILL.vendorId,
): Promise<void> {
	const office = await OfficeDesk.of(origin, 'manager');
	await office.send('PUT', `vendors/${vendorId}/offline-terms`, terms);
}

const button = (page: Page, name: string | RegExp) =>
	page.getByRole('button', { name, exact: true });

/** Opens the agent's screens, and waits until the browser can start them without a network. */
export async function openAgent(page: Page, { origin }: Backend): Promise<void> {
	await page.goto(`${origin}/agent`);
	await untilInstalled(page);
	await untilKept(page, audienceFiles().agent);
}

/** With the agent's screens open: this device becomes the till of the code. */
export async function enrol(page: Page, code: string): Promise<void> {
	await page.getByLabel(words.agent.enrol.code).fill(code);
	await button(page, words.agent.enrol.submit).click();
	await page.getByLabel(words.signIn.login).waitFor();
}

/** Signs in for the first time here, and chooses a PIN: the till is open then. */
export async function signInOperator(
	page: Page,
	login: string = AGENT.login,
	password: string = AGENT.password,
	pin: string = AGENT_PIN,
): Promise<void> {
	await page.getByLabel(words.signIn.login).fill(login);
	await page.getByLabel(words.signIn.password).fill(password);
	await button(page, words.signIn.submit).click();
	await page.getByLabel(words.pin.label, { exact: true }).fill(pin);
	await page.getByLabel(words.pin.again, { exact: true }).fill(pin);
	await button(page, words.pin.choose).click();
	await page.getByTestId('glance').waitFor();
}

/** After a reload, or once it is locked: nothing but the PIN is asked. */
export async function unlockTill(page: Page, pin: string = AGENT_PIN): Promise<void> {
	await page.getByLabel(words.pin.label, { exact: true }).fill(pin);
	await button(page, words.vault.unlock.submit).click();
	await page.getByTestId('glance').waitFor();
}

/** Goes to one of the agent's screens without loading the page anew, so that the vault stays open. */
export async function goToWay(page: Page, way: 'sell' | 'sales' | 'shift' | 'till'): Promise<void> {
	const name = en.frame[way];
	const link = page.getByRole('navigation').getByRole('link', { name, exact: true });
	await link.filter({ visible: true }).first().click();
	await page.getByRole('heading', { level: 1, name: SCREENS[way], exact: true }).waitFor();
}

const SCREENS = {
	sell: words.sell.title,
	sales: words.sales.title,
	shift: words.shift.title,
	till: words.device.title,
} as const;

/** With the till open and no shift. */
export async function openShift(page: Page): Promise<void> {
	await goToWay(page, 'shift');
	await button(page, words.shift.open).click();
	await page.getByTestId('shift-open').waitFor();
}

export interface SaleSteps {
	/** Digits of the meter number. */
	readonly drn: string;
	/** As typed, in major units. */
	readonly amount: string;
}

export type SoldAtTill =
	/** Of each token, twenty digits, in the order in which they go in. */
	| { readonly kind: 'issued'; readonly tokens: readonly string[] }
	/** Without hyphens. */
	| { readonly kind: 'provisional'; readonly claimCode: string }
	| { readonly kind: 'refused' }
	| { readonly kind: 'not-sold' };

/** Sells for cash, the exact amount, from whatever screen of the till is open; says what came of it. */
export async function sell(page: Page, { drn, amount }: SaleSteps): Promise<SoldAtTill> {
	await untilLookedOut(page);
	await goToWay(page, 'sell');
	const next = page.getByTestId('next-sale');
	const meter = page.getByLabel(en.topUp.field);
	await next.or(meter).first().waitFor();
	if (await next.isVisible()) await next.click();
	// By the keys: a line that comes above the button moves it away under the finger.
	await meter.fill(drn);
	await meter.press('Enter');
	const typed = page.getByLabel(en.meter.amount.field);
	await typed.fill(amount);
	await typed.press('Enter');
	await page.getByTestId('take').click();
	return await soldShown(page);
}

/** A till that has just been opened does not know yet whether the office is there: what it sells then is a promise. */
export async function untilLookedOut(page: Page): Promise<void> {
	const connecting = page.getByTestId('glance').getByText(words.agent.glance.states.unknown);
	await connecting.first().waitFor({ state: 'detached' });
}

/** What the screen says of the last tap, once it says it. The same sale a moment ago is sold again. */
export async function soldShown(page: Page): Promise<SoldAtTill> {
	const own = words.sell.result;
	const result = page.getByTestId('next-sale');
	const nothing = page.getByText(own.notSold.nothing);
	const again = button(page, words.sell.again.yes);
	await result.or(nothing).or(again).first().waitFor({ timeout: 30_000 });
	if (await again.isVisible()) {
		await again.click();
		await result.or(nothing).first().waitFor({ timeout: 30_000 });
	}
	if (await nothing.isVisible()) return { kind: 'not-sold' };
	const claim = page.getByTestId('claim-code');
	if (await claim.isVisible())
		return {
			kind: 'provisional',
			claimCode: ((await claim.textContent()) ?? '').replace(/[\s-]/g, ''),
		};
	const digits = await page.getByTestId('token-digits').allTextContents();
	if (digits.length === 0) return { kind: 'refused' };
	return { kind: 'issued', tokens: digits.map((text) => text.replace(/\D/g, '')) };
}

/** The network goes; the till has heard that when this resolves. */
export async function goOffline(phone: Phone, page: Page): Promise<void> {
	await phone.setOffline(true);
	await tryNow(page);
	await page.getByTestId('glance').getByText(words.agent.glance.states.offline).first().waitFor();
}

/** The network is back, and the office has said the last word on everything that waited when this resolves. */
export async function goOnline(phone: Phone, page: Page): Promise<void> {
	await phone.setOffline(false);
	await tryNow(page);
	const glance = page.getByTestId('glance');
	await glance.getByText(words.agent.glance.states.online, { exact: true }).first().waitFor();
	await untilHandedIn(page);
	// It stands there twice: for a phone, and for a laptop.
	const allIn = glance.getByText(words.agent.glance.allIn).filter({ visible: true });
	await allIn.first().waitFor({ timeout: 30_000 });
}

/** Of everything that this enrolment of the till has written down, the office has said the last word. */
export const untilHandedIn = (page: Page): Promise<void> =>
	eventually(
		'everything is handed in',
		async () => {
			const { till, progress } = await readDevice(page);
			return progress
				.filter(({ deviceId }) => deviceId === till.deviceId)
				.every(({ state }) => state === 'done');
		},
		60_000,
	);

/** The strip's own button. */
export async function tryNow(page: Page): Promise<void> {
	await page
		.getByTestId('glance')
		.getByRole('button', { name: new RegExp(words.agent.glance.tryNow) })
		.click();
}
