/** A receipt printer at a real Web Serial port, and the system's print dialogue, in a real Chromium. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { customerPaper as ar } from '#lib/core/words/ar/customer-paper.ts';
import { findSerialTools, NO_SERIAL_TOOLS } from '../../src/cli/serial-tools.mjs';
import { tokensOn } from '../harness/escpos-reader.ts';
import { ReceiptPrinter } from '../harness/receipt-printer.ts';
import { FakeSerialPorts } from '../harness/serial-port.ts';
import { Phone } from './harness/browser.ts';
import { eventually } from './harness/eventually.ts';
import { PageServer } from './harness/page-server.ts';
import type { PrintBench } from './harness/print-page.ts';

const there = findSerialTools();
/** As `svelte.config.js` has it. */
const POLICY =
	"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

let pages: PageServer;
let ports: FakeSerialPorts;
let browser: Phone;
let printer: ReceiptPrinter;

beforeAll(async () => {
	if (!there) return;
	const entry = fileURLToPath(new URL('harness/print-page.ts', import.meta.url));
	pages = await PageServer.of(entry, POLICY);
	ports = new FakeSerialPorts();
	browser = await Phone.start({
		env: ports.env,
		prepare: (profile) => ports.grant(profile, pages.origin),
	});
	printer = new ReceiptPrinter(ports);
	await printer.plugIn();
});

afterAll(async () => {
	await printer?.pull();
	await browser?.dispose();
	ports?.dispose();
	await pages?.close();
});

beforeEach(({ skip }) => {
	if (!there) skip(NO_SERIAL_TOOLS);
});

type Calls = Record<string, (...facts: unknown[]) => unknown>;

async function openTab(): Promise<{ page: Page; bench: PrintBench }> {
	const page = await browser.tab();
	await page.goto(pages.origin);
	const call = (name: string, facts: unknown[]) =>
		page.evaluate(
			([called, given]) =>
				(globalThis as unknown as { printBench: Calls }).printBench[called]?.(...given),
			[name, facts] as const,
		);
	const bench = new Proxy({} as PrintBench, {
		get:
			(_bench, name: string) =>
			(...facts: unknown[]) =>
				call(name, facts),
	});
	await eventually('the printer is listed', () => bench.hasPort());
	return { page, bench };
}

const token = (saleId: string): string => saleId.padStart(20, '0');
const printed = (): string[] => printer.papers.flatMap(tokensOn);
const statesOf = async (bench: PrintBench): Promise<string[]> =>
	(await bench.jobs()).map(({ state, fault }) => fault ?? state);

describe('a receipt printer on Web Serial', () => {
	it('prints what two tabs ask for, one paper at a time, each once and whole', async () => {
		const [left, right] = [await openTab(), await openTab()];
		const ids = ['1', '2', '3', '4', '5', '6'];
		await Promise.all(ids.map((id, at) => (at % 2 ? left : right).bench.add(id)));
		const papers = await printer.cut(ids.length);
		expect(papers.flatMap(tokensOn).sort()).toEqual(ids.map(token));
		await Promise.all([left.bench.idle(), right.bench.idle()]);
		expect(await statesOf(left.bench)).toEqual(ids.map(() => 'printed'));
		expect(await left.bench.told()).toEqual([]);
		await left.page.close();
		await right.page.close();
	});

	it('that is busy or pulled leaves the paper, which comes out when it is tried again', async () => {
		const { page, bench } = await openTab();
		const before = printer.papers.length;
		printer.setBusy(true);
		const busy = await bench.add('11');
		await bench.idle();
		printer.setBusy(false);
		await printer.pull();
		await eventually('the printer is gone', async () => !(await bench.hasPort()));
		const gone = await bench.add('12');
		await bench.idle();
		expect((await statesOf(bench)).slice(-2)).toEqual(['busy', 'no-printer']);
		await printer.plugIn();
		await eventually('the printer is listed', () => bench.hasPort());
		await bench.again(busy);
		await bench.again(gone);
		const papers = (await printer.cut(before + 2)).slice(before);
		expect(papers.flatMap(tokensOn)).toEqual([token('11'), token('12')]);
		expect(papers.map(({ text }) => text).join()).not.toContain('REPRINT');
		await bench.idle();
		await page.close();
	});

	it('whose browser was killed while it printed: nobody knows, and the next one is a reprint', async () => {
		const { bench } = await openTab();
		const before = printer.octets.length;
		await bench.stall();
		const id = await bench.add('21');
		await eventually('the head is out', () => printer.octets.length > before);
		expect(await statesOf(bench)).toContain('printing');
		await browser.kill();
		await browser.start();
		const again = await openTab();
		await again.bench.kick();
		await again.bench.idle();
		expect((await again.bench.jobs()).find((one) => one.id === id)).toMatchObject({
			state: 'failed',
			fault: 'interrupted',
		});
		expect(printed()).not.toContain(token('21'));
		await again.bench.again(id);
		await eventually('the reprint', () => printed().includes(token('21')));
		await again.bench.idle();
		expect(printer.papers.at(-1)?.text).toContain('REPRINT 2');
		await again.page.close();
	});
});

describe('the system’s print dialogue', () => {
	it.each([
		[32, 58],
		[48, 80],
	] as const)(
		'gets a page as wide as the paper: %i characters, %i mm',
		async (columns, widthMm) => {
			const { page, bench } = await openTab();
			await bench.bySystem(columns);
			const seen = await bench.bySystem(columns);
			expect(seen.violations).toEqual([]);
			expect(seen.frames).toBe(1);
			expect(seen.pageSize?.[0]).toBe(widthMm);
			expect(seen.pageSize?.[1]).toBeGreaterThan(150);
			expect(seen.isWider).toBe(false);
			expect(seen.font).toContain('monospace');
			expect(seen.groups).toEqual([
				{ text: '0000 0000 0000 0000 0042', lines: 1 },
				{ text: 'ABCD-1234-~', lines: 1 },
			]);
			expect(seen.modules).toBe(1);
			// A name is text, whatever is in it, and in its own script.
			expect(seen.images).toBe(0);
			expect(seen.text).toContain('<img src=x onerror=alert(1)> محمد');
			await page.close();
		},
	);

	it.each([32, 48] as const)(
		'in Arabic runs from right to left, on %i characters',
		async (columns) => {
			const { page, bench } = await openTab();
			const seen = await bench.bySystem(columns, 'ar');
			expect(seen).toMatchObject({ direction: 'rtl', language: 'ar', isWider: false });
			expect(seen.groups).toEqual([
				{ text: '0000 0000 0000 0000 0042', lines: 1 },
				{ text: 'ABCD-1234-~', lines: 1 },
			]);
			expect(seen.areGroupsInOrder).toBe(true);
			for (const { name, value, paper } of seen.pairs) {
				expect(name[1]).toBeCloseTo(paper[1], 0);
				expect(value[0]).toBeCloseTo(paper[0], 0);
			}
			expect(seen.text).toContain(ar.provisional.lead);
			await page.close();
		},
	);
});

describe('a paper that is drawn in this browser', () => {
	it.each([32, 42, 48] as const)('stands where it was laid out: %i characters', async (columns) => {
		const { page, bench } = await openTab();
		const pictures = await bench.drawn(columns);
		expect(pictures?.length).toBeGreaterThan(2);
		for (const { black, outside, texts, height } of pictures ?? []) {
			expect(outside).toBe(0);
			expect(black).toBeGreaterThan(texts * 20);
			expect(height).toBeGreaterThan(0);
		}
		await page.close();
	});
});
