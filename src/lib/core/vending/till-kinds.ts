/** The deeds that a till writes into its journal (`core/sync/till-journal.ts`), here because each has its words. */
export const TILL_KINDS = [
	'sale',
	'reveal',
	'reserve-ended',
	'batch-opened',
	'batch-closed',
	'refund-paid',
	'reprint',
] as const;
export type TillKind = (typeof TILL_KINDS)[number];
