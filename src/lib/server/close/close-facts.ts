/** What a close is decided from: what the database and the security module said, and nothing decided yet. */
import type { CloseDifference, ModuleExplanation } from '#lib/core/vending/close-differences.ts';

/** A civil day as instants, the second outside. */
export interface DayWindow {
	readonly fromMs: number;
	readonly toMs: number;
}

export interface Example {
	readonly subject: string;
	readonly expected?: number;
	readonly found?: number;
}

/** Rows that a question found to be amiss: never more than `MOST_FOUND`. */
export type Findings = Partial<Record<CloseDifference, readonly Example[]>>;

/** No question looks for more of one kind: more are as bad. */
export const MOST_FOUND = 1_000;

/** Sum of one kind of account in one currency, debit positive. */
export interface KindSum {
	readonly kind: string;
	readonly currency: string;
	readonly amountMinor: number;
}

/** Numbers of one issuing point and series that were given out in the day. */
export interface ReceiptRange {
	readonly issuingPoint: string;
	readonly first: number;
	readonly last: number;
	/** Of the day. */
	readonly count: number;
	/** Of any day, between the first and the last. */
	readonly present: number;
	/** Whether the number before the first was given out, or the first begins its series. */
	readonly follows: boolean;
	/** The number that the counter stands at, and the highest of any receipt. */
	readonly counter: number;
	readonly highest: number;
}

/** What became of requests that the module carried out: examined for the first time. */
export interface ModuleFacts {
	readonly tells: 'requests' | 'count' | 'nothing';
	readonly requests: number;
	readonly examined: number;
	readonly explained: readonly { readonly why: ModuleExplanation; readonly count: number }[];
	readonly findings: Findings;
	/** Vends in the making at this moment, of all utilities: as `requests`, of no use to one of them. */
	readonly unfinished: number;
	/** Modules that only count, and were counted at a close before: since then. */
	readonly counted: {
		readonly requests: number;
		/** Requests that tokens made since then stand for. */
		readonly accounted: number;
		/** Requests that may have been made and stand for no token yet, or never will. */
		readonly possible: number;
		/** Requests of these tokens that may have been made, and counted, before. */
		readonly before: number;
	} | null;
}

export interface CloseFacts extends DayWindow {
	readonly date: string;
	readonly asOfMs: number;
	readonly tokens: {
		readonly count: number;
		readonly vends: number;
		readonly energyDeciKwh: number;
	};
	readonly bookings: {
		readonly vends: number;
		readonly energyDeciKwh: number;
		readonly tenderedMinor: number;
	};
	readonly opening: readonly KindSum[];
	readonly movements: readonly KindSum[];
	readonly held: {
		/** Of the books, up to now, as what is owed: positive. */
		readonly bookedMinor: number;
		/** Of the vends that wait for their token. */
		readonly openMinor: number;
	};
	readonly compared: { readonly vendors: number; readonly accounts: number };
	readonly receipts: readonly ReceiptRange[];
	readonly module: ModuleFacts;
	readonly findings: readonly Findings[];
}
