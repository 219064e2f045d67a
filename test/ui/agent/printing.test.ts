import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PrintFault } from '#lib/browser/print/print-fault.ts';
import { failedJobs, jobOfSale, lastTest, recentJobs } from '#lib/browser/print/print-jobs.ts';
import { readPrintSettings } from '#lib/browser/print/print-settings.ts';
import type { PrinterPort } from '#lib/browser/print/printer-port.ts';
import type { Artist } from '#lib/browser/print/artist.ts';
import { AgentStore } from '#lib/browser/store/agent.ts';
import { StoreFault } from '#lib/browser/store/store-fault.ts';
import type { Paper } from '#lib/core/paper/paper.ts';
import { Printing } from '#lib/ui/agent/print/printing.svelte.ts';
import { BLOCKS } from '../../core/paper/blocks.ts';
import { readEscPos } from '../../harness/escpos-reader.ts';

let store: AgentStore;
let came: Uint8Array[];
let dialogue: Paper[];
let refusal: PrintFault | undefined;
let artist: Artist | undefined;
let serial = 0;
let opened: Printing[];

beforeEach(() => {
	store = new AgentStore(`printing-${(serial += 1)}`);
	[came, dialogue, refusal, artist, opened, told] = [[], [], undefined, BLOCKS, [], []];
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

/** One clock for all pages. */
let nowMs = 0;

function page(): Printing {
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
			artist: async () => artist,
		},
	});
}

function open(printing: Printing): Printing {
	opened.push(printing);
	printing.open({
		store,
		renderPaper: async ({ copy }, language) => [
			{ kind: 'text', text: `copy ${copy} in ${language}` },
			{ kind: 'cut' },
		],
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
		if (job) await printing.again(job);
		await settled();
		expect(readEscPos(came[0] ?? new Uint8Array())[0]?.text).toContain('copy 2');
		expect((await recentJobs(store, 1))[0]?.paper).toBe('test');
		expect(await jobOfSale(store, 'other')).toBeUndefined();
	});
});

describe('the language of papers', () => {
	const CHOSEN = { way: 'usb', printer: { mark: PORT.mark, name: PORT.name } } as const;
	const receipt = (saleId: string, copy = 1) => ({ paper: 'receipt' as const, saleId, copy });
	const saidBy = (at: number): string | undefined =>
		readEscPos(came[at] ?? new Uint8Array())[0]?.text.trim();
	const queued = async () => (await recentJobs(store, 99)).map(({ language }) => language);

	it('is the device’s, as it was when the paper was asked for; staff’s are English', async () => {
		const printing = open(page());
		await printing.change(CHOSEN);
		await printing.add(receipt('before'));
		await settled();
		await printing.change({ language: 'pt' });
		refusal = new PrintFault('no-printer');
		const late = await printing.add(receipt('late'));
		await printing.add({ paper: 'x-report', saleId: null, batchId: 'shift', copy: 1 });
		await printing.test();
		await settled();
		expect(await queued()).toEqual([undefined, undefined, 'pt', 'en']);
		await printing.change({ language: 'sw' });
		refusal = undefined;
		if (late) await printing.again(late);
		await settled();
		expect(saidBy(0)).toBe('copy 1 in en');
		expect(saidBy(1)).toBe('copy 1 in pt');
	});

	it('of one sale is its own once it was chosen, also for what is printed of it later', async () => {
		const printing = open(page());
		await printing.change(CHOSEN);
		await printing.add({ ...receipt('sale'), paper: 'provisional' });
		printing.want('sale', 'fr');
		expect(printing.nextLanguage('sale', undefined)).toBe('fr');
		expect(printing.nextLanguage('other', undefined)).toBe('en');
		await printing.add(receipt('sale', 2));
		// Another page, which has heard of no choice.
		const other = open(page());
		await other.add({ ...receipt('sale'), paper: 'refund' });
		await other.add(receipt('other'));
		await settled();
		expect(await queued()).toEqual(['en', 'fr', 'fr', 'en']);
		expect(other.nextLanguage('sale', await jobOfSale(store, 'sale'))).toBe('fr');
	});

	it('can be changed before a paper that failed is tried again', async () => {
		const printing = open(page());
		await printing.change(CHOSEN);
		refusal = new PrintFault('no-answer');
		const job = await printing.add(receipt('sale'));
		await settled();
		printing.want('sale', 'sw');
		refusal = undefined;
		if (job) await printing.again(job);
		await settled();
		expect(saidBy(0)).toBe('copy 2 in sw');
	});

	it('is drawn where it must be, and English where nothing can be drawn', async () => {
		const printing = open(page());
		await printing.change({ ...CHOSEN, language: 'ar' });
		await printing.add(receipt('drawn'));
		await settled();
		expect(await printing.canDraw()).toBe(true);
		expect(readEscPos(came[0] ?? new Uint8Array())[0]?.pictures).toHaveLength(1);
		artist = undefined;
		await printing.add(receipt('written'));
		await settled();
		expect(await printing.canDraw()).toBe(false);
		expect(saidBy(1)).toBe('copy 1 in en');
		await printing.change({ way: 'system' });
		await printing.add(receipt('shown'));
		await settled();
		expect(dialogue[0]?.[0]).toMatchObject({ text: 'copy 1 in ar' });
		expect(await queued()).toEqual(['ar', 'ar', 'ar']);
	});

	it('that is in no row of before is English', async () => {
		const printing = open(page());
		await printing.change({ ...CHOSEN, language: 'pt' });
		const old = { id: 'old', ...receipt('old'), askedAtMs: 0, fault: 'no-printer' };
		await store.prints.add({ ...old, state: 'failed' });
		await printing.again(old);
		await settled();
		expect(saidBy(0)).toBe('copy 1 in en');
	});
});
