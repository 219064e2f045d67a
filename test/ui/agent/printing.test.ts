import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PrintFault } from '#lib/browser/print/print-fault.ts';
import { failedJobs, jobOfSale, lastTest, recentJobs } from '#lib/browser/print/print-jobs.ts';
import { readPrintSettings } from '#lib/browser/print/print-settings.ts';
import type { PrinterPort } from '#lib/browser/print/printer-port.ts';
import { AgentStore } from '#lib/browser/store/agent.ts';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import type { Paper } from '#lib/core/paper/paper.ts';
import { Printing } from '#lib/ui/agent/print/printing.svelte.ts';
import { readEscPos } from '../../harness/escpos-reader.ts';

let store: AgentStore;
let came: Uint8Array[];
let dialogue: Paper[];
let refusal: PrintFault | undefined;
let serial = 0;
let opened: Printing[];

beforeEach(() => {
	store = new AgentStore(`printing-${(serial += 1)}`);
	[came, dialogue, refusal, opened, told] = [[], [], undefined, [], []];
});
afterEach(async () => {
	await Promise.all(opened.map((printing) => printing.close()));
	await store.delete();
	expect(told).toEqual([]);
});

const PORT: PrinterPort = {
	mark: '0416:5011-S1',
	name: 'POS58',
	print: async (octets) => {
		if (refusal) throw refusal;
		came.push(octets);
	},
	close: () => Promise.resolve(),
};

/** What goes wrong in a page, which tells it. */
let told: unknown[] = [];

function page(): Printing {
	let nowMs = 0;
	return new Printing({
		locks: navigator.locks,
		nowMs: () => (nowMs += 1),
		tell: (error) => void told.push(error),
		ways: {
			source: (kind) => ({
				kind,
				isSupported: true,
				choose: () => (refusal ? Promise.reject(refusal) : Promise.resolve(PORT)),
				find: () => Promise.resolve(PORT),
			}),
			bySystem: async (paper) => void dialogue.push(paper),
		},
	});
}

function open(printing: Printing): Printing {
	opened.push(printing);
	printing.open({
		store,
		renderPaper: async ({ copy }) => [{ kind: 'text', text: `copy ${copy}` }, { kind: 'cut' }],
		nextCopy: async ({ copy }) => copy + 1,
	});
	return printing;
}

const settled = async (): Promise<void> => {
	while ((await store.prints.where('state').anyOf('waiting', 'printing').count()) > 0)
		await new Promise((resolve) => setImmediate(resolve));
};

describe('choosing a printer', () => {
	it('keeps it for this device, and another way forgets it', async () => {
		const printing = open(page());
		await printing.choose();
		expect(printing.settings.printer).toBeNull();
		await printing.change({ way: 'usb' });
		await printing.choose();
		expect(await printing.isSet()).toBe(true);
		const other = open(page());
		expect(await other.isSet()).toBe(true);
		expect(other.settings).toMatchObject({ way: 'usb', printer: { name: 'POS58' } });
		await printing.change({ columns: 48 });
		expect(printing.settings.printer).toEqual({ mark: PORT.mark, name: PORT.name });
		await printing.change({ way: 'bluetooth' });
		expect(await readPrintSettings(store)).toMatchObject({ way: 'bluetooth', printer: null });
	});

	it('says why none was chosen, until something is changed', async () => {
		const printing = page();
		await printing.change({ way: 'serial' });
		refusal = new PrintFault('nothing-chosen');
		await printing.choose();
		expect(printing.fault).toBe('nothing-chosen');
		expect(printing.choosing).toBe(false);
		await printing.change({ auto: false });
		expect(printing.fault).toBeUndefined();
	});

	it('works until the page closes where the device has no room', async () => {
		const printing = open(page());
		const full = new DOMException('full', 'QuotaExceededError');
		store.printing.put = () => Dexie.Promise.reject(full);
		await printing.change({ way: 'system' });
		expect(await printing.isAutomatic()).toBe(true);
		expect(printing.kept).toBe(false);
		expect(told.splice(0)).toEqual([expect.any(StoreFault)]);
		await printing.test();
		await settled();
		expect(dialogue).toHaveLength(1);
	});
});

describe('printing', () => {
	it('needs an open desk', async () => {
		const printing = page();
		expect(await printing.test()).toBeUndefined();
		open(printing);
		expect(await printing.test()).toMatchObject({ paper: 'test' });
		await settled();
		await printing.close();
		expect(await printing.add({ paper: 'receipt', saleId: 's', copy: 1 })).toBeUndefined();
	});

	it('goes by itself only where a way is set and it is wanted, also as another tab has set it', async () => {
		const [printing, other] = [open(page()), open(page())];
		expect(await printing.isAutomatic()).toBe(false);
		await printing.change({ way: 'system' });
		expect(await printing.isAutomatic()).toBe(true);
		expect(await other.isAutomatic()).toBe(true);
		await printing.change({ auto: false });
		expect(await printing.isAutomatic()).toBe(false);
		expect(await other.isAutomatic()).toBe(false);
	});

	it('uses what another tab has set since', async () => {
		const printing = open(page());
		await printing.change({ way: 'usb', printer: { mark: PORT.mark, name: PORT.name } });
		await open(page()).change({ columns: 48 });
		await printing.test();
		await settled();
		const [paper] = readEscPos(came[0] ?? new Uint8Array());
		expect(paper?.text).toContain('48 characters a line');
	});

	it('tells the screens of each paper, and tries a failed one again', async () => {
		const printing = open(page());
		await printing.change({ way: 'usb', printer: { mark: PORT.mark, name: PORT.name } });
		refusal = new PrintFault('no-answer');
		const job = await printing.add({ paper: 'receipt', saleId: 'sale', copy: 1 });
		await printing.test();
		await settled();
		expect((await failedJobs(store)).map(({ paper }) => paper)).toEqual(['test', 'receipt']);
		expect(await jobOfSale(store, 'sale')).toMatchObject({ id: job?.id, fault: 'no-answer' });
		expect(await lastTest(store)).toMatchObject({ state: 'failed' });
		refusal = undefined;
		await printing.again(job?.id ?? '');
		await settled();
		expect(readEscPos(came[0] ?? new Uint8Array())[0]?.text).toContain('copy 2');
		expect((await recentJobs(store, 1))[0]?.paper).toBe('test');
		expect(await jobOfSale(store, 'other')).toBeUndefined();
	});
});
