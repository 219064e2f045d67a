/**
 * A tariff as data: what a utility takes from a tender, in which order, and what the rest buys.
 * Money is in minor units, rates in basis points, prices in 10⁻⁴ minor units per kWh, energy in 0.1 kWh.
 */

/** One step of the deductions before energy is bought; their order is the tariff's own. */
export const DEDUCTION_STEPS = ['service-fee', 'arrears', 'vat', 'fixed-charge'] as const;
export type DeductionStep = (typeof DEDUCTION_STEPS)[number];

/** A block of an inclining tariff: its price holds until the month's purchases reach `upToDeciKwh`. */
export interface TariffBlock {
	/** Upper end in 0.1 kWh per calendar month; null for the last block, which has none. */
	readonly upToDeciKwh: number | null;
	/** 10⁻⁴ minor units per kWh; before VAT unless the tariff's `vat.inclusive` says that it contains it. */
	readonly pricePerKwhE4: number;
}

/** The tariff of one moment (`tariffAt`): what pricing takes. */
export interface PlainTariff {
	/** Stable id and version: together they name one immutable set of prices. */
	readonly id: string;
	readonly version: number;
	readonly name: string;
	/** Taken once per vend: a fixed part and a share of what is left at its place in the order. */
	readonly serviceFee: { readonly fixedMinor: number; readonly basisPoints: number };
	/** Largest share of what is left at its place in the order that may go to arrears. */
	readonly arrears: { readonly maxBasisPoints: number };
	/** VAT on everything after its place in the order; what is before it carries its own. `inclusive`: block prices contain it. */
	readonly vat: { readonly basisPoints: number; readonly inclusive: boolean };
	/** Taken once per calendar month, with its first purchase; a tender that cannot bear it buys nothing. */
	readonly fixedCharge: { readonly perMonthMinor: number };
	/** In the order of use; the last has no upper end. One block makes a flat tariff. */
	readonly blocks: readonly TariffBlock[];
	/** Each step at most once; a step left out is not taken. */
	readonly order: readonly DeductionStep[];
	/** Chosen from already: a tariff with hours of its own cannot be priced with before that. */
	readonly timeOfUse?: never;
}

/** A tariff as the utility writes it down: with other blocks at other hours, where it has them. */
export interface Tariff extends Omit<PlainTariff, 'timeOfUse'> {
	/** The first period that holds a moment gives its blocks; where none does, `blocks` above stand. */
	readonly timeOfUse?: readonly TariffPeriod[] | undefined;
}

/** Hours with blocks of their own, such as the evening peak. */
export interface TariffPeriod {
	/** Printed behind the tariff's name. */
	readonly name: string;
	/** The period holds in any of them. */
	readonly windows: readonly TimeWindow[];
	/** As those of a tariff; the month's counter is one over all periods. */
	readonly blocks: readonly TariffBlock[];
}

/** A part of the week in the utility's civil time. One over midnight is written as two. */
export interface TimeWindow {
	/** 1 January … 12 December; absent: all. */
	readonly months?: readonly number[] | undefined;
	/** 1 Monday … 7 Sunday; absent: all. */
	readonly weekdays?: readonly number[] | undefined;
	/** Minutes of the day, 0 … 1440; the second is outside. */
	readonly fromMinute: number;
	readonly toMinute: number;
}

/**
 * What an account pays towards its arrears with each purchase, in place of the tariff's share. It is taken at
 * the tariff's own place in the order; a tariff without that step takes none.
 */
export type ArrearsPlan =
	/** A share of what is left there. */
	| { readonly kind: 'percent'; readonly basisPoints: number }
	/** With every purchase. */
	| { readonly kind: 'fixed'; readonly perVendMinor: number }
	/** Over the calendar month's purchases, the first of which bear it until it is paid. */
	| { readonly kind: 'monthly'; readonly perMonthMinor: number };

/** What pricing needs to know of the meter's account at the moment of the sale. */
export interface AccountState {
	/** Calendar month the counters belong to, `2026-11`, in the utility's time zone. */
	readonly month: string;
	/** Bought so far in that month, over all channels, in 0.1 kWh. */
	readonly boughtDeciKwh: number;
	/** Whether the month's fixed charge is still to be taken. */
	readonly fixedChargeDue: boolean;
	/** Owed to the utility, minor units, 0 or more. */
	readonly arrearsMinor: number;
	/** Absent: the tariff's share. */
	readonly arrearsPlan?: ArrearsPlan | undefined;
	/** Paid towards the arrears in that month, minor units; absent: nothing. */
	readonly arrearsPaidMinor?: number | undefined;
	/** Too little for 0.1 kWh when the last sale was made: buys together with the next one. Minor units. */
	readonly leftOverMinor: number;
}
