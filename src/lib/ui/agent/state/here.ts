/** The one till of this page, and the sale that is being made at its open desk. */
import { goto } from '$app/navigation';
import type { OpenedSale, TillDesk } from '#lib/browser/sync/till-desk.ts';
import { saveFile } from '#lib/browser/device/save-file.ts';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import type { JobWish } from '#lib/browser/print/print-queue.ts';
import { HOME_CURRENCY } from '#lib/ui/state/home-currency.ts';
import { pagePrinting, type Printing } from '../print/printing.svelte.ts';
import { customersWriting, staffWriting } from '../print/writing.ts';
import { KeptHere } from './kept-here.svelte.ts';
import { pagePorts } from './page-ports.ts';
import { deskPapers, paperKindOf } from './papers.ts';
import { Sell } from './sell.svelte.ts';
import { Till } from './till.svelte.ts';

export const till = new Till(pagePorts);

/** The caps in sight follow what the browser promises, which is in no table. */
export const keptHere = new KeptHere(() => till.glances.again());

/** One a desk: who looks at another screen in the middle of a sale finds it as it was. */
const sales = new WeakMap<TillDesk, Sell>();

export function sellAt(desk: TillDesk): Sell {
	const sell = sales.get(desk) ?? makeSell(desk);
	sales.set(desk, sell);
	return sell;
}

function makeSell(desk: TillDesk): Sell {
	const sell = new Sell({
		desk,
		currency: till.terminal?.utility.currency ?? HOME_CURRENCY,
		timer: HOST_TIMER,
		printAtOnce: (sale) => void ifAutomatic(() => printSale(desk, sale)),
		print: (sale) => void printSale(desk, sale),
		// eslint-disable-next-line svelte/no-navigation-without-resolve -- the app has no base path
		claimed: () => void goto('/agent/sales'),
		tell: (error) => till.tell(error),
	});
	desk.vault.onChange(() => {
		if (!desk.vault.isOpen()) sell.putAway();
	});
	return sell;
}

/** The device's printer; it prints while a desk is open. */
export const printing: Printing = pagePrinting((error) => till.tell(error));
till.onDesk((desk) => {
	if (!desk) return void printing.close();
	printing.open(deskPapers(desk, { staffs: staffWriting, customers: customersWriting }));
	// Made here, outside of any screen: what is derived in it would die with the screen that made it.
	sellAt(desk);
	// While the PIN is typed: a warning that came after the screen would push it down.
	keptHere.look(desk).catch((error: unknown) => till.tell(error));
});

/** Prints what is printed without being asked for, where that is set. */
export const ifAutomatic = (print: () => Promise<void>): Promise<void> =>
	printIf(() => printing.isAutomatic(), print);

async function printIf(isWanted: () => Promise<boolean>, print: () => Promise<void>) {
	try {
		if (await isWanted()) await print();
	} catch (error) {
		till.tell(error);
	}
}

/** Puts a sale's paper into the printer's queue; what is wrong with the printer is the queue's to say. */
export async function printSale(desk: TillDesk, sale: OpenedSale): Promise<void> {
	const paper = paperKindOf(sale);
	if (paper === undefined) return;
	try {
		const { copy } = await desk.notePrint(sale.row.id);
		await printing.add({ paper, saleId: sale.row.id, copy });
	} catch (error) {
		till.tell(error);
	}
}

/** The customer has the token that came late. */
export function handOver(desk: TillDesk, { row }: OpenedSale): void {
	desk.handOver(row.id).catch((error: unknown) => till.tell(error));
}

/** X of the shift as it stands when it is printed. */
export const printX = (batchId: string): Promise<void> =>
	printPaper({ paper: 'x-report', saleId: null, batchId, copy: 1 });

/** Z of a closed shift or batch; from the second time on it is marked as a reprint. */
export async function printZ(desk: TillDesk, batchId: string): Promise<void> {
	try {
		const { copy } = await desk.noteReport(batchId);
		await printing.add({ paper: 'z-report', saleId: null, batchId, copy });
	} catch (error) {
		till.tell(error);
	}
}

/** What the customer signs whose money goes back; nothing where there is no way to a paper. */
export const printRefund = (saleId: string): Promise<void> =>
	printIf(
		() => printing.isSet(),
		() => printPaper({ paper: 'refund', saleId, copy: 1 }),
	);

async function printPaper(wish: JobWish): Promise<void> {
	try {
		await printing.add(wish);
	} catch (error) {
		till.tell(error);
	}
}

/** Files for the office, handed to the browser. Answers how many there were. */
export async function saveUnsent(): Promise<number> {
	const files = await till.exportUnsent();
	for (const { name, parts, type } of files) saveFile(name, parts, type);
	return files.length;
}
