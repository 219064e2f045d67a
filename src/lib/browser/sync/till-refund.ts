/** What is done with a sale after it was made: its money given back, its receipt printed again. */
import { StoreFault, stored } from '#lib/browser/store/store-fault.ts';
import type { TillSaleRow, TillSaleState } from '#lib/browser/store/agent-rows.ts';
import { mayGoBack } from '#lib/browser/store/agent-sales.ts';
import { appendTillDeed } from './till-journal.ts';
import type { SalePaper } from './till-desk.ts';
import type { TillParts } from './till-ports.ts';
import { openSale } from './till-sales.ts';
import { openShiftOf } from './till-standing.ts';

type Parts = Pick<
	TillParts,
	'store' | 'operator' | 'journal' | 'operatorKeys' | 'tillKeys' | 'kick'
>;

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

/** Which paper a sale has now; undefined: none. One whose wait was not written down, in a full disk, waits too. */
const PAPERS: Readonly<Partial<Record<TillSaleState, SalePaper>>> = {
	issued: 'receipt',
	asked: 'provisional',
	provisional: 'provisional',
};

/**
 * A paper of this sale goes to a printer. Counted apart: papers without a token, and those with it, of which
 * every one but the first is a reprint and written down. Undefined: nothing was counted, because it is not the
 * sale's paper any more: the token has come, or a no.
 * @throws {StoreFault} nothing was written: it is not printed
 */
export async function notePrint(
	parts: Parts,
	saleId: string,
	paper: SalePaper,
): Promise<{ readonly copy: number } | undefined> {
	const { store, operator, journal } = parts;
	const sale = await openSale(parts, saleId);
	if (!sale) throw new StoreFault('failed', new TypeError('no such sale'));
	const { row, details } = sale;
	if (PAPERS[row.state] !== paper) return undefined;
	if (paper === 'provisional' || row.printed === 0) return countPaper(parts, saleId, paper);
	const copy = row.printed + 1;
	const content = { vendId: details?.vendId ?? saleId, copy };
	const deed = { kind: 'reprint', content, operatorId: operator.operatorId } as const;
	await appendTillDeed(journal, deed, async () => {
		const here = await store.sales.get(saleId);
		// Another tab prints it at this moment: it is asked for again.
		if (here?.printed !== row.printed) throw new StoreFault('other-tab');
		await store.sales.put(handedOver({ ...here, printed: copy }));
	});
	parts.kick();
	return { copy };
}

function countPaper(
	{ store }: Parts,
	saleId: string,
	paper: SalePaper,
): Promise<{ copy: number } | undefined> {
	const counter = paper === 'receipt' ? 'printed' : 'printedProvisional';
	return stored(() =>
		store.transaction('rw', store.sales, async () => {
			const row = await store.sales.get(saleId);
			if (!row) throw new StoreFault('other-tab');
			if (PAPERS[row.state] !== paper) return undefined;
			const copy = (row[counter] ?? 0) + 1;
			// Another tab printed the first one in this moment: this one is to be written down.
			if (paper === 'receipt' && copy > 1) throw new StoreFault('other-tab');
			const next = { ...row, [counter]: copy };
			await store.sales.put(paper === 'receipt' ? handedOver(next) : next);
			return { copy };
		}),
	);
}

/** The customer has the token: read out, written down, sent. @throws {StoreFault} */
export function handOver({ store }: Pick<Parts, 'store'>, saleId: string): Promise<void> {
	return stored(() =>
		store.transaction('rw', store.sales, async () => {
			const row = await store.sales.get(saleId);
			if (row) await store.sales.put(handedOver(row));
		}),
	);
}

/** Nothing of it is due any more. */
function handedOver({ handOverMs: _, ...row }: TillSaleRow): TillSaleRow {
	return row;
}
