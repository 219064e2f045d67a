/** A consumer's screens in all their states, in one language after the other. */
import type { Page } from 'playwright-core';
import { makeCode } from '#lib/core/sync/spoken-code.ts';
import { ar } from '#lib/core/words/ar/catalogue.ts';
import { en, type Words } from '#lib/core/words/catalogue.ts';
import { fr } from '#lib/core/words/fr/catalogue.ts';
import { pt } from '#lib/core/words/pt/catalogue.ts';
import { sw } from '#lib/core/words/sw/catalogue.ts';
import type { Language } from '#lib/core/units/languages.ts';
import { askFor, saleShown } from '../harness/consumer.ts';
import { BLOCKED, COTTAGE, HOUSE_EA11, KITCHEN } from '../harness/estate.ts';
import { deliverFree, walkDeliver } from './deliver-walk.ts';
import { FETCHING_PHONE, walkFetch } from './fetch-walk.ts';
import { walkFree } from './free-walk.ts';
import type { LookOver } from './look-over.ts';
import { walkScan } from './scan-walk.ts';
import { cloneSale, type SaleClone } from './seed-sales.ts';
import { walkUse } from './use-walk.ts';
import { see, titled, type Walk } from './walk.ts';

export const SPOKEN: Record<Language, Words> = { en, fr, pt, sw, ar };

/** Ids of purchases on this phone. */
export interface Bought {
	readonly one: string;
	readonly set: string;
	readonly declined: string;
	/** Free, and in its meter. */
	readonly delivered: string;
}

/**
 * Purchases as they come about, in English: one that is issued, one of several tokens whose receipt goes to a
 * phone, one declined, one that was sent to its meter.
 */
export async function buy(walk: Walk): Promise<Bought> {
	const { page, origin } = walk;
	const pay = async (outcome: string): Promise<void> => {
		await page.getByTestId('approve').click();
		await page.waitForURL(/\/sandbox\/pay\//);
		const choice = page.locator(`button[formaction="?${outcome}"]`);
		if (!(await choice.isVisible())) await page.locator('summary').click();
		await choice.click();
		await page.waitForURL(/\/purchases\//);
	};
	const one = await askFor(page, origin, KITCHEN, '500');
	await pay('approved');
	await page.getByTestId('token-digits').waitFor();
	await page.goto(`${origin}/meter/${COTTAGE}`);
	await page.getByText(en.meter.phone.offer).click();
	await page.getByLabel(en.meter.phone.field).fill(FETCHING_PHONE);
	await page.getByLabel(en.meter.amount.field).fill('1000');
	await page.getByTestId('pay').click();
	const set = await saleShown(page);
	await pay('approved');
	await page.getByTestId('keyed-in').waitFor();
	const declined = await askFor(page, origin, KITCHEN, '200');
	await pay('declined');
	await page.getByRole('heading', { name: en.purchase.stories.refused.title }).waitFor();
	return { one, set, declined, delivered: await deliverFree(walk, HOUSE_EA11) };
}

/** To be paid: a payment that nobody approves is over some minutes later. @returns the purchase's id */
async function askToPay({ page, origin }: Walk): Promise<string> {
	await page.goto(`${origin}/meter/${KITCHEN}`);
	await page.locator('#amount').fill('300');
	await page.getByTestId('pay').click();
	await page.getByTestId('approve').waitFor();
	return saleShown(page);
}

/** As on the phone of somebody who reads this language. */
export async function speak(page: Page, origin: string, language: Language): Promise<void> {
	await page.goto(`${origin}/no-such-page`);
	await page.evaluate((own) => localStorage.setItem('tokenline-language', own), language);
}

/** Before anything was bought or looked up here. */
export async function walkFirstVisit(over: LookOver, page: Page, origin: string): Promise<void> {
	await page.goto(origin);
	await page.locator(`a[href="/meter/${KITCHEN}"]`).waitFor();
	await over.look(page, '/', 'first visit');
	await page.goto(`${origin}/purchases`);
	await page.locator('main h2').waitFor();
	await over.look(page, '/purchases', 'empty');
}

/** With the network, and what was bought. */
export async function walkConsumer(walk: Walk, bought: Bought): Promise<void> {
	const { page, origin, words } = walk;
	const go = (path: string) => page.goto(`${origin}${path}`);

	await go('/');
	await page.getByText(words.topUp.virtual.title).waitFor();
	await page.locator(`a[href="/meter/${COTTAGE}"]`).first().waitFor();
	await page.getByLabel(words.topUp.field).fill('00000000019');
	await page.getByRole('button', { name: words.topUp.next }).click();
	await page.getByText(words.problems['meter-check-digit'].detail({})).waitFor();
	await see(walk, '/', 'a wrong number');
	await page.getByRole('button', { name: words.frame.language.choose('') }).click();
	await page.locator('dialog').waitFor();
	await see(walk, '/', 'languages');

	await go(`/meter/${KITCHEN}`);
	await page.getByRole('textbox', { name: words.meter.amount.field }).fill('500');
	await page.getByText(words.waterfall.energy).last().waitFor();
	await page.locator('summary', { hasText: words.meter.phone.offer }).click();
	await page.locator('main details summary').last().click();
	await see(walk, '/meter/[drn]', 'amount');
	await go(`/meter/${BLOCKED}`);
	await titled(walk, words.problems['meter-blocked'].title);
	await see(walk, '/meter/[drn]', 'blocked');

	await go('/purchases');
	await page.locator(`a[href="/purchases/${bought.one}"]`).waitFor();
	await see(walk, '/purchases', 'bought');

	await askToPay(walk);
	await see(walk, '/purchases/[id]', 'to be paid');
	await go(`/purchases/${bought.declined}`);
	await titled(walk, words.purchase.stories.refused.title);
	await see(walk, '/purchases/[id]', 'refused');
	await go(`/purchases/${bought.set}`);
	await page.getByTestId('keyed-in').waitFor();
	await see(walk, '/purchases/[id]', 'several tokens');
	await go(`/purchases/${bought.one}`);
	await page.getByTestId('token-digits').waitFor();
	await page.locator('summary', { hasText: words.receipt.title }).click();
	await see(walk, '/purchases/[id]', 'issued');

	await walkCoach(walk, bought);

	await go('/claim');
	await page.getByLabel(words.topUp.field).fill(KITCHEN);
	await page
		.getByLabel(words.claim.field)
		.fill(makeCode(Uint8Array.from([9, 8, 7, 6, 5, 4, 3, 1])));
	await page.getByRole('button', { name: words.claim.ask }).click();
	await page.getByText(words.claim.notArrived.title).waitFor();
	await see(walk, '/claim', 'not arrived');

	await walkScan(walk);
	await walkFetch(walk);
	await walkFree(walk);
	await walkUse(walk);

	await go('/virtual-meter');
	await page.locator(`a[href="/virtual-meter/${KITCHEN}"]`).first().waitFor();
	await see(walk, '/virtual-meter', 'list');
	await go(`/virtual-meter/${KITCHEN}`);
	await page.getByRole('group', { name: words.virtualMeter.keypad.label }).waitFor();
	await page.keyboard.type('12345');
	await see(walk, '/virtual-meter/[drn]', 'typing');
	await walkDeliver(walk, bought);
	await go('/no-such-page');
	await titled(walk, words.frame.failure.notFound.title);
}

async function walkCoach(walk: Walk, { one, set }: Bought): Promise<void> {
	const { page, origin, words } = walk;
	const enter = '/purchases/[id]/enter';
	const refused = '/purchases/[id]/refused';
	const { rejectDoctor: doctor } = words;
	await page.goto(`${origin}/purchases/${one}/enter`);
	await page.getByTestId('lit-group').waitFor();
	await page.getByTestId('next-group').click();
	await see(walk, enter, 'a group');
	await page.goto(`${origin}/purchases/${set}/enter`);
	await page.getByTestId('lit-group').waitFor();
	await see(walk, enter, 'a key change');

	await page.goto(`${origin}/purchases/${one}/refused`);
	await page.locator('[data-saying=wrong-token]').waitFor();
	await see(walk, refused, 'what it says');
	await page.locator('[data-saying=wrong-token]').click();
	await page.getByLabel(doctor.typed.field).fill('1234 5678 9012 3456 7890');
	await see(walk, refused, 'the digits');
	await page.getByRole('button', { name: doctor.typed.unknown }).click();
	await page.getByLabel(words.topUp.field).waitFor();
	await see(walk, refused, 'the meter');
	await page.getByRole('button', { name: doctor.meter.unknown }).click();
	await page.locator('[data-cause], [data-next]').first().waitFor();
	await see(walk, refused, 'a cause');
}

/** What purchases come to seldom: written into the phone as the outbox leaves them. */
const CLONES: readonly SaleClone[] = [
	{ name: 'queued', progress: { state: 'queued', payUrl: null, paymentAsked: false, sent: false } },
	{
		name: 'unanswered',
		progress: { state: 'queued', payUrl: null, paymentAsked: false, sent: true, attempts: 3 },
	},
	{
		name: 'price changed',
		progress: { state: 'confirm-again', payUrl: null, paymentAsked: false, code: 'price-changed' },
	},
	{ name: 'payment silent', progress: { payUrl: null, paymentState: 'unknown' } },
	{ name: 'checking payment', progress: { payUrl: null, paymentState: 'pending' } },
	{ name: 'issuing', progress: { state: 'issuing', payUrl: null } },
	{ name: 'withdrawn', progress: { state: 'withdrawn', payUrl: null, paymentAsked: false } },
	{ name: 'replaced', progress: { state: 'replaced', payUrl: null, paymentAsked: false } },
	{
		name: 'dead letter',
		progress: { state: 'dead-letter', payUrl: null, code: 'id-reused' },
	},
];

export async function seedSales(walk: Walk): Promise<string[]> {
	const waiting = await askToPay(walk);
	const ids: string[] = [];
	for (const clone of CLONES) ids.push(await cloneSale(walk.page, waiting, clone));
	return ids;
}

/** Without an answer from the backend. */
export async function walkCutOff(walk: Walk, seeded: readonly string[]): Promise<void> {
	const { page, origin, words } = walk;
	for (const [at, id] of seeded.entries()) {
		await page.goto(`${origin}/purchases/${id}`);
		await page.locator('main dl').first().waitFor();
		await see(walk, '/purchases/[id]', CLONES[at]?.name ?? '');
	}
	await page.goto(`${origin}/purchases`);
	await page.locator(`a[href="/purchases/${seeded[0]}"]`).waitFor();
	await see(walk, '/purchases', 'every state');
	await page.goto(`${origin}/meter/37204199998`);
	await titled(walk, words.meter.titleUnknown);
	await see(walk, '/meter/[drn]', 'not known here');
}
