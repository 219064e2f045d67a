/**
 * The papers that a customer takes away, in the customer's language: set at the till, changed for one paper,
 * printed by a printer without a network, and by the system's dialogue.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { PrintSettings } from '#lib/browser/print/print-settings.ts';
import { LANGUAGE_FACTS, type Language } from '#lib/core/units/languages.ts';
import { agentEn as words } from '#lib/core/words/agent.ts';
import { customerPaper as ar } from '#lib/core/words/ar/customer-paper.ts';
import { customerPaper as fr } from '#lib/core/words/fr/customer-paper.ts';
import { problems as frProblems } from '#lib/core/words/fr/problems.ts';
import { customerPaper as pt } from '#lib/core/words/pt/customer-paper.ts';
import { receipt as ptReceipt } from '#lib/core/words/pt/receipt.ts';
import { customerPaper as sw } from '#lib/core/words/sw/customer-paper.ts';
import { formatCode } from '#lib/core/sync/spoken-code.ts';
import { findSerialTools, NO_SERIAL_TOOLS } from '../../src/cli/serial-tools.mjs';
import { tokensOn, valueOf } from '../harness/escpos-reader.ts';
import { goOffline, goOnline, goToWay, sell, unlockTill } from './harness/agent.ts';
import type { Phone } from './harness/browser.ts';
import { BLOCKED, HOUSE_EA11, KITCHEN } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { goTo, readDevice } from './harness/till-device.ts';
import { TillInShift } from './harness/till-in-shift.ts';

const there = findSerialTools();

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

async function openPrinterSettings(): Promise<void> {
	await goToWay(page, 'till');
	await page.locator('summary', { hasText: words.device.printer.title }).click();
}

const choose = (label: string, option: string) => page.getByLabel(label).selectOption(option);

/** For the paper of the sale that is on the screen. */
const want = (language: Language) =>
	choose(words.paper.job.language, LANGUAGE_FACTS[language].name);

const printAgain = () =>
	page.getByRole('button', { name: words.sell.result.reprint, exact: true }).click();

const chosen = (label: string): Promise<string> =>
	page.getByLabel(label).evaluate((list: HTMLSelectElement) => list.selectedOptions[0]?.text ?? '');

describe('at a printer', () => {
	let tokens: readonly string[] = [];

	it('a sale is printed in the language that was set at the till, which keeps it', async () => {
		await openPrinterSettings();
		await expect.poll(() => chosen(words.paper.settings.language)).toBe(LANGUAGE_FACTS.en.name);
		await choose(words.paper.settings.language, LANGUAGE_FACTS.pt.name);
		await choose(words.paper.settings.table, words.paper.settings.tables.windows1252);
		await eventually('both are kept', async () => {
			const [kept] = (await readDevice(page)).printing;
			const { language, table } = kept?.settings as Partial<PrintSettings>;
			return language === 'pt' && table === 'windows1252';
		});
		await page.reload();
		await unlockTill(page);
		await openPrinterSettings();
		await expect.poll(() => chosen(words.paper.settings.language)).toBe(LANGUAGE_FACTS.pt.name);
		const paper = await till.paperOf(async () => {
			const sold = await sell(page, { drn: KITCHEN, amount: '150' });
			tokens = sold.kind === 'issued' ? sold.tokens : [];
		});
		expect(tokens).toHaveLength(1);
		expect(tokensOn(paper)).toEqual(tokens);
		expect(paper.text).toContain(pt.receipt.title);
		expect(paper.text).toContain(pt.receipt.price);
		expect(paper.text).toContain('Índice de tarifa (TI)');
		expect(valueOf(paper, pt.receipt.amount)).toBe('150 KES');
		expect(valueOf(paper, ptReceipt.units)).toMatch(/^\d+,\d kWh$/);
		expect(paper.text).not.toContain(words.paper.receipt.title);
	});

	it('another language for the paper in hand is a reprint that says so, and holds for that sale only', async () => {
		await want('fr');
		const french = await till.paperOf(printAgain);
		const marks = french.lines.filter(({ text }) => text.trim() === fr.reprint('2'));
		expect(marks.map(({ wide }) => wide)).toEqual([2, 2]);
		expect(french.text).toContain(fr.receipt.title);
		expect(tokensOn(french)).toEqual(tokens);
		await want('ar');
		const drawn = await till.paperOf(printAgain);
		expect(tokensOn(drawn)).toEqual(tokens);
		expect(drawn.text).toMatch(/^[-\d\s]*$/);
		expect(drawn.pictures.length).toBeGreaterThan(2);
		for (const { width, height, isBlack } of drawn.pictures) {
			expect(width).toBe(384);
			const columns = Array.from({ length: width }, (_, x) =>
				Array.from({ length: height }, (__, y) => isBlack(x, y)).includes(true),
			);
			expect(columns).toContain(true);
		}
		const next = await till.paperOf(() => sell(page, { drn: KITCHEN, amount: '160' }));
		expect(next.text).toContain(pt.receipt.title);
		expect(next.text).not.toContain(pt.reprint('2'));
	});

	it('without a network every language is there, and a sale keeps its own', async () => {
		await goOffline(phone, page);
		await page.reload();
		await unlockTill(page);
		let code = '';
		const provisional = await till.paperOf(async () => {
			const sold = await sell(page, { drn: HOUSE_EA11, amount: '175' });
			if (sold.kind === 'provisional') code = sold.claimCode;
		});
		expect(provisional.text).toContain(pt.provisional.title);
		await want('sw');
		const swahili = await till.paperOf(printAgain);
		expect(swahili.text).toContain(sw.provisional.title);
		expect(swahili.text).toContain(sw.reprint('2'));
		expect(swahili.text).toContain(formatCode(code));
		expect(swahili.qrCodes).toEqual(provisional.qrCodes);
		expect(tokensOn(swahili)).toEqual([]);
		const receipt = await till.paperOf(() => goOnline(phone, page));
		expect(receipt.text).toContain(sw.receipt.title);
		expect(tokensOn(receipt)).toHaveLength(1);
	});
});

describe('money that goes back', () => {
	it('is signed for in the language chosen before it is given, reason and all', async () => {
		await goOffline(phone, page);
		await till.paperOf(() => sell(page, { drn: BLOCKED, amount: '180' }));
		await goOnline(phone, page);
		await goTo(page, '/agent/desk');
		await page.getByRole('button', { name: words.mend.refunds.give, exact: true }).click();
		await want('fr');
		const yes = page.getByRole('dialog').getByRole('button').filter({ hasText: '180' });
		const slip = await till.paperOf(() => yes.click());
		expect(slip.text).toContain(fr.refund.title);
		expect(valueOf(slip, fr.refund.amount)).toBe('180 KES');
		const said = slip.text.replace(/\s+/g, ' ');
		expect(said).toContain(frProblems['meter-blocked'].title.replaceAll('\u00a0', ' '));
		expect(tokensOn(slip)).toEqual([]);
	});
});

describe('at the system’s print dialogue', () => {
	it('an Arabic paper runs from right to left, its token from left to right', async () => {
		await openPrinterSettings();
		await choose(words.paper.settings.way, words.paper.settings.ways.system);
		await choose(words.paper.settings.language, LANGUAGE_FACTS.ar.name);
		const sold = await sell(page, { drn: KITCHEN, amount: '170' });
		const frame = page.frameLocator('#tokenline-paper');
		await frame.getByText(ar.receipt.title, { exact: true }).waitFor({ state: 'attached' });
		const seen = await page.evaluate(() => {
			const paper = document.querySelector<HTMLIFrameElement>('#tokenline-paper')?.contentDocument;
			const groups = [...(paper?.querySelectorAll('.groups span') ?? [])];
			return {
				...{ lang: paper?.documentElement.lang, dir: paper?.documentElement.dir },
				text: paper?.body.innerText,
				digits: groups
					.sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left)
					.map(({ textContent }) => textContent)
					.join(''),
				lines: new Set(groups.map((group) => group.getBoundingClientRect().top)).size,
			};
		});
		expect(seen).toMatchObject({ lang: 'ar', dir: 'rtl', lines: 1 });
		expect(sold.kind === 'issued' && sold.tokens).toEqual([seen.digits]);
		expect(seen.text).toContain(ar.receipt.method.cash);
		expect(seen.text).not.toMatch(/[\u0660-\u0669]/);
		expect(phone.errors).toEqual([]);
	});
});
