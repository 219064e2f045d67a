/**
 * What each event of a sale means in the books: pure, from the event to entries that add up to zero.
 */
import { divideHalfEven } from '#lib/core/units/money.ts';
import type { Waterfall, WaterfallLine } from '#lib/core/vending/waterfall.ts';
import type { AccountKind } from './accounts.ts';

export interface Entry {
	readonly account: AccountKind;
	/** For the accounts that a meter has of its own. */
	readonly drn?: string;
	readonly amountMinor: number;
	readonly step: string;
	readonly energyDeciKwh?: number;
}

/** One account is debited and the other credited. */
export function transfer(
	amountMinor: number,
	accounts: { readonly debit: AccountKind; readonly credit: AccountKind },
	step: string,
): Entry[] {
	return [
		{ account: accounts.debit, amountMinor, step },
		{ account: accounts.credit, amountMinor: -amountMinor, step },
	];
}

/** A token was made: the money held becomes what each line of the waterfall says, row by row. */
export function entriesOfVend(
	drn: string,
	waterfall: Waterfall,
	roundingGainDeciKwh: number,
): Entry[] {
	return [
		{ account: 'customer-held', amountMinor: waterfall.tenderedMinor, step: 'tendered' },
		...waterfall.lines.map((line) => entryOfLine(drn, line)),
		...entriesOfGain(waterfall, roundingGainDeciKwh),
	];
}

/** What a waterfall's line books. A line of money out of the tender is a credit. */
function entryOfLine(drn: string, line: WaterfallLine): Entry {
	const amountMinor = 0 - line.amountMinor;
	switch (line.kind) {
		case 'service-fee':
		case 'fixed-charge':
			return { account: line.kind, amountMinor, step: line.kind };
		case 'vat':
			return { account: 'vat-payable', amountMinor, step: 'vat' };
		case 'arrears':
			return { account: 'arrears', drn, amountMinor, step: 'arrears' };
		case 'brought-forward':
		case 'left-over':
			return { account: 'left-over', drn, amountMinor, step: line.kind };
		case 'energy-block':
			return {
				account: 'energy-sales',
				amountMinor,
				step: `energy-block-${line.block}`,
				energyDeciKwh: line.energyDeciKwh,
			};
	}
}

/** Energy given beyond what was paid for, at the price of the last block sold. */
function entriesOfGain(waterfall: Waterfall, gainDeciKwh: number): Entry[] {
	if (gainDeciKwh === 0) return [];
	const last = waterfall.lines.findLast((line) => line.kind === 'energy-block');
	const exact = BigInt(gainDeciKwh) * BigInt(last?.pricePerKwhE4 ?? 0);
	const amountMinor = Number(divideHalfEven(exact, 100_000n));
	const step = 'rounding-gain';
	return [
		{ account: 'rounding-given', amountMinor, step, energyDeciKwh: gainDeciKwh },
		{ account: 'energy-sales', amountMinor: 0 - amountMinor, step },
	];
}
