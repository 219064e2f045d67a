/** What is done with a sale after it was made: its money given back, its receipt printed again. */
import { StoreFault, stored } from '#lib/browser/store/store-fault.ts';
import type { TillSaleRow, TillSaleState } from '#lib/browser/store/agent-rows.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { isOwed } from '#lib/core/sync/till-outbox.ts';
import type { OpenedSale } from './till-desk.ts';
import { appendTillDeed } from './till-journal.ts';
import type { TillParts } from './till-ports.ts';
import { openRows, openSale, type Opener } from './till-sales.ts';
import { openShiftOf } from './till-standing.ts';

type Parts = Pick<
	TillParts,
	'store' | 'operator' | 'journal' | 'operatorKeys' | 'tillKeys' | 'kick'
>;

/** Sales whose money is here though nothing was sold. */
export const MONEY_IS_HERE: ReadonlySet<TillSaleState> = new Set(['refused', 'dead-letter']);

/**
 * Whether the money of a sale may leave the drawer, or go into another sale. Not while the backend may still
 * say that it had the sale, before its entry was damaged here: then there is a token. Also within a transaction.
 */
export async function mayGoBack(store: AgentStore, sale: TillSaleRow): Promise<boolean> {
	if (!MONEY_IS_HERE.has(sale.state)) return false;
	if (sale.promise === 'reserve') return true;
	const progress = await store.progress.get({ id: sale.id });
	return !progress || !isOwed(progress);
}

/** Sales whose money is to be given back, the latest first. @throws {StoreFault} */
export async function listRefunds(parts: Opener): Promise<readonly OpenedSale[]> {
	const { store } = parts;
	const rows = await stored(() =>
		store.transaction('r', store.sales, store.progress, async () => {
			const here = await store.sales
				.where('state')
				.anyOf(...MONEY_IS_HERE)
				.toArray();
			const may = await Promise.all(here.map((sale) => mayGoBack(store, sale)));
			return here.filter((_, at) => may[at]);
		}),
	);
	rows.sort((one, other) => other.atMs - one.atMs);
	return openRows(parts, rows);
}

/**
 * The money went back out of the drawer of the open shift.
 * @throws {StoreFault} nothing was written. `other-tab`: there is no open shift, no money of it here any more, or
 * the backend has not said what it is there
 */
export async function payRefund(parts: Parts, saleId: string): Promise<void> {
	const { store, operator, journal } = parts;
	const [sale, shift] = await stored(() =>
		Promise.all([store.sales.get(saleId), openShiftOf(store)]),
	);
	if (!sale || !shift) throw new StoreFault('other-tab');
	const content = { saleId, batchId: shift.id, amountMinor: sale.amountMinor };
	const deed = { kind: 'refund-paid', content, operatorId: operator.operatorId } as const;
	await appendTillDeed(journal, deed, async () => {
		const [here, open] = [await store.sales.get(saleId), await openShiftOf(store)];
		if (!here || open?.id !== shift.id || !(await mayGoBack(store, here)))
			throw new StoreFault('other-tab');
		await store.sales.put({ ...here, state: 'refunded', settledIn: shift.id });
	});
	parts.kick();
}

/**
 * A paper of this sale goes to a printer. Counted apart: papers without a token, and those with it, of which
 * every one but the first is a reprint and written down.
 * @throws {StoreFault} nothing was written: it is not printed
 */
export async function notePrint(parts: Parts, saleId: string): Promise<{ readonly copy: number }> {
	const { store, operator, journal } = parts;
	const sale = await openSale(parts, saleId);
	if (!sale) throw new StoreFault('failed', new TypeError('no such sale'));
	const { row, details } = sale;
	if (row.state !== 'issued') return countPaper(parts, saleId, 'printedProvisional');
	if (row.printed === 0) return countPaper(parts, saleId, 'printed');
	const copy = row.printed + 1;
	const content = { vendId: details?.vendId ?? saleId, copy };
	const deed = { kind: 'reprint', content, operatorId: operator.operatorId } as const;
	await appendTillDeed(journal, deed, async () => {
		const here = await store.sales.get(saleId);
		// Another tab prints it at this moment: it is asked for again.
		if (here?.printed !== row.printed) throw new StoreFault('other-tab');
		await store.sales.put({ ...here, printed: copy });
	});
	parts.kick();
	return { copy };
}

function countPaper(
	{ store }: Parts,
	saleId: string,
	counter: 'printed' | 'printedProvisional',
): Promise<{ copy: number }> {
	return stored(() =>
		store.transaction('rw', store.sales, async () => {
			const row = await store.sales.get(saleId);
			const copy = (row?.[counter] ?? 0) + 1;
			// Another tab printed the first one in this moment: this one is to be written down.
			if (counter === 'printed' && copy > 1) throw new StoreFault('other-tab');
			await store.sales.update(saleId, { [counter]: copy });
			return { copy };
		}),
	);
}
