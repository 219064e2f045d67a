/**
 * Pricing: what a tender buys, step by step. One pure function for the trial vend, the real vend and the
 * app without a network, so that all three always say the same.
 *
 * Shape: tender → deductions in the tariff's order → the month's blocks → left-over.
 * Always: the lines add up to the tender; more money never buys less energy; energy is rounded down to
 * 0.1 kWh and what that leaves stays on the account; each line is rounded once, half to even.
 */
import { divideHalfEven, MAX_AMOUNT_MINOR } from '#lib/core/units/money.ts';
import type { AccountState, DeductionStep, Tariff, TariffBlock } from './tariff.ts';
import type { Waterfall, WaterfallLine } from './waterfall.ts';

const FULL_BASIS_POINTS = 10_000;
/** Prices are 10⁻⁴ minor units per kWh and energy is 0.1 kWh: their product is 10⁻⁵ minor units. */
const PRICE_SCALE = 100_000n;

export interface VendPrice {
	readonly waterfall: Waterfall;
	/** The account as it is once this sale is booked. */
	readonly accountAfter: AccountState;
}

/** The work between two steps: what is left of the tender, and what has been noted. */
interface Running {
	readonly leftMinor: number;
	readonly lines: readonly WaterfallLine[];
	readonly account: AccountState;
}

/**
 * The account as it stands in a calendar month (`2026-11`, the utility's civil one): a new month starts
 * its counters again and owes its fixed charge.
 */
export function accountInMonth(account: AccountState, month: string): AccountState {
	if (account.month === month) return account;
	return { ...account, month, boughtDeciKwh: 0, fixedChargeDue: true };
}

/**
 * What `tenderedMinor` buys for this account, which must already stand in the month of the sale
 * (`accountInMonth`). Refused with `amount-buys-nothing` when no 0.1 kWh is left after the deductions.
 * @throws {RangeError} slip: a tender that is not a positive whole number of minor units, or a last block
 * with an upper end or without a price
 */
export function priceVend(
	tenderedMinor: number,
	tariff: Tariff,
	account: AccountState,
): VendPrice | { refusal: 'amount-buys-nothing' } {
	if (!Number.isInteger(tenderedMinor) || tenderedMinor <= 0 || tenderedMinor > MAX_AMOUNT_MINOR)
		throw new RangeError('a tender is a positive whole number of minor units');
	let running: Running | undefined = { leftMinor: tenderedMinor, lines: [], account };
	for (const step of tariff.order) running = running && DEDUCTIONS[step](running, tariff);
	return running === undefined
		? { refusal: 'amount-buys-nothing' }
		: buyEnergy(tenderedMinor, running, tariff);
}

/** Each step takes its part of what the ones before it left; undefined: it cannot be borne at all. */
const DEDUCTIONS: Record<DeductionStep, (running: Running, tariff: Tariff) => Running | undefined> =
	{
		'service-fee': (running, { serviceFee }) => {
			const fee = serviceFee.fixedMinor + shareOf(running.leftMinor, serviceFee.basisPoints);
			const amountMinor = Math.min(fee, running.leftMinor);
			return take(running, { kind: 'service-fee', amountMinor });
		},
		arrears: (running, { arrears }) => {
			const most = shareOf(running.leftMinor, arrears.maxBasisPoints);
			const amountMinor = Math.min(running.account.arrearsMinor, most);
			const balanceAfterMinor = running.account.arrearsMinor - amountMinor;
			return take(
				running,
				{ kind: 'arrears', amountMinor, balanceAfterMinor },
				{ arrearsMinor: balanceAfterMinor },
			);
		},
		vat: (running, { vat }) => {
			// What is left contains the VAT on itself: rate / (1 + rate) of it.
			const amountMinor = Number(
				divideHalfEven(
					BigInt(running.leftMinor) * BigInt(vat.basisPoints),
					BigInt(FULL_BASIS_POINTS + vat.basisPoints),
				),
			);
			return take(running, { kind: 'vat', amountMinor, basisPoints: vat.basisPoints });
		},
		'fixed-charge': (running, { fixedCharge }) => {
			if (!running.account.fixedChargeDue) return running;
			// All or nothing: if small tenders escaped the charge, a larger one would buy less energy.
			if (running.leftMinor < fixedCharge.perMonthMinor) return undefined;
			return take(
				running,
				{ kind: 'fixed-charge', amountMinor: fixedCharge.perMonthMinor },
				{ fixedChargeDue: false },
			);
		},
	};

function take(running: Running, line: WaterfallLine, change: Partial<AccountState> = {}): Running {
	return {
		leftMinor: running.leftMinor - line.amountMinor,
		lines: line.amountMinor === 0 ? running.lines : [...running.lines, line],
		account: { ...running.account, ...change },
	};
}

function shareOf(amountMinor: number, basisPoints: number): number {
	const share = divideHalfEven(
		BigInt(amountMinor) * BigInt(basisPoints),
		BigInt(FULL_BASIS_POINTS),
	);
	return Number(share);
}

function buyEnergy(
	tenderedMinor: number,
	running: Running,
	tariff: Tariff,
): VendPrice | { refusal: 'amount-buys-nothing' } {
	// Brought forward only here: it was left after the deductions of its own sale and bears none again.
	const { leftOverMinor, boughtDeciKwh } = running.account;
	const blocks = fillBlocks(running.leftMinor + leftOverMinor, boughtDeciKwh, tariff);
	const energyDeciKwh = blocks.lines.reduce((sum, line) => sum + line.energyDeciKwh, 0);
	if (energyDeciKwh === 0) return { refusal: 'amount-buys-nothing' };
	const optional: WaterfallLine[] = [
		{ kind: 'brought-forward', amountMinor: 0 - leftOverMinor },
		...blocks.lines,
		{ kind: 'left-over', amountMinor: blocks.leftMinor },
	];
	const lines = optional.filter((line) => line.kind === 'energy-block' || line.amountMinor !== 0);
	return {
		waterfall: { tenderedMinor, lines: [...running.lines, ...lines], energyDeciKwh },
		accountAfter: {
			...running.account,
			boughtDeciKwh: boughtDeciKwh + energyDeciKwh,
			leftOverMinor: blocks.leftMinor,
		},
	};
}

type BlockLine = Extract<WaterfallLine, { kind: 'energy-block' }>;

/** Buys block by block until the money ends; a later block is not touched before the earlier is full. */
function fillBlocks(
	budgetMinor: number,
	boughtDeciKwh: number,
	tariff: Tariff,
): { lines: BlockLine[]; leftMinor: number } {
	const lines: BlockLine[] = [];
	let [leftMinor, used] = [budgetMinor, boughtDeciKwh];
	for (const [index, block] of tariff.blocks.entries()) {
		const room = roomIn(block, used, index === tariff.blocks.length - 1);
		if (room === 0) continue;
		const pricePerKwhE4 = priceWithoutVat(block, tariff);
		const energyDeciKwh = Math.min(room, affordable(leftMinor, pricePerKwhE4));
		if (energyDeciKwh === 0) break;
		const exact = BigInt(energyDeciKwh) * BigInt(pricePerKwhE4);
		// The exact cost is not above the money left, so its rounding, half to even, is not either.
		const amountMinor = Number(divideHalfEven(exact, PRICE_SCALE));
		lines.push({
			kind: 'energy-block',
			amountMinor,
			block: index + 1,
			energyDeciKwh,
			pricePerKwhE4,
		});
		leftMinor -= amountMinor;
		used += energyDeciKwh;
		if (energyDeciKwh < room) break;
	}
	return { lines, leftMinor };
}

/** 0.1 kWh that still fit into a block this month; without end in the last one. */
function roomIn(block: TariffBlock, used: number, last: boolean): number {
	if (last !== (block.upToDeciKwh === null) || (last && block.pricePerKwhE4 <= 0))
		throw new RangeError('the last block, and only it, has no upper end, and it has a price');
	return block.upToDeciKwh === null
		? Number.POSITIVE_INFINITY
		: Math.max(0, block.upToDeciKwh - used);
}

function affordable(moneyMinor: number, pricePerKwhE4: number): number {
	if (pricePerKwhE4 === 0) return Number.POSITIVE_INFINITY;
	return Number((BigInt(moneyMinor) * PRICE_SCALE) / BigInt(pricePerKwhE4));
}

function priceWithoutVat(block: TariffBlock, { vat }: Tariff): number {
	if (!vat.inclusive) return block.pricePerKwhE4;
	const gross = BigInt(block.pricePerKwhE4) * BigInt(FULL_BASIS_POINTS);
	return Number(divideHalfEven(gross, BigInt(FULL_BASIS_POINTS + vat.basisPoints)));
}
