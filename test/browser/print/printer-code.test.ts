/** The code that prints is fetched with the first paper: without a network it may not come. */
import { afterEach, expect, it, vi } from 'vitest';
import { FIRST_SETTINGS } from '#lib/browser/print/print-settings.ts';
import { pagePrintWays, printPaper } from '#lib/browser/print/printer.ts';
import type { PrinterSource } from '#lib/browser/print/printer-port.ts';
import type { Paper } from '#lib/core/paper/paper.ts';
import { mayHavePrinted } from '#lib/core/vending/print-faults.ts';

const PAPER: Paper = [{ kind: 'text', text: 'receipt' }];
const NO_CODE = { name: 'PrintFault', kind: 'no-code' };

const notFetched = () => {
	throw new TypeError('Failed to fetch dynamically imported module');
};

afterEach(() => {
	vi.doUnmock('#lib/browser/print/escpos.ts');
	vi.doUnmock('#lib/browser/print/system-print.ts');
});

it('a paper for a printer says so, and none has come out', async () => {
	vi.doMock('#lib/browser/print/escpos.ts', notFetched);
	const came: Uint8Array[] = [];
	const port = {
		mark: 'm',
		name: 'p',
		print: async (octets: Uint8Array) => void came.push(octets),
	};
	const find = async () => ({ ...port, close: async () => undefined });
	const source: PrinterSource = { kind: 'usb', isSupported: true, choose: find, find };
	const settings = { ...FIRST_SETTINGS, way: 'usb', printer: { mark: 'm', name: 'p' } } as const;
	const ways = { ...pagePrintWays(), source: () => source };
	await expect(printPaper(PAPER, 'en', settings, ways)).rejects.toMatchObject(NO_CODE);
	expect(came).toEqual([]);
	expect(mayHavePrinted('no-code')).toBe(false);
});

it('a paper for the system’s dialogue says so', async () => {
	vi.doMock('#lib/browser/print/system-print.ts', notFetched);
	const settings = { ...FIRST_SETTINGS, way: 'system' } as const;
	await expect(printPaper(PAPER, 'en', settings, pagePrintWays())).rejects.toMatchObject(NO_CODE);
});
