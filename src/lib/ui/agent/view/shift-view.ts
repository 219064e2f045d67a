/** Shifts as they are shown: what is in one, which are to be banked, what the office makes of them. Pure. */
import type { BatchHereRow } from '#lib/browser/store/agent-rows.ts';
import type { BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import { totalsDifference } from '#lib/core/sync/count-cash.ts';
import { tillTotals, type CountedSale, type ExpectedMoney } from '#lib/core/sync/till-totals.ts';

export interface ShiftView {
	readonly totals: BatchTotals;
	/** Refused sales of this shift whose money was not given back. */
	readonly stillHere: { readonly count: number; readonly amountMinor: number };
	/** Of all pay types, in this shift. */
	readonly givenBackMinor: number;
	/** Of refused sales in whose place another one was made in this shift, of all pay types. */
	readonly soldAgainMinor: number;
	/** Of cash first. */
	readonly money: readonly ExpectedMoney[];
}

/** @param sales of the shift @param money what should be in its drawer */
export function viewShift(
	sales: readonly CountedSale[],
	money: readonly ExpectedMoney[],
): ShiftView {
	const here = sales.filter(({ state }) => state === 'refused' || state === 'dead-letter');
	return {
		totals: tillTotals(sales),
		stillHere: { count: here.length, amountMinor: sumOf(here) },
		givenBackMinor: money.reduce((sum, { givenBackMinor }) => sum + givenBackMinor, 0),
		soldAgainMinor: money.reduce((sum, { soldAgainMinor }) => sum + soldAgainMinor, 0),
		money,
	};
}

const sumOf = (sales: readonly CountedSale[]) =>
	sales.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** The closed shifts that were not brought to the bank yet: those in a banking batch that is open. */
export function shiftsToBank(batches: readonly BatchHereRow[]): BatchHereRow[] {
	const open = new Set(
		batches.flatMap(({ id, kind, state }) => (kind === 'banking' && state === 'open' ? [id] : [])),
	);
	const sales = new Set(
		batches.flatMap(({ id, kind, parentId }) =>
			kind === 'sales' && parentId !== null && open.has(parentId) ? [id] : [],
		),
	);
	return batches.filter(
		({ kind, state, parentId }) =>
			kind === 'shift' && state === 'closed' && parentId !== null && sales.has(parentId),
	);
}

/** All shifts around which a batch stands; a shift itself. */
export function shiftsWithin(
	batch: BatchHereRow,
	batches: readonly BatchHereRow[],
): BatchHereRow[] {
	if (batch.kind === 'shift') return [batch];
	return batches
		.filter(({ parentId }) => parentId === batch.id)
		.flatMap((child) => shiftsWithin(child, batches));
}

/** What should be there of several shifts together. */
export function addMoney(shifts: readonly (readonly ExpectedMoney[])[]): ExpectedMoney[] {
	const all = shifts.flat();
	const payTypes = [...new Set(all.map(({ payType }) => payType))];
	return payTypes.map((payType) => {
		const of = all.filter((row) => row.payType === payType);
		const sum = (part: (row: ExpectedMoney) => number) =>
			of.reduce((total, row) => total + part(row), 0);
		return {
			payType,
			takenMinor: sum(({ takenMinor }) => takenMinor),
			givenBackMinor: sum(({ givenBackMinor }) => givenBackMinor),
			soldAgainMinor: sum(({ soldAgainMinor }) => soldAgainMinor),
			expectedMinor: sum(({ expectedMinor }) => expectedMinor),
		};
	});
}

export type Reconciled =
	/** Still open here, or the office has not been heard. */
	| { readonly kind: 'open' | 'waiting' }
	| { readonly kind: 'same'; readonly heardAtMs: number }
	| { readonly kind: 'differs'; readonly office: BatchTotals['sold'] }
	/** It is closed here, and the office has it open. */
	| { readonly kind: 'not-closed' };

/** What the office makes of a batch that was closed here. */
export function reconciledOf({
	totals,
	heard,
}: Pick<BatchHereRow, 'totals' | 'heard'>): Reconciled {
	if (totals === null) return { kind: 'open' };
	if (!heard) return { kind: 'waiting' };
	if (heard.state === 'open') return { kind: 'not-closed' };
	const differs = totalsDifference(totals, heard.totals);
	return differs
		? { kind: 'differs', office: heard.totals.sold }
		: { kind: 'same', heardAtMs: heard.atMs };
}
