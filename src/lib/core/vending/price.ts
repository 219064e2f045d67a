/**
 * Pricing: what a tender buys, step by step. One pure function for the trial vend, the real vend and the
 * app without a network, so that all three always say the same.
 *
 * Shape: tender → deductions in the tariff's order → the month's blocks → left-over.
 * Always: the lines add up to the tender; more money never buys less energy; energy is rounded down to
 * 0.1 kWh and what that leaves stays on the account; each line is rounded once, half to even.
 */
import { divideHalfEven, MAX_AMOUNT_MINOR } from '#lib/core/units/money.ts';
import type { AccountState, DeductionStep, PlainTariff, TariffBlock } from './tariff.ts';
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
	/**
	 * What rounding the VAT to a whole minor unit took too much (or, negative, too little), in `1 / vatParts`
	 * minor units. Given back when energy is bought: else 500.00 at 25.00 a kWh would not buy 20 kWh.
	 */
	readonly vatRounding: bigint;
}

/**
 * The account as it stands in a calendar month (`2026-11`, the utility's civil one): a new month starts
 * its counters again and owes its fixed charge. A month before the account's own, from a clock that was set
 * back, does not: what was bought stays bought.
 */
export function accountInMonth(account: AccountState, month: string): AccountState {
	if (month <= account.month) return account;
	return { ...account, month, boughtDeciKwh: 0, fixedChargeDue: true, arrearsPaidMinor: 0 };
}

/**
 * What `tenderedMinor` buys for this account, which must already stand in the month of the sale
 * (`accountInMonth`), at the tariff of the moment of the sale (`tariffAt`). Refused with `amount-buys-nothing` when no 0.1 kWh is left after the deductions.
 * @throws {RangeError} slip: a tender that is not a positive whole number of minor units, or a last block
 * with an upper end or without a price
 */
export function priceVend(
	tenderedMinor: number,
	tariff: PlainTariff,
	account: AccountState,
): VendPrice | { refusal: 'amount-buys-nothing' } {
	if (!Number.isInteger(tenderedMinor) || tenderedMinor <= 0 || tenderedMinor > MAX_AMOUNT_MINOR)
		throw new RangeError('a tender is a positive whole number of minor units');
	let running: Running | undefined = {
		leftMinor: tenderedMinor,
		lines: [],
		account,
		vatRounding: 0n,
	};
	for (const step of tariff.order) running = running && DEDUCTIONS[step](running, tariff);
	return running === undefined
		? { refusal: 'amount-buys-nothing' }
		: buyEnergy(tenderedMinor, running, tariff);
}

/**
 * Each step takes its part of what the ones before it left; undefined: it cannot be borne at all. A share
 * is of whole minor units, so after one there is no VAT rounding left to give back.
 */
const DEDUCTIONS: Record<
	DeductionStep,
	(running: Running, tariff: PlainTariff) => Running | undefined
> = {
	'service-fee': (running, { serviceFee }) => {
		const fee = serviceFee.fixedMinor + shareOf(running.leftMinor, serviceFee.basisPoints);
		const amountMinor = Math.min(fee, running.leftMinor);
		return { ...take(running, { kind: 'service-fee', amountMinor }), vatRounding: 0n };
	},
	arrears: (running, { arrears }) => {
		const { account, leftMinor } = running;
		const most = mostToArrears(running, arrears.maxBasisPoints);
		const amountMinor = Math.min(account.arrearsMinor, leftMinor, most);
		const balanceAfterMinor = account.arrearsMinor - amountMinor;
		const change = {
			arrearsMinor: balanceAfterMinor,
			arrearsPaidMinor: (account.arrearsPaidMinor ?? 0) + amountMinor,
		};
		const line = { kind: 'arrears', amountMinor, balanceAfterMinor } as const;
		return { ...take(running, line, change), vatRounding: 0n };
	},
	vat: (running, tariff) => {
		const { vat } = tariff;
		// What is left contains the VAT on itself: rate / (1 + rate) of it.
		const parts = vatParts(tariff);
		const exact = BigInt(running.leftMinor) * BigInt(vat.basisPoints);
		const amount = divideHalfEven(exact, parts);
		const line = {
			kind: 'vat',
			amountMinor: Number(amount),
			basisPoints: vat.basisPoints,
		} as const;
		return { ...take(running, line), vatRounding: amount * parts - exact };
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

/** By the account's own plan, else by the tariff's share. */
function mostToArrears({ account, leftMinor }: Running, tariffBasisPoints: number): number {
	const plan = account.arrearsPlan ?? { kind: 'percent', basisPoints: tariffBasisPoints };
	switch (plan.kind) {
		case 'percent':
			return shareOf(leftMinor, plan.basisPoints);
		case 'fixed':
			return plan.perVendMinor;
		case 'monthly':
			return Math.max(0, plan.perMonthMinor - (account.arrearsPaidMinor ?? 0));
	}
}

function take(running: Running, line: WaterfallLine, change: Partial<AccountState> = {}): Running {
	return {
		...running,
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
	tariff: PlainTariff,
): VendPrice | { refusal: 'amount-buys-nothing' } {
	// Brought forward only here: it was left after the deductions of its own sale and bears none again.
	const { leftOverMinor, boughtDeciKwh } = running.account;
	const money = { ...running, leftMinor: running.leftMinor + leftOverMinor };
	const blocks = fillBlocks(money, boughtDeciKwh, tariff);
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
	money: Pick<Running, 'leftMinor' | 'vatRounding'>,
	boughtDeciKwh: number,
	tariff: PlainTariff,
): { lines: BlockLine[]; leftMinor: number } {
	const lines: BlockLine[] = [];
	let { leftMinor } = money;
	let used = boughtDeciKwh;
	// Money in 10⁻⁵ / vatParts minor units, in which both the rounding of the VAT and every price are whole.
	const scale = PRICE_SCALE * vatParts(tariff);
	for (const [index, block] of tariff.blocks.entries()) {
		const room = roomIn(block, used, index === tariff.blocks.length - 1);
		if (room === 0) continue;
		const price = exactPrice(block, tariff);
		const budget = BigInt(leftMinor) * scale + money.vatRounding * PRICE_SCALE;
		const energyDeciKwh = price === 0n ? room : Math.min(room, Number(budget / price));
		if (energyDeciKwh <= 0) break;
		const cost = Number(divideHalfEven(BigInt(energyDeciKwh) * price, scale));
		// Above what is left only when both are rounded away from the same half.
		const amountMinor = Math.min(cost, leftMinor);
		const pricePerKwhE4 = Number(divideHalfEven(price, vatParts(tariff)));
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

/** Into how many parts a minor unit is divided so that VAT comes out whole: 1 + rate, in basis points. */
function vatParts(tariff: PlainTariff): bigint {
	return BigInt(FULL_BASIS_POINTS + (tariff.order.includes('vat') ? tariff.vat.basisPoints : 0));
}

/** Of 0.1 kWh without VAT, in 10⁻⁵ / vatParts minor units. */
function exactPrice(block: TariffBlock, tariff: PlainTariff): bigint {
	const parts = tariff.vat.inclusive ? BigInt(FULL_BASIS_POINTS) : vatParts(tariff);
	return BigInt(block.pricePerKwhE4) * parts;
}
