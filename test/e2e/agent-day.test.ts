/**
 * A day at a till in a real browser: two hundred sales by the keys at two tabs, the network flapping, the
 * browser and the backend killed in the middle of sales, two new versions of the app, a receipt printer on a
 * real Web Serial. In the evening the backend's ledger, the device's journal and the printed papers agree to the
 * cent and to the token. `TOKENLINE_DAY_SEED=7` makes another day.
 */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { agentEn as words } from '#lib/core/words/agent.ts';
import { seededChance } from '#lib/link/seeded-chance.ts';
import { DEMO_NEW_TILL } from '#lib/server/seed/demo-vendors.ts';
import { findSerialTools, NO_SERIAL_TOOLS } from '../../src/cli/serial-tools.mjs';
import { Backend } from '../harness/backend.ts';
import { ReceiptPrinter } from '../harness/receipt-printer.ts';
import { FakeSerialPorts } from '../harness/serial-port.ts';
import { ask } from '../server/harness/http-shop.ts';
import {
	DAY_TERMS,
	enrol,
	fillFloat,
	officeMakesCode,
	openAgent,
	openShift,
	goToWay,
	setTerms,
	signInOperator,
	unlockTill,
} from './harness/agent.ts';
import { Phone } from './harness/browser.ts';
import { readPapers, type DayPaper } from './harness/day-papers.ts';
import { planDay } from './harness/day-plan.ts';
import { Day } from './harness/day.ts';
import { BLOCKED, COTTAGE, HOUSE_EA07, HOUSE_EA11, KITCHEN, WORKSHOP } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { Gate } from './harness/gate.ts';
import { nextVersion } from './harness/next-version.ts';
import { choosePrinter } from './harness/till-printer.ts';
import { differences, type DayBooks } from './harness/three-books.ts';
import { goTo, readDevice } from './harness/till-device.ts';
import { readServer } from './harness/till-server.ts';
import { Weather } from './harness/weather.ts';

const there = findSerialTools();
const SALES = 200;
const SEED = Number(process.env.TOKENLINE_DAY_SEED ?? 62_055);
/** Each sale waits for the screen, some for an answer that was lost: on a busy machine it is a long day. */
const DAY_WITHIN_MS = 30 * 60_000;
const LAPTOP = { width: 1366, height: 768 };
const TILL = { terminalId: DEMO_NEW_TILL.id, vendorId: DEMO_NEW_TILL.vendorId };
/** Meters of the demo utility beside the virtual ones. */
const REGULARS = [KITCHEN, WORKSHOP, HOUSE_EA07, HOUSE_EA11, COTTAGE];

let gate: Gate;
let backend: Backend;
let phone: Phone;
let ports: FakeSerialPorts;
let printer: ReceiptPrinter;
let day: Day;
let weather: Weather;
const builds: string[] = [];

beforeAll(async () => {
	if (!there) return;
	gate = await Gate.open();
	backend = await Backend.prepared(gate.origin);
	gate.backendPort = backend.port;
	weather = new Weather(gate, seededChance(SEED + 1));
	ports = new FakeSerialPorts();
	printer = new ReceiptPrinter(ports);
	await printer.plugIn();
	phone = await Phone.start({
		env: ports.env,
		viewport: LAPTOP,
		prepare: (profile) => ports.grant(profile, gate.origin),
	});
	await setTerms(gate);
	await fillFloat(gate, 30_000_000);
	const first = await phone.tab();
	await openAgent(first, gate);
	await enrol(first, await officeMakesCode(gate));
	await signInOperator(first);
	await choosePrinter(first);
	await unlockTill(first);
	await openShift(first);
	await goToWay(first, 'sell');
	const second = await phone.tab();
	await second.goto(`${gate.origin}/agent`);
	await unlockTill(second);
	const nextBuild = () => {
		const version = `next-${builds.length + 1}`;
		builds.push(nextVersion(version));
		return { version, folder: builds.at(-1) as string };
	};
	const { origin } = gate;
	day = new Day({ origin, backend, phone, weather, printer, nextBuild }, [first, second]);
});

afterAll(async () => {
	await phone?.dispose();
	await printer?.pull();
	ports?.dispose();
	await backend?.dispose();
	await gate?.close();
	for (const build of builds) rmSync(build, { recursive: true, force: true });
});

/** Nothing waits for the printer; the papers are those that came out. */
async function papersOf(page: Page): Promise<DayPaper[]> {
	await eventually('the printer has nothing to do', async () => {
		const { prints } = await readDevice(page);
		return prints.every(({ state }) => state === 'printed' || state === 'failed');
	});
	return readPapers(printer.octets, day.breaks);
}

async function read(page: Page): Promise<DayBooks> {
	const papers = await papersOf(page);
	const [device, server] = [await readDevice(page), readServer(backend.home, TILL)];
	return { device, server, papers, told: day.told };
}

/** Refused sales: each one's money goes back over the counter. */
async function payRefunds(page: Page): Promise<void> {
	const give = page.getByRole('button', { name: words.mend.refunds.give });
	const yes = page.getByRole('dialog').getByRole('button', { name: /given back$/ });
	await goTo(page, '/agent/desk');
	await eventually(
		'every refund is paid',
		async () => {
			const { sales } = await readDevice(page);
			if (!sales.some(({ state }) => state === 'refused')) return true;
			// Its sheet may stand open from the round before.
			if (!(await yes.isVisible())) await give.first().click({ timeout: 5_000 });
			await yes.click({ timeout: 5_000 });
			await yes.waitFor({ state: 'detached' });
			return false;
		},
		120_000,
	);
}

/** The drawer is counted, not to the cent, and the shift closed. */
async function closeShift(page: Page): Promise<void> {
	await goToWay(page, 'shift');
	await page.getByRole('link', { name: words.shift.cashUp }).click();
	await page.locator('#pieces-10000').fill('3');
	await page.getByRole('button', { name: words.shift.count.close }).click();
	await page.waitForURL(/\/agent\/shift\/[0-9a-f-]{36}$/);
	await page.getByTestId('reconciled').waitFor();
}

/** Books with one thing gone that are taken for right; none: the comparison sees whatever is missing. */
function blindSpots(books: DayBooks): string[] {
	const { device, server, papers } = books;
	const without = <T>(all: readonly T[], one: T | undefined) => all.filter((each) => each !== one);
	const issued = server.vends.find(({ tokens }) => tokens.length > 0);
	const paper = papers.find(({ kind, isWhole }) => kind === 'receipt' && isWhole);
	const spoiled: Record<string, DayBooks> = {
		vend: { ...books, server: { ...server, vends: without(server.vends, issued) } },
		sale: { ...books, device: { ...device, sales: without(device.sales, device.sales.at(-1)) } },
		entry: { ...books, server: { ...server, entries: without(server.entries, server.entries[3]) } },
		paper: { ...books, papers: without(papers, paper) },
		float: { ...books, server: { ...server, floatMinor: server.floatMinor - 1 } },
	};
	return Object.keys(spoiled).filter((what) => differences(spoiled[what] as DayBooks).length === 0);
}

/** Waits until the sale's own screen shows these digits, and no others. */
async function shownInList(page: Page, saleId: string, tokens: readonly string[]): Promise<void> {
	await goTo(page, `/agent/sales/${saleId}`);
	await eventually(`sale ${saleId} shows ${tokens.join(' ')}`, async () => {
		const shown = await page.getByTestId('token-digits').allTextContents();
		return shown.map((text) => text.replace(/\D/g, '')).join() === tokens.join();
	});
}

describe.skipIf(!there)(`a day of an agent${there ? '' : `: ${NO_SERIAL_TOOLS}`}`, () => {
	it(`of ${SALES} sales, seed ${SEED}`, { timeout: DAY_WITHIN_MS, retry: 0 }, async () => {
		const plan = planDay(SEED, SALES, {
			regulars: REGULARS,
			barred: BLOCKED,
			capMinor: DAY_TERMS.unkept.perSaleMinor,
		});
		for (const step of plan) await day.step(step);
		await day.calm();
		const [page] = day.tabs;
		await payRefunds(page);
		await day.calm();
		await closeShift(page);
		await day.calm();
		const books = await read(page);
		expect(differences(books), `seed ${SEED}`).toEqual([]);

		expect(blindSpots(books)).toEqual([]);

		// Nobody who has a paper without a token is left without one, and no token is in no hand.
		const { server, papers, told } = books;
		for (const { id, tokens } of server.vends) {
			if (tokens.length === 0) continue;
			const shown = told.some(
				({ shown: one }) => one?.kind === 'issued' && one.tokens.join() === tokens.join(),
			);
			const printed = papers.some((paper) => paper.tokens.join() === tokens.join());
			if (!shown && !printed) await shownInList(page, id, tokens);
		}
		const claims = papers.filter(({ kind, isWhole }) => kind === 'provisional' && isWhole);
		expect(claims.length).toBeGreaterThan(SALES / 10);
		for (const { claimCode, drn, amountMinor } of claims) {
			const { json } = await ask(gate.origin, 'POST', '/api/v1/claims', { drn, code: claimCode });
			const sale = server.vends.find((vend) => vend.amountMinor === amountMinor);
			if (sale?.state === 'issued')
				expect(json).toMatchObject({
					state: 'issued',
					vend: { tokens: sale.tokens.map((digits) => ({ digits })) },
				});
			else expect(json).toMatchObject({ state: 'refused', amountMinor });
		}
		expect(weather.lost.requests).toBeGreaterThan(0);
		expect(weather.lost.answers).toBeGreaterThan(0);
		expect(phone.errors).toEqual([]);
	});
});
