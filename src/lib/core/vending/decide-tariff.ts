/**
 * Whether a tariff can be sold by, whoever wrote it: everything that pricing takes for granted, looked at
 * before the tariff is stored.
 */
import {
	DEDUCTION_STEPS,
	type Tariff,
	type TariffBlock,
	type TariffPeriod,
	type TimeWindow,
} from './tariff.ts';

/** JSON pointer into the tariff, and what was expected there. */
export interface TariffError {
	readonly pointer: string;
	readonly detail: string;
}

const FULL_BASIS_POINTS = 10_000;
const MINUTES_OF_A_DAY = 1_440;
/** A million major units: no real fee, charge or price of a kWh comes near, and every product stays exact. */
const MAX_MINOR = 1_000_000_000;
const MAX_PRICE_E4 = MAX_MINOR * 10_000;
const MAX_DECI_KWH = 1_000_000_000;
const MAX_BLOCKS = 20;
const MAX_PERIODS = 20;
const MAX_WINDOWS = 20;
const MAX_NAME = 80;

/** Refusal: `tariff-invalid`, with every place that is wrong. */
export function decideTariff(
	tariff: Tariff,
):
	| { readonly tariff: Tariff }
	| { readonly refusal: 'tariff-invalid'; readonly errors: readonly TariffError[] } {
	const errors = [
		...nameErrors(tariff.name, '/name'),
		...rateErrors(tariff),
		...blockErrors(tariff.blocks, '/blocks'),
		...orderErrors(tariff),
		...timeOfUseErrors(tariff.timeOfUse),
	];
	return errors.length === 0 ? { tariff } : { refusal: 'tariff-invalid', errors };
}

function rateErrors({ serviceFee, arrears, vat, fixedCharge }: Tariff): TariffError[] {
	return [
		...wholeErrors(serviceFee.fixedMinor, 0, MAX_MINOR, '/serviceFee/fixedMinor'),
		...wholeErrors(serviceFee.basisPoints, 0, FULL_BASIS_POINTS, '/serviceFee/basisPoints'),
		...wholeErrors(arrears.maxBasisPoints, 0, FULL_BASIS_POINTS, '/arrears/maxBasisPoints'),
		...wholeErrors(vat.basisPoints, 0, FULL_BASIS_POINTS, '/vat/basisPoints'),
		...wholeErrors(fixedCharge.perMonthMinor, 0, MAX_MINOR, '/fixedCharge/perMonthMinor'),
	];
}

/** Each block ends above the one before; the last has a price and no end. */
function blockErrors(blocks: readonly TariffBlock[], pointer: string): TariffError[] {
	if (blocks.length === 0 || blocks.length > MAX_BLOCKS)
		return [{ pointer, detail: `expected 1 to ${MAX_BLOCKS} blocks` }];
	return blocks.flatMap(({ upToDeciKwh, pricePerKwhE4 }, at) => {
		const last = at === blocks.length - 1;
		const before = at === 0 ? 0 : (blocks[at - 1]?.upToDeciKwh ?? 0);
		const end = `${pointer}/${at}/upToDeciKwh`;
		return [
			...wholeErrors(pricePerKwhE4, last ? 1 : 0, MAX_PRICE_E4, `${pointer}/${at}/pricePerKwhE4`),
			...(last
				? endlessErrors(upToDeciKwh, end)
				: wholeErrors(upToDeciKwh, before + 1, MAX_DECI_KWH, end)),
		];
	});
}

function endlessErrors(upToDeciKwh: number | null, pointer: string): TariffError[] {
	return upToDeciKwh === null ? [] : [{ pointer, detail: 'expected null in the last block' }];
}

function orderErrors({ order }: Tariff): TariffError[] {
	return order.flatMap((step, at) =>
		DEDUCTION_STEPS.includes(step) && order.indexOf(step) === at
			? []
			: [{ pointer: `/order/${at}`, detail: 'expected each step at most once' }],
	);
}

function timeOfUseErrors(periods: readonly TariffPeriod[] = []): TariffError[] {
	if (periods.length > MAX_PERIODS)
		return [{ pointer: '/timeOfUse', detail: `expected at most ${MAX_PERIODS} periods` }];
	return periods.flatMap(({ name, windows, blocks }, at) => {
		const pointer = `/timeOfUse/${at}`;
		const twice = periods.findIndex((other) => other.name === name) !== at;
		return [
			...nameErrors(name, `${pointer}/name`),
			...(twice ? [{ pointer: `${pointer}/name`, detail: 'expected a name of its own' }] : []),
			...windowsErrors(windows, `${pointer}/windows`),
			...blockErrors(blocks, `${pointer}/blocks`),
		];
	});
}

function windowsErrors(windows: readonly TimeWindow[], pointer: string): TariffError[] {
	if (windows.length === 0 || windows.length > MAX_WINDOWS)
		return [{ pointer, detail: `expected 1 to ${MAX_WINDOWS} windows` }];
	return windows.flatMap(({ months, weekdays, fromMinute, toMinute }, at) => [
		...listErrors(months, 12, `${pointer}/${at}/months`),
		...listErrors(weekdays, 7, `${pointer}/${at}/weekdays`),
		...wholeErrors(fromMinute, 0, MINUTES_OF_A_DAY - 1, `${pointer}/${at}/fromMinute`),
		...wholeErrors(toMinute, fromMinute + 1, MINUTES_OF_A_DAY, `${pointer}/${at}/toMinute`),
	]);
}

/** A list of months or weekdays: from 1 up, each once, at least one. */
function listErrors(
	list: readonly number[] | undefined,
	most: number,
	pointer: string,
): TariffError[] {
	if (list === undefined) return [];
	const right =
		list.length > 0 &&
		new Set(list).size === list.length &&
		list.every((value) => isWholeWithin(value, 1, most));
	return right ? [] : [{ pointer, detail: `expected numbers from 1 to ${most}, each once` }];
}

function nameErrors(name: string, pointer: string): TariffError[] {
	const right = name.trim() === name && name.length > 0 && name.length <= MAX_NAME;
	return right ? [] : [{ pointer, detail: `expected a text of 1 to ${MAX_NAME} characters` }];
}

function wholeErrors(
	value: number | null,
	least: number,
	most: number,
	pointer: string,
): TariffError[] {
	if (value !== null && isWholeWithin(value, least, most)) return [];
	return [{ pointer, detail: `expected a whole number from ${least} to ${most}` }];
}

function isWholeWithin(value: number, least: number, most: number): boolean {
	return Number.isInteger(value) && value >= least && value <= most;
}
