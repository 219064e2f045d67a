/** What a person can type wrong: a sentence on the screen, and nothing stored, half or whole. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { BLOCKED, KITCHEN } from './harness/estate.ts';

const { frame, problems, meter: meterWords, purchase, topUp, virtualMeter } = en;

let backend: Backend;
let phone: Phone;
let page: Page;

beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start();
	page = await phone.tab();
});

afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

/** How many sales this device keeps. */
async function salesStored(): Promise<number> {
	await page.goto(`${backend.origin}/purchases`);
	await page.getByRole('heading', { level: 1 }).waitFor();
	return page.evaluate(
		() =>
			new Promise<number>((resolve, reject) => {
				const opening = indexedDB.open('tokenline');
				opening.onerror = () => reject(opening.error);
				opening.onsuccess = () => {
					const counting = opening.result.transaction('outbox').objectStore('outbox').count();
					counting.onsuccess = () => {
						opening.result.close();
						resolve(counting.result);
					};
				};
			}),
	);
}

describe('a meter number', () => {
	beforeEach(async () => {
		await page.goto(backend.origin);
	});

	it.each([
		['letters', '1234abcd', 'meter-number-not-digits'],
		['a wrong check digit', '00000000019', 'meter-check-digit'],
		['too few digits', '0000000', 'meter-number-length'],
		['too many digits', '00000000000000000', 'meter-number-length'],
		['nothing', '', 'meter-number-empty'],
	] as const)('with %s is refused where it was typed', async (_, typed, code) => {
		await page.getByRole('textbox', { name: topUp.field }).fill(typed);
		await page.getByRole('button', { name: topUp.next }).click();
		await page.getByText(problems[code].detail({})).waitFor();
		expect(new URL(page.url()).pathname).toBe('/');
	});
});

describe('a meter', () => {
	it.each([
		['unknown', '37204199998', 'meter-unknown'],
		['blocked', BLOCKED, 'meter-blocked'],
	] as const)('that is %s cannot be bought for', async (_, drn, code) => {
		await page.goto(`${backend.origin}/meter/${drn}`);
		await page.getByRole('heading', { name: problems[code].title }).waitFor();
		expect(await page.getByTestId('pay').count()).toBe(0);
	});

	it('that is mistyped in the address is refused like one mistyped in the field', async () => {
		await page.goto(`${backend.origin}/meter/00000000019`);
		await page.getByText(problems['meter-check-digit'].detail({})).waitFor();
		expect(await page.getByTestId('pay').count()).toBe(0);
	});
});

describe('an amount', () => {
	const { refusals } = meterWords.amount;
	it.each([
		['0', refusals['not-positive']],
		['-5', refusals['not-positive']],
		['1.005', refusals['too-many-decimals']],
		['12x', refusals['not-a-number']],
		['99999999999999999', refusals['too-large']],
		['19', 'The smallest sale is'],
		['60000', 'The largest sale is'],
		['', refusals.empty],
	])('of %j is refused in words, and nothing is stored', async (typed, sentence) => {
		await page.goto(`${backend.origin}/meter/${KITCHEN}`);
		await page.getByRole('textbox', { name: meterWords.amount.field }).fill(typed);
		await page.getByTestId('pay').click();
		await page.getByText(sentence).first().waitFor();
		expect(new URL(page.url()).pathname).toBe(`/meter/${KITCHEN}`);
		expect(await salesStored()).toBe(0);
	});
});

describe('every screen', () => {
	it.each(['light', 'dark'] as const)(
		'has nothing that axe objects to, %s',
		async (colorScheme) => {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			/** Each with what is drawn last of it. */
			const screens = [
				['/', page.getByRole('textbox', { name: topUp.field })],
				[`/meter/${KITCHEN}`, page.getByRole('textbox', { name: meterWords.amount.field })],
				['/purchases', page.getByText(purchase.list.empty.title)],
				['/virtual-meter', page.getByRole('main').getByRole('listitem').nth(1)],
				['/no-such-page', page.getByText(frame.failure.notFound.title)],
				[`/virtual-meter/${KITCHEN}`, page.getByRole('group', { name: virtualMeter.keypad.label })],
			] as const;
			for (const [path, drawn] of screens) {
				await page.goto(`${backend.origin}${path}`);
				await drawn.first().waitFor();
				const violations = await objections(page);
				expect({ path, violations }).toEqual({ path, violations: [] });
			}
		},
	);

	it('threw nothing', () => {
		expect(phone.errors).toEqual([]);
	});
});
