import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PrintFault } from '#lib/browser/print/print-fault.ts';
import {
	FIRST_SETTINGS,
	keepPrintSettings,
	type PrintSettings,
	readPrintSettings,
} from '#lib/browser/print/print-settings.ts';
import { choosePrinter, printPaper, type PrintWays } from '#lib/browser/print/printer.ts';
import type { PrinterSource } from '#lib/browser/print/printer-port.ts';
import { AgentStore } from '#lib/browser/store/agent.ts';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import { testPaper } from '#lib/core/paper/test-paper.ts';
import { WRITING } from '../../core/paper/papers.ts';
import { BLOCKS } from '../../core/paper/blocks.ts';
import { readEscPos } from '../../harness/escpos-reader.ts';

const CHOSEN: PrintSettings = {
	...FIRST_SETTINGS,
	way: 'usb',
	columns: 48,
	printer: { mark: '0416:5011-S1', name: 'POS80' },
};

describe('the settings', () => {
	let store: AgentStore;
	let serial = 0;
	beforeEach(() => {
		store = new AgentStore(`print-settings-${(serial += 1)}`);
	});
	afterEach(() => store.delete());

	it('are kept and read back', async () => {
		expect(await readPrintSettings(store)).toEqual(FIRST_SETTINGS);
		await keepPrintSettings(store, CHOSEN);
		expect(await readPrintSettings(store)).toEqual(CHOSEN);
	});

	it('of before there was a choice of languages are read on, in English', async () => {
		const older = { ...CHOSEN, language: undefined };
		await store.printing.put({ key: 'printing', settings: JSON.parse(JSON.stringify(older)) });
		expect(await readPrintSettings(store)).toEqual({ ...CHOSEN, language: 'en' });
		await keepPrintSettings(store, { ...CHOSEN, language: 'ar' });
		expect(await readPrintSettings(store)).toMatchObject({ language: 'ar' });
	});

	it.each([
		null,
		'none',
		{ way: 'fax' },
		{ ...CHOSEN, columns: 33 },
		{ ...CHOSEN, language: 'tlh' },
	])('that cannot be read are the first ones: %o', async (settings) => {
		await store.printing.put({ key: 'printing', settings });
		expect(await readPrintSettings(store)).toEqual(FIRST_SETTINGS);
	});

	it('say when the device keeps nothing', async () => {
		store.close();
		await expect(keepPrintSettings(store, CHOSEN)).rejects.toBeInstanceOf(StoreFault);
		await expect(readPrintSettings(store)).rejects.toBeInstanceOf(StoreFault);
	});
});

describe('one paper', () => {
	const paper = testPaper(48, WRITING);

	function ways() {
		const came: Uint8Array[] = [];
		const bySystem: unknown[] = [];
		const port = {
			...{ mark: '0416:5011-S1', name: 'POS80' },
			print: async (octets: Uint8Array) => void came.push(octets),
			close: () => Promise.resolve(),
		};
		const source: PrinterSource = {
			...{ kind: 'usb', isSupported: true },
			choose: () => Promise.resolve(port),
			find: (mark) =>
				mark === port.mark ? Promise.resolve(port) : Promise.reject(new PrintFault('no-printer')),
		};
		const all: PrintWays = {
			source: () => source,
			bySystem: async (one, language, { columns }) => void bySystem.push(one, language, columns),
			artist: async () => BLOCKS,
		};
		return { all, came, bySystem };
	}

	it('goes to the chosen printer as ESC/POS of its width', async () => {
		const { all, came } = ways();
		await printPaper(paper, 'en', CHOSEN, all);
		const [printed] = readEscPos(came[0] ?? new Uint8Array());
		expect(printed?.lines.some(({ cells }) => cells === 48)).toBe(true);
		expect(await choosePrinter('usb', CHOSEN, all)).toEqual(CHOSEN.printer);
	});

	it('goes to the system’s dialogue as it is', async () => {
		const { all, came, bySystem } = ways();
		await printPaper(paper, 'sw', { ...CHOSEN, way: 'system' }, all);
		expect(bySystem).toEqual([paper, 'sw', 48]);
		expect(came).toEqual([]);
	});

	it('that runs from right to left is drawn for a printer, and for nothing else', async () => {
		const { all, came } = ways();
		await printPaper(paper, 'ar', CHOSEN, all);
		await printPaper(paper, 'sw', CHOSEN, all);
		await printPaper(paper, 'ar', { ...CHOSEN, way: 'system' }, all);
		const pictures = came.map((octets) => readEscPos(octets)[0]?.pictures.length ?? 0);
		expect(pictures).toEqual([expect.toSatisfy((count: number) => count > 1), 0]);
	});

	it.each<Partial<PrintSettings>>([
		{ way: 'none' },
		{ printer: null },
		{ printer: { mark: 'other', name: '' } },
	])('without a printer goes nowhere: %o', async (over) => {
		const { all, came } = ways();
		await expect(printPaper(paper, 'en', { ...CHOSEN, ...over }, all)).rejects.toMatchObject({
			kind: 'no-printer',
		});
		expect(came).toEqual([]);
	});
});
