import { describe, expect, it } from 'vitest';
import { PrintFault } from '#lib/browser/print/print-fault.ts';
import {
	FIRST_SETTINGS,
	keepPrintSettings,
	type PrintSettings,
	readPrintSettings,
} from '#lib/browser/print/print-settings.ts';
import { choosePrinter, printPaper, type PrintWays } from '#lib/browser/print/printer.ts';
import type { PrinterSource } from '#lib/browser/print/printer-port.ts';
import { testPaper } from '#lib/core/paper/test-paper.ts';
import { WRITING } from '../../core/paper/papers.ts';
import { readEscPos } from '../../harness/escpos-reader.ts';
import { FakeMemory } from '../../harness/fake-memory.ts';

const KEY = 'tokenline.printing';
const CHOSEN: PrintSettings = {
	...FIRST_SETTINGS,
	way: 'usb',
	columns: 48,
	printer: { mark: '0416:5011-S1', name: 'POS80' },
};

describe('the settings', () => {
	it('are kept and read back', () => {
		const memory = new FakeMemory();
		expect(readPrintSettings(memory)).toEqual(FIRST_SETTINGS);
		expect(keepPrintSettings(memory, CHOSEN)).toBe(true);
		expect(readPrintSettings(memory)).toEqual(CHOSEN);
	});

	it.each(['', '{', 'null', '{"way":"fax"}', JSON.stringify({ ...CHOSEN, columns: 33 })])(
		'that cannot be read are the first ones: %s',
		(kept) => {
			const memory = new FakeMemory();
			memory.setItem(KEY, kept);
			expect(readPrintSettings(memory)).toEqual(FIRST_SETTINGS);
		},
	);

	it('say when the browser keeps nothing', () => {
		const memory = new FakeMemory();
		memory.refuses = true;
		expect(keepPrintSettings(memory, CHOSEN)).toBe(false);
		expect(keepPrintSettings(undefined, CHOSEN)).toBe(false);
		expect(readPrintSettings(undefined)).toEqual(FIRST_SETTINGS);
		const refusing = {
			getItem: () => {
				throw new DOMException('no', 'SecurityError');
			},
			setItem: () => undefined,
		};
		expect(readPrintSettings(refusing)).toEqual(FIRST_SETTINGS);
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
			bySystem: async (one, { columns }) => void bySystem.push(one, columns),
		};
		return { all, came, bySystem };
	}

	it('goes to the chosen printer as ESC/POS of its width', async () => {
		const { all, came } = ways();
		await printPaper(paper, CHOSEN, all);
		const [printed] = readEscPos(came[0] ?? new Uint8Array());
		expect(printed?.lines.some(({ cells }) => cells === 48)).toBe(true);
		expect(await choosePrinter('usb', CHOSEN, all)).toEqual(CHOSEN.printer);
	});

	it('goes to the system’s dialogue as it is', async () => {
		const { all, came, bySystem } = ways();
		await printPaper(paper, { ...CHOSEN, way: 'system' }, all);
		expect(bySystem).toEqual([paper, 48]);
		expect(came).toEqual([]);
	});

	it.each<Partial<PrintSettings>>([
		{ way: 'none' },
		{ printer: null },
		{ printer: { mark: 'other', name: '' } },
	])('without a printer goes nowhere: %o', async (over) => {
		const { all, came } = ways();
		await expect(printPaper(paper, { ...CHOSEN, ...over }, all)).rejects.toMatchObject({
			kind: 'no-printer',
		});
		expect(came).toEqual([]);
	});
});
