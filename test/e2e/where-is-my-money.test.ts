/**
 * Payments that come late, twice, or go again after "paid", and a purchase that is fetched on another phone:
 * each ends in a true sentence on the screen, also after a reload, and in a right balance.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OwedMoney, RefundAnswer, RefundList } from '#lib/core/sync/wire-office.ts';
import { ar } from '#lib/core/words/ar/catalogue.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { Backend } from '../harness/backend.ts';
import { newId } from '../server/harness/shop.ts';
import { objections } from './harness/axe.ts';
import { readBooks } from './harness/books.ts';
import { PHONE as SIZE, Phone, untilInstalled } from './harness/browser.ts';
import { approveOnScreen, askFor, saleShown, tokenShown } from './harness/consumer.ts';
import { KITCHEN, WORKSHOP } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { partFiles, untilKept } from './harness/kept-files.ts';
import { OfficeDesk } from './harness/office-desk.ts';
import { pixelsOver } from './harness/overflow.ts';

const OWN = '+254712345678';
const HOUR_MS = 3_600_000;
const words = en.money;

let backend: Backend;
let books: DatabaseSync;
let phone: Phone;
let page: Page;
beforeAll(async () => {
	backend = await Backend.prepared();
	// The backend writes too: whoever finds the other one writing waits.
	books = new DatabaseSync(join(backend.home, 'tokenline.db'), { timeout: 20_000 });
	phone = await Phone.start();
	page = await phone.tab();
});
afterAll(async () => {
	books?.close();
	await phone?.dispose();
	await backend?.dispose();
});
afterEach(() => expect(phone.errors).toEqual([]));

const titled = (title: string, on = page) =>
	on.getByRole('heading', { level: 1, name: title }).waitFor();
const money = () => page.getByTestId('money');
const saying = (text: string) => money().getByText(text).waitFor({ timeout: 40_000 });

/** The payer's choice on the provider's page, from the sale's own. */
async function choose(outcome: string): Promise<void> {
	await page.getByTestId('approve').click();
	await page.waitForURL(/\/sandbox\/pay\//);
	await page.locator('summary').click();
	await page.locator(`button[formaction="?${outcome}"]`).click();
	await page.waitForURL(/\/purchases\//);
}

/** What the provider does some seconds later happens at this time, and it tells of it then. */
function laterHappens(saleId: string, atMs: number): void {
	const { id } = books.prepare('select id from payment where vend_id = ?').get(saleId) as {
		id: string;
	};
	for (const column of ['turns_approved_at_ms', 'paid_again_at_ms', 'taken_back_at_ms'])
		books
			.prepare(
				`update sandbox_charge set ${column} = ? where reference = ? and ${column} is not null`,
			)
			.run(atMs, id);
	books
		.prepare(
			`update sandbox_notice set due_at_ms = ?
			 where reference = ? and taken_at_ms is null and due_at_ms > ?`,
		)
		.run(atMs, id, Date.now());
}
const hurry = (saleId: string): void => laterHappens(saleId, 1);
const putOff = (saleId: string): void => laterHappens(saleId, Date.now() + HOUR_MS);

/** Minor units on an account of the utility. */
const balance = (kind: string): number =>
	Number(
		books
			.prepare('select coalesce(sum(amount_minor), 0) as n from ledger_entry where account_id = ?')
			.get(`lakeside:${kind}`)?.n,
	);

/** The office pays back what is owed for the meter. */
async function payBack(drn: string): Promise<void> {
	const desk = await OfficeDesk.of(backend.origin, 'manager');
	const { open } = await desk.get<RefundList>('refunds');
	const owed = open.find((item) => item.drn === drn) as OwedMoney;
	const { owedAs, subjectId, amountMinor, currency } = owed;
	await desk.send<RefundAnswer>('PUT', `refunds/${newId()}`, {
		...{ owedAs, subjectId, amountMinor, currency, way: 'provider', reference: 'R-1' },
	});
}

/** Asks again on the screen until it says so, as a person would. */
async function askUntil(text: string): Promise<void> {
	await eventually(`the screen says "${text}"`, async () => {
		const ask = money().getByRole('button', { name: words.ask });
		if (await ask.isEnabled().catch(() => false)) await ask.click();
		return await money().getByText(text).isVisible();
	});
}

const amount = (major: string) => `KES\u00a0${major}`;

describe('before the money has moved', () => {
	it('every state says where it is, and still after a reload; the history leads there', async () => {
		await page.goto(backend.origin);
		await untilInstalled(page);
		await phone.setOffline(true);
		await askFor(page, backend.origin, KITCHEN, '110');
		await titled(en.purchase.stories.queuedOffline.title);
		await saying(words.withYou);
		await page.reload();
		await saying(words.withYou);
		await page.goto(`${backend.origin}/purchases`);
		await page.getByRole('link', { name: words.title }).click();
		await saying(words.withYou);
		await phone.setOffline(false);
		await page.getByTestId('approve').or(page.getByTestId('agree')).first().waitFor();
		if (await page.getByTestId('agree').isVisible()) {
			await saying(words.withYou);
			await page.getByTestId('agree').click();
		}
		await page.getByTestId('approve').waitFor();
		await saying(words.undecided);
		await page.reload();
		await saying(words.undecided);
		expect(await objections(page)).toEqual([]);
		await approveOnScreen(page);
		await tokenShown(page);
		expect(await money().count()).toBe(0);
	});
});

describe('a payment that comes after the sale has ended', () => {
	let id: string;

	it('is owed to the payer, and the screen says so instead of "no money was taken"', async () => {
		id = await askFor(page, backend.origin, KITCHEN, '120');
		await choose('approved-after-expiry');
		// Until what is said before it was read.
		putOff(id);
		await titled(en.purchase.stories.refused.title);
		await page.getByText(en.problems['payment-expired'].detail({})).waitFor();
		hurry(id);
		await saying(words.owed(amount('120')));
		await saying(words.late(amount('120')));
		expect(await page.getByText(en.problems['payment-expired'].detail({})).count()).toBe(0);
		expect(balance('suspense')).toBe(-12_000);
		expect(readBooks(backend.home, id)).toMatchObject({ tokens: [], booked: 0, ledgerSum: 0 });
		expect(await objections(page)).toEqual([]);
	});

	it('is said so after a reload, without a network too, and in the history', async () => {
		await phone.setOffline(true);
		await page.reload();
		await saying(words.owed(amount('120')));
		await page.goto(`${backend.origin}/purchases`);
		await page.getByRole('link', { name: words.title }).waitFor();
		expect(await objections(page)).toEqual([]);
		await phone.setOffline(false);
	});

	it('is paid back by the office, and the screen says when', async () => {
		await page.goto(`${backend.origin}/purchases/${id}`);
		await saying(words.owed(amount('120')));
		await payBack(KITCHEN);
		await askUntil(words.provider(amount('120'), '').replace(/ on \.$/, ''));
		expect(balance('suspense')).toBe(0);
		expect(
			await money()
				.getByText(words.owed(amount('120')))
				.count(),
		).toBe(0);
	});
});

describe('a payment that fails after it was paid', () => {
	it('leaves the token good, says that it is not paid for, and stands as owed by the payer', async () => {
		const id = await askFor(page, backend.origin, KITCHEN, '130');
		await choose('approved-taken-back');
		const digits = await tokenShown(page);
		hurry(id);
		await saying(words.backWithToken(amount('130')));
		expect(balance('charged-back')).toBe(13_000);
		await page.reload();
		expect(await tokenShown(page)).toBe(digits);
		await saying(words.backWithToken(amount('130')));
		expect(await objections(page)).toEqual([]);
		expect(readBooks(backend.home, id)).toMatchObject({
			...{ tokens: [digits], booked: 1, ledgerSum: 0, repeatedTids: 0 },
		});
	});
});

describe('a payment that is taken twice', () => {
	it('is one token, and the second is owed and said so', async () => {
		const id = await askFor(page, backend.origin, KITCHEN, '140');
		await choose('approved-again');
		const digits = await tokenShown(page);
		hurry(id);
		await saying(words.again(amount('140')));
		await saying(words.owed(amount('140')));
		expect(balance('suspense')).toBe(-14_000);
		expect(readBooks(backend.home, id)).toMatchObject({ tokens: [digits], booked: 1 });
		await payBack(KITCHEN);
		await askUntil(words.provider(amount('140'), '').replace(/ on \.$/, ''));
		expect(balance('suspense')).toBe(0);
	});
});

describe('a purchase that was made on another phone', () => {
	let other: Phone;
	let fresh: Page;
	let digits: string;
	let id: string;
	beforeAll(async () => {
		await page.goto(`${backend.origin}/meter/${WORKSHOP}`);
		await page.getByRole('textbox', { name: /amount/i }).fill('150');
		await page.getByText(en.meter.phone.offer).click();
		await page.getByLabel(en.meter.phone.field).fill(OWN);
		await page.getByTestId('pay').click();
		id = await saleShown(page);
		await approveOnScreen(page);
		digits = await tokenShown(page);
		other = await Phone.start();
		fresh = await other.tab();
	});
	afterAll(async () => {
		expect(other?.errors).toEqual([]);
		await other?.dispose();
	});

	const button = (name: string) => fresh.getByRole('button', { name, exact: true });

	async function sendCode(drn: string, to: string): Promise<void> {
		await fresh.getByLabel(en.topUp.field).fill(drn);
		await fresh.getByLabel(en.fetch.phone).fill(to);
		await button(en.fetch.send).click();
		await titled(en.fetch.codeTitle, fresh);
	}

	/** The code in the last message that the sandbox has for a phone. */
	async function codeOn(to: string): Promise<string> {
		let code: string | undefined;
		await eventually('the message is there', async () => {
			const answer = await fetch(
				`${backend.origin}/sandbox/messages?phone=${encodeURIComponent(to)}`,
			);
			code = /is (\d{6})\./.exec(await answer.text())?.[1];
			return code !== undefined;
		});
		return code ?? '';
	}

	it('asks for a meter and a phone, and says what is wrong with them', async () => {
		await fresh.goto(backend.origin);
		await untilInstalled(fresh);
		await fresh.getByRole('link', { name: en.fetch.link }).click();
		await titled(en.fetch.title, fresh);
		await button(en.fetch.send).click();
		await fresh.getByText(en.problems['meter-number-empty'].detail({})).waitFor();
		await fresh.getByLabel(en.topUp.field).fill(WORKSHOP);
		await fresh.getByLabel(en.fetch.phone).fill('0712 345 678');
		await button(en.fetch.send).click();
		await fresh.getByText(en.meter.phone.refusals['no-country']).waitFor();
		expect(await objections(fresh)).toEqual([]);
	});

	it('says the same of a phone that bought nothing, and a wrong code opens nothing', async () => {
		await sendCode(WORKSHOP, '+254700000009');
		await fresh.getByText('If this meter’s purchases were made with').waitFor();
		await fresh.getByLabel(en.fetch.code).fill('12345');
		await button(en.fetch.show).click();
		await fresh.getByText(en.fetch.codeShort).waitFor();
		await fresh.getByLabel(en.fetch.code).fill('123456');
		await button(en.fetch.show).click();
		await fresh.getByText(en.problems['code-wrong'].title).waitFor();
		expect(await objections(fresh)).toEqual([]);
		await button(en.fetch.anew).click();
	});

	it('is there with its digits once the code is typed, and kept only when the person says so', async () => {
		await sendCode(WORKSHOP, OWN);
		await fresh.getByRole('link', { name: en.token.sandboxPhone }).waitFor();
		await fresh.getByLabel(en.fetch.code).fill(await codeOn(OWN));
		await button(en.fetch.show).click();
		await titled(en.fetch.found, fresh);
		const shown = await fresh.getByTestId('fetched-digits').first().textContent();
		expect((shown ?? '').replace(/\D/g, '')).toBe(digits);
		expect(await objections(fresh)).toEqual([]);
		await button(en.fetch.keep).click();
		await fresh.getByRole('link', { name: en.coach.start }).click();
		await fresh.waitForURL(`**/purchases/${id}/enter`);
		await fresh.goto(`${backend.origin}/purchases/${id}`);
		expect(await tokenShown(fresh)).toBe(digits);
	});

	it('stays without a network', async () => {
		await untilKept(fresh, partFiles('fetch'));
		await other.setOffline(true);
		await fresh.reload();
		expect(await tokenShown(fresh)).toBe(digits);
		await fresh.goto(`${backend.origin}/fetch`);
		await fresh.getByText(en.fetch.offline.detail).waitFor();
		await expect.poll(() => button(en.fetch.send).isDisabled()).toBe(true);
		expect(await objections(fresh)).toEqual([]);
		await other.setOffline(false);
	});

	it('can be fetched in Arabic, on a narrow phone', async () => {
		await fresh.goto(backend.origin);
		await fresh.getByRole('button', { name: en.frame.language.choose('') }).click();
		await fresh.getByRole('button', { name: 'العربية' }).click();
		await titled(ar.topUp.title, fresh);
		await fresh.goto(`${backend.origin}/fetch`);
		await titled(ar.fetch.title, fresh);
		await fresh.setViewportSize({ width: 320, height: 640 });
		const wider = await pixelsOver(fresh);
		expect(wider).toBe(0);
		await fresh.setViewportSize(SIZE);
		expect(await objections(fresh)).toEqual([]);
	});
});
