/** A customer with a provisional receipt, on a phone: from "not arrived yet" to the token, or to the money. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { formatCode, makeCode } from '#lib/core/sync/spoken-code.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { hashClaim } from '#lib/server/till/claim-code.ts';
import { Backend } from '../harness/backend.ts';
import { newId } from '../server/harness/shop.ts';
import {
	enrol,
	fillFloat,
	goOffline,
	goOnline,
	officeMakesCode,
	openAgent,
	openShift,
	sell,
	setTerms,
	signInOperator,
} from './harness/agent.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { tokenShown } from './harness/consumer.ts';
import { BLOCKED, KITCHEN } from './harness/estate.ts';

const codeOf = (last: number): string => makeCode(Uint8Array.from([9, 8, 7, 6, 5, 4, 3, last]));
const words = en.claim;

let backend: Backend;
let books: DatabaseSync;
let phone: Phone;
let page: Page;
/** The agent's. */
let kiosk: Phone;
let till: Page;
/** Sold without the network: to a meter that may be sold to, and to one that may not. */
let code: string;
let refusedCode: string;

beforeAll(async () => {
	backend = await Backend.prepared();
	books = new DatabaseSync(join(backend.home, 'tokenline.db'));
	books.exec('pragma busy_timeout = 5000');
	phone = await Phone.start();
	kiosk = await Phone.start();
	till = await kiosk.tab();
	await setTerms(backend);
	await fillFloat(backend, 1_000_000);
	await openAgent(till, backend);
	await enrol(till, await officeMakesCode(backend));
	await signInOperator(till);
	await openShift(till);
	await goOffline(kiosk, till);
	code = await promised(KITCHEN, '500');
	refusedCode = await promised(BLOCKED, '300');
});
afterAll(async () => {
	books?.close();
	await kiosk?.dispose();
	await phone?.dispose();
	await backend?.dispose();
});
afterEach(() => expect(phone.errors).toEqual([]));

/** The claim code on the provisional receipt. */
async function promised(drn: string, amount: string): Promise<string> {
	const sold = await sell(till, { drn, amount });
	if (sold.kind !== 'provisional') throw new Error(`the sale is ${sold.kind}`);
	return sold.claimCode;
}

/** As a sale's entry leaves it when it is taken. */
function claimOf(saleId: string, code: string, amountMinor: number): void {
	const hash = hashClaim(
		readFileSync(join(backend.home, 'home-secret')),
		'lakeside',
		KITCHEN,
		code,
	);
	books
		.prepare('insert into claim values (?, ?, ?, ?, ?, ?)')
		.run(saleId, 'lakeside', KITCHEN, hash, amountMinor, Date.now());
}

async function askFor(typed: string, drn = KITCHEN): Promise<void> {
	await page.getByLabel(en.topUp.field).fill(drn);
	await page.getByLabel(words.field).fill(typed);
	await page.getByRole('button', { name: words.ask }).click();
}

describe('a provisional receipt', () => {
	it('is asked about from the start screen, and a mistyped code is told while it is typed', async () => {
		page = await phone.tab();
		await page.goto(backend.origin);
		await page.getByRole('link', { name: words.link }).click();
		await page.waitForURL('**/claim');
		const field = page.getByLabel(words.field);
		await field.pressSequentially(codeOf(1).toLowerCase());
		await expect.poll(() => field.inputValue()).toBe(formatCode(codeOf(1)));
		await page.getByText(words.sound).waitFor();
		const wrong = codeOf(1).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
		await field.fill(wrong);
		await page.getByText(en.problems['claim-code'].detail({})).waitFor();
		expect(await objections(page)).toEqual([]);
	});

	it('that has not arrived says so, and says the same of a code that nobody has', async () => {
		for (const typed of [code, codeOf(1)]) {
			await askFor(typed);
			await page.getByText(words.notArrived.title).waitFor();
			await page.getByText(words.notArrived.detail).waitFor();
			expect(await objections(page)).toEqual([]);
			await page.reload();
		}
	});

	it('whose token is there shows it, and keeps nothing of it', async () => {
		await goOnline(kiosk, till);
		await askFor(code);
		const digits = await tokenShown(page);
		const made = books.prepare('select digits from vend_token where drn = ?').all(KITCHEN);
		expect(made.map((row) => row.digits)).toContain(digits);
		await page.getByText(words.notKept).waitFor();
		expect(await objections(page)).toEqual([]);
		await page.reload();
		await page.getByRole('button', { name: words.ask }).waitFor();
		await expect.poll(() => page.getByLabel(words.field).inputValue()).toBe('');
	});

	it('that is still being made, or was refused, says where it and the money are', async () => {
		claimOf(newId(), codeOf(2), 20_000);
		await askFor(codeOf(2));
		await page.getByText(words.waiting.title).waitFor();
		await askFor(refusedCode, BLOCKED);
		await page.getByText(words.refused.title).waitFor();
		await page.getByText(words.refused.toFetch('KES\u00a0300')).waitFor();
		expect(await objections(page)).toEqual([]);
	});

	it('cannot be asked about without a network, and that is no verdict', async () => {
		await phone.setOffline(true);
		await askFor(code);
		await page.getByText(words.unknown.title).waitFor();
		await phone.setOffline(false);
		await page.getByRole('button', { name: words.again }).click();
		await tokenShown(page);
	});
});
