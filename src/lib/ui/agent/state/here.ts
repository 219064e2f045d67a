/** The one till of this page, and the sale that is being made at its open desk. */
import { goto } from '$app/navigation';
import type { OpenedSale, TillDesk } from '#lib/browser/sync/till-desk.ts';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { HOME_CURRENCY } from '#lib/ui/state/home-currency.ts';
import { pagePrinting, type Printing } from '../print/printing.svelte.ts';
import { writing } from '../print/writing.ts';
import { pagePorts } from './page-ports.ts';
import { deskPapers, paperKindOf } from './papers.ts';
import { Sell } from './sell.svelte.ts';
import { Till } from './till.svelte.ts';

export const till = new Till(pagePorts);

/** One a desk: who looks at another screen in the middle of a sale finds it as it was. */
const sales = new WeakMap<TillDesk, Sell>();

export function sellAt(desk: TillDesk): Sell {
	const sell = sales.get(desk) ?? makeSell(desk);
	sales.set(desk, sell);
	return sell;
}

function makeSell(desk: TillDesk): Sell {
	return new Sell({
		desk,
		currency: till.terminal?.utility.currency ?? HOME_CURRENCY,
		timer: HOST_TIMER,
		printAtOnce: (sale) => void (printing.isAutomatic && printSale(desk, sale)),
		print: (sale) => void printSale(desk, sale),
		claimed: ({ code, drn }) => {
			const query = new URLSearchParams({ claim: code, ...(drn !== null && { meter: drn }) });
			// eslint-disable-next-line svelte/no-navigation-without-resolve -- the app has no base path
			void goto(`/agent/sales?${query}`);
		},
		tell: (error) => till.tell(error),
	});
}

/** The device's printer; it prints while a desk is open. */
export const printing: Printing = pagePrinting((error) => till.tell(error));
till.onDesk((desk) => (desk ? printing.open(deskPapers(desk, writing)) : printing.close()));

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
