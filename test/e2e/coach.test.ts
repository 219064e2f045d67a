/**
 * A token keyed in with the coach, refused by a meter, and understood by the doctor: on a phone that has
 * had no network since the token came. The meter is a virtual one in another tab.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { splitToken } from '#lib/core/sts/decode.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { Backend } from '../harness/backend.ts';
import { objections } from './harness/axe.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { approveOnScreen, askFor, keyIn, tokenShown } from './harness/consumer.ts';
import { COTTAGE, KITCHEN, WORKSHOP } from './harness/estate.ts';
import { partFiles, untilKept } from './harness/kept-files.ts';
import { pixelsOver } from './harness/overflow.ts';

const { coach, rejectDoctor: doctor } = en;

let backend: Backend;
let phone: Phone;
let page: Page;
let wall: Page;
let sale: string;
let token: string;
beforeAll(async () => {
	backend = await Backend.prepared();
	phone = await Phone.start();
	page = await phone.tab();
	wall = await phone.tab();
});
afterAll(async () => {
	await phone?.dispose();
	await backend?.dispose();
});

const lit = () => page.getByTestId('lit-group').innerText();
const litIs = (group: string) => page.getByTestId('lit-group').filter({ hasText: group }).waitFor();
const groups = () => token.match(/\d{4}/g) as string[];
const button = (name: string | RegExp) => page.getByRole('button', { name });
const answer = (what: string) => page.locator(`[data-answer=${what}]`).click();
const says = (saying: string) => page.locator(`[data-saying=${saying}]`).click();
const cause = (name: string) => page.locator(`[data-cause="${name}"]`).waitFor();
const nextStep = (name: string) => page.locator(`[data-next="${name}"]`).waitFor();

/** Every group typed, from the one that is lit. */
async function typeAll(digits = token): Promise<void> {
	for (const group of digits.match(/\d{4}/g) ?? []) {
		await litIs(group);
		await page.getByTestId('next-group').click();
	}
	await page.getByRole('heading', { name: coach.enter.title }).waitFor();
}

/** What was changed is painted before it is judged: a new scheme goes down the page frame by frame. */
async function drawn(): Promise<void> {
	await page.evaluate(async () => {
		for (let frame = 0; frame < 12; frame += 1)
			await new Promise((done) => requestAnimationFrame(done));
	});
}

/** Light and dark, at this width and at the narrowest: nothing to object to, nothing cut off. */
async function looksRight(where: string): Promise<void> {
	await page.bringToFront();
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await drawn();
		expect({ where, colorScheme, found: await objections(page) }).toEqual({
			...{ where, colorScheme, found: [] },
		});
	}
	await page.setViewportSize({ width: 320, height: 640 });
	await drawn();
	const overflow = await pixelsOver(page);
	expect({ where, overflow }).toEqual({ where, overflow: 0 });
	await page.setViewportSize({ width: 360, height: 740 });
}

/** Changes a row of the phone's store, and opens the page anew, which then reads it. */
async function changeRow(
	table: string,
	id: string,
	change: { readonly olderMs?: number; readonly set?: object },
): Promise<void> {
	await page.evaluate(
		({ table, id, olderMs, set }) =>
			new Promise<void>((resolve, reject) => {
				const opening = indexedDB.open('tokenline');
				opening.onerror = () => reject(opening.error);
				opening.onsuccess = () => {
					const writing = opening.result.transaction(table, 'readwrite');
					const rows = writing.objectStore(table);
					const reading = rows.get(id);
					reading.onsuccess = () => {
						const row = reading.result as { tapMs?: number; takenMs?: number[] };
						const tapMs = (row.tapMs ?? 0) - olderMs;
						rows.put({ ...row, tapMs, takenMs: row.takenMs?.map((at) => at - olderMs), ...set });
					};
					writing.oncomplete = () => {
						opening.result.close();
						resolve();
					};
				};
			}),
		{ table, id, olderMs: change.olderMs ?? 0, set: change.set ?? {} },
	);
	await page.reload();
}

/** The phone was put away for a while: what is kept of the purchase is that much older. */
const putAway = (id: string, olderMs: number) => changeRow('keypadEntries', id, { olderMs });

/** With another digit at a place, which leaves it of a class that a meter decrypts: of class 3 it reads no further. */
function slipped(digits: string, at: number): string {
	for (let by = 1; by < 10; by += 1) {
		const other = (Number(digits[at]) + by) % 10;
		const typed = `${digits.slice(0, at)}${other}${digits.slice(at + 1)}`;
		const split = splitToken(typed);
		if (!('refusal' in split) && split.classNumber !== 3) return typed;
	}
	throw new TypeError(`every other digit at ${at} makes a token of no class`);
}

describe('a bought token', () => {
	it('is on the phone, and then the network is gone', async () => {
		// The meter on the wall comes to the phone once, like the app.
		await wall.goto(`${backend.origin}/virtual-meter/${KITCHEN}`);
		await wall.getByRole('group', { name: 'Keypad' }).waitFor();
		sale = await askFor(page, backend.origin, KITCHEN, '200');
		await approveOnScreen(page);
		token = await tokenShown(page);
		await untilInstalled(page);
		await untilKept(page, partFiles('virtual-meter'));
		await phone.setOffline(true);
		await page.reload();
		expect(await tokenShown(page)).toBe(token);
		await looksRight('the token');
	});

	it('is keyed in group by group, and goes on where it was after a reload', async () => {
		await page.getByRole('link', { name: coach.start }).click();
		await litIs(groups()[0] as string);
		await looksRight('the first group');
		await page.getByTestId('next-group').click();
		await litIs(groups()[1] as string);
		await page.keyboard.press('ArrowRight');
		await litIs(groups()[2] as string);
		await page.reload();
		await litIs(groups()[2] as string);
		await button(coach.previous).click();
		await litIs(groups()[1] as string);
		await looksRight('a group in the middle');
		const announced = await page.locator('[aria-live=polite]').allInnerTexts();
		expect(announced).toContain(en.token.group('2', [...(groups()[1] as string)].join(' ')));
		for (const group of groups().slice(1)) {
			await litIs(group);
			await page.getByTestId('next-group').click();
		}
		await page.getByRole('heading', { name: coach.enter.title }).waitFor();
		await looksRight('what does it say');
	});

	it('is refused for a wrong digit, which the doctor finds', async () => {
		const typed = slipped(token, 9);
		expect(await keyIn(wall, backend.origin, KITCHEN, typed)).toBe('CRCError');
		await answer('refused');
		await page.getByRole('heading', { level: 1, name: doctor.saying.title }).waitFor();
		await looksRight('the display');
		await says('wrong-token');
		await button(doctor.typed.compare).click();
		await page.getByText(doctor.typed.empty).waitFor();
		await looksRight('the digits');
		await page.getByLabel(doctor.typed.field).fill(typed);
		await button(doctor.typed.compare).click();
		await cause('slip');
		await expect
			.poll(() => page.getByTestId('slip').innerText())
			.toBe(doctor.slips.digit('3', '1'));
		await nextStep('type-again');
		await looksRight('the slip');
	});

	it('gives each answer back to the browser’s way back', async () => {
		await page.goBack();
		await page.getByLabel(doctor.typed.field).waitFor();
		await button(doctor.typed.unknown).click();
		await page.getByLabel(en.topUp.field).fill('00000000019');
		await button(doctor.meter.go).click();
		await page.getByText(en.problems['meter-check-digit'].detail({})).waitFor();
		await looksRight('the meter’s number');
		await page.getByLabel(en.topUp.field).fill(WORKSHOP);
		await button(doctor.meter.go).click();
		await cause('other-meter');
		await nextStep('right-meter');
		await looksRight('another meter');
		await page.goBack();
		await page.goBack();
		await page.goBack();
		await page.getByRole('heading', { level: 1, name: doctor.saying.title }).waitFor();
	});

	it('that the meter locks itself against is waited for', async () => {
		// Refused so often before that the wait is long.
		await changeRow('keypadLockouts', KITCHEN, { set: { rejects: 9 } });
		await says('locked');
		await cause('locked');
		await page.getByRole('button', { name: /^Wait 21:/ }).waitFor();
		await looksRight('locked');
		await page.goto(`${backend.origin}/purchases/${sale}/enter`);
		await page.getByText(coach.locked.detail).first().waitFor();
		await looksRight('the coach waits');
		await button(coach.locked.anyway).click();
	});

	it('is typed again, taken, and then is used', async () => {
		await typeAll();
		expect(await keyIn(wall, backend.origin, KITCHEN, token)).toBe('Accept');
		await answer('accepted');
		await page.getByRole('heading', { name: coach.done.title }).waitFor();
		await looksRight('done');
		expect(await keyIn(wall, backend.origin, KITCHEN, token)).toBe('UsedError');
		await page.goto(`${backend.origin}/purchases/${sale}`);
		await page.getByRole('link', { name: coach.refused }).click();
		await page.getByRole('heading', { level: 1, name: doctor.saying.title }).waitFor();
		// A display that gives no reason: the person's own word does.
		await says('refused');
		await cause('used');
		await nextStep('check-credit');
		await looksRight('used');
	});

	it('with nothing wrong to see ends at the help line of the receipt', async () => {
		await page.goBack();
		await page.locator('summary', { hasText: doctor.saying.more }).click();
		await says('expired');
		await cause('key-expired');
		const call = page.locator('[data-next=help-line] a').first();
		await expect.poll(() => call.getAttribute('href')).toMatch(/^tel:\+?\d{5,}$/);
	});
});

describe('a key-change set', () => {
	let set: string;
	let first: string;

	it('is keyed in step by step, in its order and in its time', async () => {
		await phone.setOffline(false);
		set = await askFor(page, backend.origin, COTTAGE, '500');
		await approveOnScreen(page);
		await tokenShown(page);
		await phone.setOffline(true);
		await page.getByRole('link', { name: coach.start }).click();
		await page.getByText(en.token.set.keyPart('1', '2')).waitFor();
		first = await lit();
		for (let group = 1; group <= 5; group += 1) {
			await page.getByText(coach.group(String(group), '5'), { exact: true }).waitFor();
			await page.getByTestId('next-group').click();
		}
		await answer('accepted');
		await page.getByText(coach.taken(en.token.sequence('1', '3'))).waitFor();
		await page.getByText(en.token.set.keyPart('2', '2')).waitFor();
		await looksRight('the second part');
		await page.reload();
		await page.getByText(en.token.set.keyPart('2', '2')).waitFor();
		await putAway(set, 10 * 60_000);
		await page.getByText(coach.keySet.lateTitle).waitFor();
		await looksRight('too late');
		await button(coach.keySet.again).click();
		await litIs(first);
	});

	it('warns when the meter may have forgotten the digits', async () => {
		const forget = async () => {
			await page.getByTestId('next-group').click();
			await page.getByTestId('lit-group').filter({ hasNotText: first }).waitFor();
			await putAway(set, 20_000);
			await page.getByText(coach.forgotten.title).waitFor();
		};
		await forget();
		await looksRight('forgotten');
		await button(coach.forgotten.still).click();
		await forget();
		await button(coach.beginAgain).click();
		await litIs(first);
	});

	it('is what the doctor sends to when the credit came first', async () => {
		await page.goto(`${backend.origin}/purchases/${set}/refused`);
		await page.getByText(en.token.set.kinds.credit).click();
		await says('wrong-token');
		await button(doctor.typed.unknown).click();
		await button(doctor.meter.unknown).click();
		await looksRight('the key-change set');
		await button(doctor.keySet.no).click();
		await cause('key-set-first');
		await nextStep('key-set');
		await page.locator('[data-next] button').first().click();
		await litIs(first);
	});

	it('is asked after before a token that was bought later', async () => {
		await phone.setOffline(false);
		const later = await askFor(page, backend.origin, COTTAGE, '200');
		await approveOnScreen(page);
		const digits = await tokenShown(page);
		await phone.setOffline(true);
		await page.getByRole('link', { name: coach.start }).click();
		await page.getByText(coach.older.title).waitFor();
		await looksRight('an older token');
		await page.getByRole('link', { name: coach.older.enter }).click();
		await litIs(first);
		await page.goto(`${backend.origin}/purchases/${later}/enter`);
		await button(coach.older.isIn).click();
		await litIs(digits.slice(0, 4));
	});

	it('threw nothing', () => {
		expect(phone.errors).toEqual([]);
	});
});
