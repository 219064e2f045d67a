/** The one till of this page, and the sale that is being made at its open desk. */
import { goto } from '$app/navigation';
import type { OpenedSale, TillDesk } from '#lib/browser/sync/till-desk.ts';
import { HOST_TIMER } from '#lib/browser/host-timer.ts';
import { HOME_CURRENCY } from '#lib/ui/state/home-currency.ts';
import { pagePorts } from './page-ports.ts';
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
		print: (sale) => printSale(desk, sale),
		claimed: ({ code, drn }) => {
			const query = new URLSearchParams({ claim: code, ...(drn !== null && { meter: drn }) });
			void goto(`/agent/sales?${query}`);
		},
		tell: (error) => till.tell(error),
	});
}

/** Puts a sale's paper into the printer's queue; what is wrong with the printer is the queue's to say. */
export function printSale(desk: TillDesk, sale: OpenedSale): void {
	pagePorts.print(desk, sale);
}
