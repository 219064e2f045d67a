/**
 * Energy that nobody pays for: which blocks of the month it fills, and what it would have cost without VAT,
 * so that the books can say who bears it.
 *
 * Always: a waterfall of nothing tendered, whose lines are all of no money.
 */
import { divideHalfEven } from '#lib/core/units/money.ts';
import type { AccountState, PlainTariff } from './tariff.ts';
import type { Waterfall, WaterfallLine } from './waterfall.ts';

export interface Gift {
	readonly waterfall: Waterfall;
	/** Minor units, each block rounded once, half to even; the last block's price in 10⁻⁴ minor units per kWh. */
	readonly worth: { readonly amountMinor: number; readonly lastPriceE4: number };
}

/** Energy in 0.1 kWh, given to an account that stands in the month of the gift. */
export function giveEnergy(
	energyDeciKwh: number,
	tariff: PlainTariff,
	account: AccountState,
): Gift {
	const lines: WaterfallLine[] = [];
	let worthMinor = 0n;
	let lastPriceE4 = 0;
	let used = account.boughtDeciKwh;
	let left = energyDeciKwh;
	for (const [index, block] of tariff.blocks.entries()) {
		const part = Math.min(
			left,
			Math.max(0, (block.upToDeciKwh ?? Number.POSITIVE_INFINITY) - used),
		);
		if (part === 0) continue;
		lastPriceE4 = netPriceE4(block.pricePerKwhE4, tariff);
		worthMinor += divideHalfEven(BigInt(part) * BigInt(lastPriceE4), 100_000n);
		lines.push(freeBlock(index + 1, part));
		used += part;
		left -= part;
	}
	return {
		waterfall: { tenderedMinor: 0, lines, energyDeciKwh },
		worth: { amountMinor: Number(worthMinor), lastPriceE4 },
	};
}

function freeBlock(block: number, energyDeciKwh: number): WaterfallLine {
	return { kind: 'energy-block', amountMinor: 0, block, energyDeciKwh, pricePerKwhE4: 0 };
}

/** A block's price without the VAT that it may contain. */
function netPriceE4(pricePerKwhE4: number, { order, vat }: PlainTariff): number {
	if (!vat.inclusive || !order.includes('vat')) return pricePerKwhE4;
	return Number(divideHalfEven(BigInt(pricePerKwhE4) * 10_000n, BigInt(10_000 + vat.basisPoints)));
}

/** What the office knows of a meter's free basic electricity. */
export interface FbeState {
	/** Entitlement per calendar month, 0.1 kWh. */
	readonly entitledDeciKwh: number;
	/** Last month for which it was given, `2026-11`; null: never. */
	readonly givenMonth: string | null;
}

/**
 * Whether this month's may be given: once per calendar month, and not for a month gone by when a clock was
 * set back. Order: `fbe-not-entitled`, `fbe-claimed`.
 */
export function decideFbe(
	{ entitledDeciKwh, givenMonth }: FbeState,
	month: string,
): { energyDeciKwh: number } | { refusal: 'fbe-not-entitled' | 'fbe-claimed' } {
	if (entitledDeciKwh <= 0) return { refusal: 'fbe-not-entitled' };
	if (givenMonth !== null && givenMonth >= month) return { refusal: 'fbe-claimed' };
	return { energyDeciKwh: entitledDeciKwh };
}
