/**
 * A purchase sent to its meter from the buyer's own device: to a virtual meter on a phone, and on a laptop by
 * real Web Serial, on a pty whose other end is `npm run meter`. No secret is in that browser.
 */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '#lib/core/words/catalogue.ts';
import { deliver as words } from '#lib/core/words/en/on-use/deliver.ts';
import { MeterProcess } from '../../src/cli/bench/meter-process.ts';
import { readState } from '../../src/cli/meter/state-file.ts';
import { findSerialTools, NO_SERIAL_TOOLS } from '../../src/cli/serial-tools.mjs';
import { Backend } from '../harness/backend.ts';
import { PulledCable, type PullAt } from '../harness/pulled-cable.ts';
import { FakeSerialPorts } from '../harness/serial-port.ts';
import { objections } from './harness/axe.ts';
import { Phone } from './harness/browser.ts';
import { approveOnScreen, askFor, tokenShown } from './harness/consumer.ts';
import { COTTAGE, HOUSE_EA07, HOUSE_EA11, KITCHEN, WORKSHOP } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { pixelsOver } from './harness/overflow.ts';
import { plantMeter } from './harness/technician.ts';

const there = findSerialTools();
const PROBE = /FT232R/;

let backend: Backend;
beforeAll(async () => {
	backend = await Backend.prepared();
});
afterAll(async () => {
	await backend?.dispose();
});

/** Buys for a meter, up to the screen with the token. */
async function buy(page: Page, drn: string): Promise<string> {
	const id = await askFor(page, backend.origin, drn, '200');
	await approveOnScreen(page);
	await tokenShown(page);
	return id;
}

/** From the token to the screen that sends it. */
async function toMeter(page: Page): Promise<void> {
	await page.getByTestId('to-meter').click();
	await page.getByRole('heading', { level: 1, name: words.title }).waitFor();
}

/** A meter that signs on at 300 baud, and an answer that stays away, take their time. */
const SAID_WITHIN_MS = 60_000;
const said = (page: Page, name: string) =>
	page.locator(`[data-send=${name}]`).waitFor({ timeout: SAID_WITHIN_MS });
const act = (page: Page, name: string) => page.locator(`[data-act="${name}"]`).click();
const kwh = async (page: Page, which: 'before' | 'after') =>
	Number.parseFloat(await page.getByTestId(`credit-${which}`).innerText());

describe('on a phone, to a virtual meter of it', () => {
	let phone: Phone;
	let page: Page;
	let wall: Page;
	let sale: string;
	const unclean: string[] = [];

	beforeAll(async () => {
		phone = await Phone.start();
		[wall, page] = [await phone.tab(), await phone.tab()];
	});
	afterAll(async () => {
		await phone?.dispose();
	});

	/** Light and dark, and at the narrowest. */
	async function look(): Promise<void> {
		const where = await page.title();
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			for (const objection of await objections(page)) unclean.push(`${where}: ${objection}`);
		}
		await page.setViewportSize({ width: 320, height: 640 });
		const over = await pixelsOver(page);
		if (over > 0) unclean.push(`${where} is ${over} px too wide`);
		await page.setViewportSize({ width: 360, height: 740 });
	}

	it('raises the credit, and the purchase knows', async () => {
		await plantMeter(wall, backend.origin, KITCHEN);
		sale = await buy(page, KITCHEN);
		await toMeter(page);
		await look();
		await page.getByRole('button', { name: words.ways.virtual }).click();
		await said(page, 'taken');
		expect(await kwh(page, 'after')).toBeGreaterThan(await kwh(page, 'before'));
		await look();
		await act(page, 'done');
		await page.locator('[data-sent=taken]').waitFor();
		expect(await page.getByTestId('to-meter').count()).toBe(0);
		await look();
		await page.goto(`${backend.origin}/purchases/${sale}/enter`);
		await page.getByRole('heading', { name: en.toMeter.proven.title }).waitFor();
		await page.goto(`${backend.origin}/purchases`);
		await page.getByText(en.toMeter.entered).waitFor();
		await look();
	});

	it('sends a key-change set and its credit in their order', async () => {
		await plantMeter(wall, backend.origin, COTTAGE);
		await buy(page, COTTAGE);
		await toMeter(page);
		await page.getByRole('button', { name: words.ways.virtual }).click();
		await said(page, 'taken');
		const phases = await page
			.locator('li[data-phase]')
			.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-phase')));
		expect(phases).toEqual(['taken', 'taken', 'taken']);
		await look();
	});

	it('is told where a meter takes no token from its owner, and goes on at the keypad', async () => {
		await plantMeter(wall, backend.origin, WORKSHOP, ['consumer-may-not-enter']);
		sale = await buy(page, WORKSHOP);
		await toMeter(page);
		await page.getByRole('button', { name: words.ways.virtual }).click();
		await said(page, 'keypadOnly');
		await look();
		await act(page, 'coach');
		await page.waitForURL(`**/purchases/${sale}/enter`);
		await page.getByTestId('lit-group').waitFor();
	});

	it('asks for the older token first', async () => {
		await buy(page, WORKSHOP);
		await toMeter(page);
		await page.getByText(en.coach.older.title).waitFor();
		await look();
		await page.getByRole('link', { name: words.older }).click();
		await page.waitForURL(`**/purchases/${sale}/deliver`);
	});

	it('is clean on every screen', () => {
		expect([...new Set(unclean)]).toEqual([]);
		expect(phone.errors).toEqual([]);
	});
});

describe.skipIf(!there)(`on a laptop with a probe${there ? '' : `: ${NO_SERIAL_TOOLS}`}`, () => {
	let ports: FakeSerialPorts;
	let laptop: Phone;
	let page: Page;
	let meter: MeterProcess | undefined;

	beforeAll(async () => {
		if (!there) return;
		ports = new FakeSerialPorts();
		laptop = await Phone.start({
			env: ports.env,
			viewport: { width: 1366, height: 768 },
			prepare: (profile) => ports.grant(profile, backend.origin),
		});
		page = await laptop.tab();
	});
	afterAll(async () => {
		await laptop?.dispose();
		ports?.dispose();
	});
	afterEach(async () => {
		await meter?.stop();
		meter = undefined;
	});

	const probe = () => join(ports.folder, 'ttyUSB0');
	const stateOf = (drn: string) => join(ports.folder, `${drn}.json`);
	const resultsOf = (drn: string) =>
		readState(stateOf(drn))?.meter.entries.map(({ result }) => result) ?? [];

	/** `npm run meter` as a meter of the estate, signed on at 300 baud. */
	const startMeter = (path: string, drn: string) =>
		MeterProcess.start(path, [
			...['--drn', drn, '--backend', backend.origin, '--opening', 'mode-e'],
			...['--state', stateOf(drn)],
		]);

	async function stopped(): Promise<void> {
		await meter?.stop();
		await eventually('the probe is gone', () => !lstatSync(probe(), { throwIfNoEntry: false }));
	}

	/** Tried until the meter has told: a probe that was just plugged in may be known a moment later. */
	const untilTaken = (): Promise<void> =>
		eventually(
			'the meter has told',
			async () => {
				const again = page.locator('[data-act=again], [data-act=connect]').first();
				if (await again.isVisible()) await again.click({ timeout: 1000 }).catch(() => undefined);
				return (await page.locator('[data-send=taken]').count()) > 0;
			},
			120_000,
		);

	it('sends nothing to another meter, and the token to its own', async () => {
		meter = await startMeter(probe(), HOUSE_EA11);
		await buy(page, HOUSE_EA07);
		await toMeter(page);
		await page.getByRole('button', { name: PROBE }).click();
		await said(page, 'otherMeter');
		await page.getByText('0000 0000 042').first().waitFor();
		expect(resultsOf(HOUSE_EA11)).toEqual([]);
		await stopped();

		meter = await startMeter(probe(), HOUSE_EA07);
		await untilTaken();
		expect(await kwh(page, 'after')).toBeGreaterThan(await kwh(page, 'before'));
		expect(resultsOf(HOUSE_EA07)).toEqual(['Accept']);
		expect(ports.log().filter((line) => line.startsWith('termios'))).toContain('termios 300 7E1');
		await stopped();
	});

	const PULLS: readonly PullAt[] = [
		{ frame: 'enter', share: 0.5 },
		{ frame: 'answer', share: 0.5 },
	];

	it.for(PULLS)('pulled at $frame: not known, then in the meter once', async (at) => {
		const far = join(ports.folder, 'meter');
		meter = await startMeter(far, HOUSE_EA07);
		const before = resultsOf(HOUSE_EA07).length;
		const cable = new PulledCable(probe(), far, 'plain');
		await cable.plugIn();
		const sale = await buy(page, HOUSE_EA07);
		await toMeter(page);
		const pulled = cable.pullAt(at);
		await page.getByRole('button', { name: PROBE }).click();
		await pulled;
		await said(page, 'lost');
		// What is not known outlives the page.
		await page.goto(`${backend.origin}/purchases/${sale}`);
		await page.getByText(en.toMeter.underWay).waitFor();
		await cable.plugIn();
		await page.getByRole('link', { name: en.toMeter.look }).click();
		await said(page, 'lost');
		await page.locator('[data-act=connect]').click();
		await untilTaken();
		expect(resultsOf(HOUSE_EA07).slice(before)).toEqual(['Accept']);
		await cable.dispose();
		await meter.stop();
		await eventually('its terminal is gone', () => !lstatSync(far, { throwIfNoEntry: false }));
	});

	it('threw nothing', () => {
		expect(laptop.errors).toEqual([]);
	});
});
