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
import { orderOverHttp, tap } from '../server/harness/http-shop.ts';
import { newId } from '../server/harness/shop.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { tokenShown } from './harness/consumer.ts';
import { KITCHEN } from './harness/estate.ts';

const codeOf = (last: number): string => makeCode(Uint8Array.from([9, 8, 7, 6, 5, 4, 3, last]));
const words = en.claim;

let backend: Backend;
let books: DatabaseSync;
let phone: Phone;
let page: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	books = new DatabaseSync(join(backend.home, 'tokenline.db'));
	phone = await Phone.start();
});
afterAll(async () => {
	books?.close();
	await phone?.dispose();
	await backend?.dispose();
});
afterEach(() => expect(phone.errors).toEqual([]));

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

async function askFor(code: string): Promise<void> {
	await page.getByLabel(en.topUp.field).fill(KITCHEN);
	await page.getByLabel(words.field).fill(code);
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
		expect(await field.inputValue()).toBe(formatCode(codeOf(1)));
		await page.getByText(words.sound).waitFor();
		const wrong = codeOf(1).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
		await field.fill(wrong);
		await page.getByText(en.problems['claim-code'].detail({})).waitFor();
		expect(await objections(page)).toEqual([]);
	});

	it('that has not arrived says so, and says the same of a code that nobody has', async () => {
		await askFor(codeOf(1));
		await page.getByText(words.notArrived.title).waitFor();
		await page.getByText(words.notArrived.detail).waitFor();
		expect(await objections(page)).toEqual([]);
	});

	it('whose token is there shows it, and keeps nothing of it', async () => {
		const sale = await orderOverHttp(backend.origin, KITCHEN, 50_000);
		await tap(backend.origin, sale);
		claimOf(sale.id, codeOf(1), 50_000);
		await page.getByRole('button', { name: words.again }).click();
		const digits = await tokenShown(page);
		const made = books.prepare('select digits from vend_token where vend_id = ?').all(sale.id);
		expect(made.map((row) => row.digits)).toEqual([digits]);
		await page.getByText(words.notKept).waitFor();
		expect(await objections(page)).toEqual([]);
		await page.reload();
		await page.getByRole('button', { name: words.ask }).waitFor();
		expect(await page.getByLabel(words.field).inputValue()).toBe('');
	});

	it('that is still being made, or was refused, says where it and the money are', async () => {
		const waiting = newId();
		claimOf(waiting, codeOf(2), 20_000);
		await askFor(codeOf(2));
		await page.getByText(words.waiting.title).waitFor();
		const refused = await orderOverHttp(backend.origin, KITCHEN, 30_000);
		await tap(backend.origin, refused, 'declined');
		claimOf(refused.id, codeOf(3), 30_000);
		await askFor(codeOf(3));
		await page.getByText(words.refused.title).waitFor();
		await page.getByText(words.refused.toFetch('KES\u00a0300')).waitFor();
		expect(await objections(page)).toEqual([]);
	});

	it('cannot be asked about without a network, and that is no verdict', async () => {
		await phone.setOffline(true);
		await askFor(codeOf(1));
		await page.getByText(words.unknown.title).waitFor();
		await phone.setOffline(false);
		await page.getByRole('button', { name: words.again }).click();
		await tokenShown(page);
	});
});
