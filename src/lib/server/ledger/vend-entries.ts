/**
 * What each event of a vend means in the books: pure, from the event to entries that add up to zero. Money
 * that is held for a vend is `customer-held`, whoever it came from, until the token is made or refused.
 */
import { divideHalfEven } from '#lib/core/units/money.ts';
import type { Waterfall, WaterfallLine } from '#lib/core/vending/waterfall.ts';
import type { Account } from './accounts.ts';
import { transfer, type Entry } from './entries.ts';

/** A vendor's float pays for a vend that is to be made. */
export function entriesOfHold(vendorId: string, amountMinor: number): Entry[] {
	const credit = 'customer-held';
	return transfer(amountMinor, { debit: floatOf(vendorId), credit }, 'hold');
}

/** Held money goes back: to the vendor's float it came from, else it is owed to the payer. */
export function entriesOfRefund(
	vendorId: string | null,
	amountMinor: number,
	step: string,
): Entry[] {
	const credit = vendorId === null ? 'refund-due' : floatOf(vendorId);
	return transfer(amountMinor, { debit: 'customer-held', credit }, step);
}

function floatOf(vendorId: string): Account {
	return { kind: 'agent-float', owner: vendorId };
}

/** A credit token was made: the money held becomes what each line of the waterfall says, row by row. */
export function entriesOfCredit(
	drn: string,
	waterfall: Waterfall,
	roundingGainDeciKwh: number,
): Entry[] {
	return [
		{ account: 'customer-held', amountMinor: waterfall.tenderedMinor, step: 'tendered' },
		...waterfall.lines.map((line) => entryOfLine(drn, line)),
		...entriesOfGain(lastPriceE4(waterfall), roundingGainDeciKwh),
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
			return { account: { kind: 'arrears', owner: drn }, amountMinor, step: 'arrears' };
		case 'brought-forward':
		case 'left-over':
			return { account: { kind: 'left-over', owner: drn }, amountMinor, step: line.kind };
		case 'energy-block':
			return {
				account: 'energy-sales',
				amountMinor,
				step: `energy-block-${line.block}`,
				energyDeciKwh: line.energyDeciKwh,
			};
	}
}

/** Energy that nobody paid for, at what it would have cost without VAT: borne by the account named. */
export function entriesOfGift(
	bornBy: 'fbe-subsidy' | 'free-issue-given',
	worth: { readonly amountMinor: number; readonly lastPriceE4: number },
	energy: { readonly deciKwh: number; readonly roundingGainDeciKwh: number },
): Entry[] {
	const { amountMinor } = worth;
	return [
		{ account: bornBy, amountMinor, step: 'given' },
		{
			account: 'energy-sales',
			amountMinor: 0 - amountMinor,
			step: 'given',
			energyDeciKwh: energy.deciKwh,
		},
		...entriesOfGain(worth.lastPriceE4, energy.roundingGainDeciKwh),
	];
}

/** Energy given beyond what was paid for, at the price of the last block sold. */
function entriesOfGain(priceE4: number, gainDeciKwh: number): Entry[] {
	if (gainDeciKwh === 0) return [];
	const amountMinor = Number(divideHalfEven(BigInt(gainDeciKwh) * BigInt(priceE4), 100_000n));
	const step = 'rounding-gain';
	return [
		{ account: 'rounding-given', amountMinor, step, energyDeciKwh: gainDeciKwh },
		{ account: 'energy-sales', amountMinor: 0 - amountMinor, step },
	];
}

function lastPriceE4(waterfall: Waterfall): number {
	const last = waterfall.lines.findLast((line) => line.kind === 'energy-block');
	return last?.pricePerKwhE4 ?? 0;
}

/** What the vendor earns by a sale, apart from the float. None: nothing to book. */
export function entriesOfCommission(
	vendorId: string,
	amountMinor: number,
	basisPoints: number,
): Entry[] {
	const share = Number(divideHalfEven(BigInt(amountMinor) * BigInt(basisPoints), 10_000n));
	if (share === 0) return [];
	const credit = { kind: 'commission-payable', owner: vendorId } as const;
	return transfer(share, { debit: 'commission-expense', credit }, 'commission');
}
