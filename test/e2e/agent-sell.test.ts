/**
 * What an agent's hands do, counted: taps, requests, the printer's bytes; a sale without a network until its
 * customer has the token; what is refused while rows wait; a device put back from a backup; a revoked one.
 */
import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Download, Page } from 'playwright-core';
import { agentEn as words } from '#lib/core/words/agent.ts';
import { en } from '#lib/core/words/catalogue.ts';
import { formatCode } from '#lib/core/sync/spoken-code.ts';
import { officeEn } from '#lib/core/words/office.ts';
import type { TillAlarmList, TillExport } from '#lib/core/sync/wire-till.ts';
import { DEMO_PASSWORD } from '#lib/server/seed/demo-people.ts';
import { DEMO_NEW_TILL } from '#lib/server/seed/demo-vendors.ts';
import { findSerialTools, NO_SERIAL_TOOLS } from '../../src/cli/serial-tools.mjs';
import type { Backend } from '../harness/backend.ts';
import { tokensOn } from '../harness/escpos-reader.ts';
import {
	goOffline,
	goOnline,
	goToWay,
	officeMakesCode,
	openShift,
	sell,
	tryNow,
	unlockTill,
} from './harness/agent.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { tokenShown } from './harness/consumer.ts';
import { HOUSE_EA11, KITCHEN } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import type { Exchange, Gate } from './harness/gate.ts';
import { nextVersion } from './harness/next-version.ts';
import { OfficeDesk } from './harness/office-desk.ts';
import { pixelsOver } from './harness/overflow.ts';
import { goTo, readDevice } from './harness/till-device.ts';
import { readServer } from './harness/till-server.ts';
import { TillInShift } from './harness/till-in-shift.ts';

const there = findSerialTools();
const SIZES = [
	{ width: 360, height: 740 },
	{ width: 1366, height: 768 },
] as const;
/** Where a till asks how it stands. */
const STANDING = '/api/v1/terminals/current';
const TWENTY_DIGITS = /(?:\d{4}\s){4}\d{4}|\d{20}/;

let till: TillInShift;
let gate: Gate;
let backend: Backend;
let phone: Phone;
let page: Page;
let build: string | undefined;
/** What a device put back from a backup has saved. */
let file: TillExport;
/** What was asked of the backend, in order. */
const asked: Exchange[] = [];

beforeAll(async () => {
	if (!there) return;
	till = await TillInShift.open();
	({ gate, backend, phone, page } = till);
	gate.onRequest = (exchange) => {
		asked.push(exchange);
		return 'pass';
	};
	await goToWay(page, 'sell');
});
afterAll(async () => {
	await till?.close();
	if (build) rmSync(build, { recursive: true, force: true });
});
beforeEach(({ skip }) => {
	if (!there) skip(NO_SERIAL_TOOLS);
});

const button = (name: string | RegExp, on = page) => on.getByRole('button', { name, exact: true });

/** Loads the app as after a restart of the browser. */
async function startAgain(): Promise<void> {
	await phone.start();
	page = await phone.tab();
	await page.goto(`${gate.origin}/agent`);
}

/** Each size in one light: what is wrong with colours is so on both sizes, what is wrong with boxes in both lights. */
const LIGHTS = ['dark', 'light'] as const;

/** What is wrong with the screen, in both lights and on both sizes. */
async function look(unclean: string[]): Promise<void> {
	const { pathname } = new URL(page.url());
	for (const [at, size] of SIZES.entries()) {
		await page.setViewportSize(size);
		const colorScheme = LIGHTS[at] ?? 'light';
		await page.emulateMedia({ colorScheme });
		for (const objection of await objections(page))
			unclean.push(`${pathname} ${size.width} ${colorScheme}: ${objection}`);
		const over = await pixelsOver(page);
		if (over > 0) unclean.push(`${pathname} is ${over} px wider than ${size.width}`);
	}
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize(SIZES[0]);
}

describe('a sale with the network', () => {
	it('to a known customer takes four taps; from the amount on three, and one request', async () => {
		await sell(page, { drn: KITCHEN, amount: '150' });
		await page.getByTestId('next-sale').click();
		await till.printer.cut(1);
		await page.evaluate(() => {
			Object.assign(globalThis, { taps: 0 });
			addEventListener(
				'click',
				(event) => event.isTrusted && ((globalThis as never as { taps: number }).taps += 1),
				true,
			);
		});
		const [paper] = await till.papersOf(1, async () => {
			const confirmed = page.waitForResponse(/\/api\/v1\/meters\//);
			await page.getByTestId('recent').first().click();
			await button(/^KES\s?200$|^200$/).waitFor();
			await confirmed;
			// Counted here from the backend's word once that is taken in; a quicker tap would ask for the price.
			await page.getByText(words.sell.sight.looking).waitFor({ state: 'detached' });
			asked.length = 0;
			await button(/^KES\s?200$|^200$/).click();
			await page.locator('summary', { hasText: /Buys .*kWh/ }).waitFor();
			expect(await page.getByText(words.sell.amount.estimateShort).count()).toBe(0);
			await button(/^Take KES\s200$/).click();
			await page.getByTestId('take').click();
		});
		const taps = await page.evaluate(() => (globalThis as never as { taps: number }).taps);
		expect(taps).toBe(4);
		// The browser looks for a new worker, and the till how it stands, when they like; this is what the sale asked.
		const requests = asked.filter(({ path }) => path.startsWith('/api/') && path !== STANDING);
		expect(requests).toEqual([{ method: 'POST', path: '/api/v1/journal-batches' }]);
		const shown = (await page.getByTestId('token-digits').allTextContents()).join();
		expect(paper && tokensOn(paper)).toEqual([shown.replace(/\D/g, '')]);
		await page.getByTestId('next-sale').click();
	});
});

describe('a sale without the network', () => {
	let code = '';

	it('gives a paper that nobody takes for a token', async () => {
		await goOffline(phone, page);
		const [paper] = await till.papersOf(1, async () => {
			const sold = await sell(page, { drn: HOUSE_EA11, amount: '175' });
			expect(sold.kind).toBe('provisional');
			if (sold.kind === 'provisional') code = sold.claimCode;
		});
		expect(paper?.text).toContain(words.paper.provisional.title);
		expect(paper?.text).toContain(formatCode(code));
		expect(paper?.text).not.toMatch(TWENTY_DIGITS);
		expect(await page.locator('main').innerText()).not.toMatch(TWENTY_DIGITS);
		expect(paper?.qrCodes).toEqual([expect.stringContaining(HOUSE_EA11)]);
	});

	it('shows its token when the network is back, and gives it to whoever has the paper', async () => {
		const [paper] = await till.papersOf(1, () => goOnline(phone, page));
		await page.getByTestId('token-digits').waitFor();
		const digits = (await page.getByTestId('token-digits').innerText()).replace(/\D/g, '');
		expect(paper && tokensOn(paper)).toEqual([digits]);
		expect(await claimed(code, HOUSE_EA11)).toBe(digits);
		await page.getByTestId('next-sale').click();
	});
});

describe('every screen of an agent', () => {
	it('is clean in both lights and on both sizes', { timeout: 240_000 }, async () => {
		const unclean: string[] = [];
		await look(unclean);
		await page.getByTestId('recent').first().click();
		await page.locator('#amount').fill('125');
		await page.locator('summary', { hasText: /Buys .*kWh/ }).waitFor();
		await look(unclean);
		await page.locator('#amount').press('Enter');
		await page.getByTestId('take').waitFor();
		await look(unclean);
		await page.getByTestId('take').click();
		await page.getByTestId('token-digits').waitFor();
		await look(unclean);
		await page.getByTestId('next-sale').click();
		await goOffline(phone, page);
		await sell(page, { drn: KITCHEN, amount: '130' });
		await look(unclean);
		await sell(page, { drn: KITCHEN, amount: '6000' });
		await look(unclean);
		await button(words.sell.result.next).click();
		await goOnline(phone, page);
		const { sales, batches } = await readDevice(page);
		const main = page.getByRole('main');
		/** Each with the last that is drawn of it. */
		const screens = [
			['sales', main.getByRole('listitem').first()],
			[`sales/${sales[0]?.id}`, page.getByTestId('token-digits')],
			['shift', page.getByTestId('drawer-expected')],
			[`shift/${batches[0]?.id}`, page.getByText(words.shift.z.notFound)],
			['desk', page.getByText(words.mend.refunds.none)],
			['device', page.getByText(words.device.storage.notKept)],
		] as const;
		for (const [path, drawn] of screens) {
			await goTo(page, `/agent/${path}`);
			await drawn.waitFor();
			await look(unclean);
		}
		await button(words.agent.glance.lock).click();
		await page.getByLabel(words.pin.label, { exact: true }).waitFor();
		await look(unclean);
		await unlockTill(page);
		expect([...new Set(unclean)]).toEqual([]);
	});
});

describe('while rows wait', () => {
	it('nobody is signed out, and no new version takes over', { timeout: 120_000 }, async () => {
		await goToWay(page, 'sell');
		await goOffline(phone, page);
		await sell(page, { drn: KITCHEN, amount: '140' });
		await goToWay(page, 'till');
		await button(words.device.leave.signOut).click();
		await page.getByText(words.device.leave.rowsWait('1')).waitFor();

		build = nextVersion('next-version');
		await backend.kill();
		backend.build = build;
		await backend.start();
		// The app's own files come, and nothing of the backend's.
		gate.onRequest = ({ path }) => (/^\/(api|healthz)/.test(path) ? 'lose' : 'pass');
		await phone.setOffline(false);
		await page.reload();
		await eventually('the new version waits', () =>
			page.evaluate(
				async () =>
					(await navigator.serviceWorker.getRegistration())?.waiting instanceof ServiceWorker,
			),
		);
		await unlockTill(page);
		const offered = button(en.frame.update.take);
		expect(await offered.count()).toBe(0);
		gate.watchNothing();
		await tryNow(page);
		// With the next screen: nothing is put above one that somebody reads.
		await goToWay(page, 'shift');
		await goToWay(page, 'sell');
		await offered.click();
		await unlockTill(page);
		await eventually('it has taken over', async () =>
			(await page.evaluate(() => caches.keys())).includes('tokenline-next-version'),
		);
		const { progress } = await readDevice(page);
		expect(progress.filter(({ state }) => state !== 'done')).toEqual([]);
	});
});

describe('a device put back from a backup', () => {
	it('is known by its first entry, sells no more and says why', { timeout: 120_000 }, async () => {
		await sell(page, { drn: KITCHEN, amount: '210' });
		await phone.stop();
		const backup = phone.copy();
		await startAgain();
		await unlockTill(page);
		// What the backup has never heard of.
		expect((await sell(page, { drn: KITCHEN, amount: '220' })).kind).toBe('issued');
		await phone.stop();
		phone.putBack(backup);
		rmSync(backup, { recursive: true });
		await phone.start();
		page = await phone.tab();
		await phone.setOffline(true);
		await page.goto(`${gate.origin}/agent`);
		await unlockTill(page);
		expect((await sell(page, { drn: KITCHEN, amount: '230' })).kind).toBe('provisional');
		await phone.setOffline(false);
		await tryNow(page);
		await page.getByText(words.agent.glance.states.stopped).first().waitFor();
		await goToWay(page, 'sell');
		await page.getByText(words.desk.stops.suspended).waitFor();
		expect(await page.locator('#meter-number').count()).toBe(0);
		const office = await OfficeDesk.of(gate.origin, 'manager');
		const { alarms } = await office.get<TillAlarmList>('till-alarms');
		expect(alarms).toMatchObject([{ terminalId: DEMO_NEW_TILL.id, kind: 'rolled-back' }]);
	});

	it('gives its rows to the office as a file, and sells again after another enrolment', async () => {
		await goToWay(page, 'till');
		[file] = (await saved(1, () => button(words.mend.mend.save).first().click())) as [TillExport];
		expect(file.entries).toHaveLength(1);
		await goToWay(page, 'sell');
		await button(words.agent.enrol.again).click();
		await page.getByLabel(words.agent.enrol.code).fill(await officeMakesCode(gate));
		await button(words.agent.enrol.submit).click();
		await unlockTill(page);
		await openShift(page);
		expect((await sell(page, { drn: KITCHEN, amount: '240' })).kind).toBe('issued');
	});
});

describe('a till that the office has revoked', () => {
	/** As they were saved: of the journal before the till was enrolled anew, and of its last one. */
	let before: TillExport;
	let last: TillExport;
	let claimCode: string;

	it('forgets everything when it is next reached, and gives what it had not handed in', async () => {
		await goOffline(phone, page);
		const sold = await sell(page, { drn: KITCHEN, amount: '250' });
		expect(sold.kind).toBe('provisional');
		if (sold.kind === 'provisional') ({ claimCode } = sold);
		const office = await OfficeDesk.of(gate.origin, 'manager');
		await office.send('POST', `terminals/${DEMO_NEW_TILL.id}/revocations`, {});
		await phone.setOffline(false);
		// The till may find out by itself before the button is pressed, which is gone then.
		void tryNow(page).catch(() => undefined);
		await page.getByText(words.desk.stops.revoked).waitFor();
		// It is said as soon as it was heard, and what was here is destroyed then.
		await expect.poll(rowsThatOpen).toEqual([0, 0, 0, 0, 0, 0]);
		const files = await saved(2, () => button(words.agent.stopped.save).click());
		expect(files).toMatchObject(
			files.map(() => ({ terminalId: DEMO_NEW_TILL.id, entries: [{ kind: 'sale' }] })),
		);
		before = files.find(({ deviceId }) => deviceId === file.deviceId) as TillExport;
		last = files.find(({ deviceId }) => deviceId !== file.deviceId) as TillExport;
		expect(before.entries).toEqual(file.entries);
		expect(await page.getByLabel(words.pin.label, { exact: true }).count()).toBe(0);
		expect(phone.errors).toEqual([]);
	});

	/** How many rows there are of each kind that opens anything, or says whose it is. */
	const rowsThatOpen = (): Promise<number[]> =>
		page.evaluate(async () => {
			const database = await new Promise<IDBDatabase>((resolve) => {
				const opening = indexedDB.open('tokenline-agent');
				opening.onsuccess = () => resolve(opening.result);
			});
			const count = (table: string) =>
				new Promise<number>((resolve) => {
					const counting = database.transaction(table).objectStore(table).count();
					counting.onsuccess = () => resolve(counting.result);
				});
			const tables = ['vaults', 'sealed', 'operators', 'customers', 'packs', 'reserve'];
			const counts = await Promise.all(tables.map(count));
			database.close();
			return counts;
		});

	it('sells by the file that the office imports, once, however often it does', async () => {
		const laptop = await Phone.start({ viewport: SIZES[1] });
		const desk = await laptop.tab();
		await desk.goto(`${gate.origin}/office/journals`);
		await desk.getByLabel(officeEn.signIn.login).fill('manager');
		await desk.getByLabel(officeEn.signIn.password).fill(DEMO_PASSWORD);
		await button(officeEn.signIn.submit, desk).click();
		const untouched = booksOfTill();
		expect(await imported(desk, last)).toEqual({ taken: '1', present: '0', notTaken: '0' });
		await desk.getByText(`1 ${officeEn.officeJournals.imports.outcomes.issued}`).waitFor();
		expect(await objections(desk)).toEqual([]);
		const after = booksOfTill();
		expect(after.vends).toHaveLength(untouched.vends.length + 1);
		expect(after.floatMinor).toBe(untouched.floatMinor - 25_000);
		const digits = await claimed(claimCode);
		expect(after.vends.map(({ tokens }) => tokens.join())).toContain(digits);

		await desk.reload();
		expect(await imported(desk, last)).toEqual({ taken: '0', present: '1', notTaken: '0' });
		expect(booksOfTill()).toEqual(after);
		expect(await claimed(claimCode)).toBe(digits);

		await desk.reload();
		expect(await imported(desk, before)).toEqual({ taken: '0', present: '0', notTaken: '1' });
		await desk.getByRole('cell', { name: 'journal-fork', exact: true }).waitFor();
		expect(booksOfTill().vends).toEqual(after.vends);
		expect(laptop.errors).toEqual([]);
		await laptop.dispose();
	});

	const booksOfTill = () =>
		readServer(backend.home, { terminalId: DEMO_NEW_TILL.id, vendorId: DEMO_NEW_TILL.vendorId });

	/** What the screen says of the rows of a file once all were handed in. */
	async function imported(desk: Page, journal: TillExport) {
		const own = officeEn.officeJournals.imports;
		const buffer = Buffer.from(JSON.stringify(journal));
		await desk.getByTestId('journal-file').setInputFiles({
			...{ name: 'till.json', mimeType: 'application/json', buffer },
		});
		await button(own.submit('1'), desk).click();
		await desk.getByText(own.finished).waitFor();
		const said = await desk.getByTestId('import-outcome').innerText();
		const figure = (name: string) => new RegExp(`^${name}\\s+(\\d+)`, 'm').exec(said)?.[1];
		return {
			...{ taken: figure(own.taken), present: figure(own.present) },
			notTaken: figure(own.notTaken),
		};
	}
});

/** The token that a customer is given for the paper, on a phone that has never been here. */
async function claimed(code: string, drn: string = KITCHEN): Promise<string> {
	const customer = await Phone.start();
	const claims = await customer.tab();
	await claims.goto(`${gate.origin}/claim`);
	await claims.getByLabel(en.topUp.field).fill(drn);
	await claims.getByLabel(en.claim.field).fill(formatCode(code));
	await button(en.claim.ask, claims).click();
	const digits = await tokenShown(claims);
	await customer.dispose();
	return digits;
}

/** The files that are saved when something is pressed. */
async function saved(count: number, press: () => Promise<unknown>): Promise<TillExport[]> {
	const files: string[] = [];
	const keep = (download: Download) =>
		void download.path().then((path) => files.push(readFileSync(path, 'utf8')));
	page.on('download', keep);
	await press();
	await eventually(`${count} files`, () => Promise.resolve(files.length >= count));
	page.off('download', keep);
	return files.map((text) => JSON.parse(text) as TillExport);
}
