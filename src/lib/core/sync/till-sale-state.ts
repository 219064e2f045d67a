/** What a till's sale is, by what came of its entry. Pure. */
import type { EntryOutcome } from './wire-till.ts';

/**
 * `asked`: nothing is known yet. `provisional`: the customer has a provisional receipt. Then by the backend's
 * word: `issued`, `refused` (the customer's money is to be given back), `refunded` (it was), `replaced`
 * (another sale was made in its place), `dead-letter` (the backend will never take it as it is).
 */
export const TILL_SALE_STATES = [
	'asked',
	'provisional',
	'issued',
	'refused',
	'refunded',
	'replaced',
	'dead-letter',
] as const;
export type TillSaleState = (typeof TILL_SALE_STATES)[number];

/** Where a sale stands, and by what code of `core/vending/refusals.ts`. */
export interface SaleStanding {
	readonly state: TillSaleState;
	readonly code: string | null;
}

/** After this long without an answer the customer at the desk gets a provisional receipt. */
export const ANSWER_WITHIN_MS = 8_000;

/** Whoever waited for an answer has given up by then, also on a slow device. */
const NOBODY_WAITS_MS = 2 * ANSWER_WITHIN_MS;

/**
 * Whether the customer of a sale has left without a token: with a provisional receipt, or because the page that
 * waited for the answer is long dead. @param sale `atMs` and `nowMs` by the device's clock
 */
export function hasLeft(
	{ state, atMs }: Pick<SaleStanding, 'state'> & { readonly atMs: number },
	nowMs: number,
): boolean {
	return state === 'provisional' || (state === 'asked' && Math.abs(nowMs - atMs) > NOBODY_WAITS_MS);
}

/** Nothing that comes from the backend changes these: the customer has a token, or the money. */
const SETTLED: ReadonlySet<TillSaleState> = new Set(['issued', 'refunded', 'replaced']);

/** Refusals that speak of our own mistake, not of the sale: kept for mending, never taken for a no. */
const OUR_MISTAKE: ReadonlySet<string> = new Set([
	'body-not-json',
	'body-shape',
	'body-too-large',
	'entry-damaged',
	'id-not-uuid',
	'id-reused',
	'journal-signature',
	'sale-unreadable',
]);

/** Where a sale stands after what was heard of its entry: a provisional one stays so until a final word. */
export function saleAfter<Sale extends SaleStanding>(
	sale: Sale,
	{ state, code }: Pick<EntryOutcome, 'state' | 'code'>,
): SaleStanding {
	const here = { state: sale.state, code: sale.code };
	if (SETTLED.has(sale.state)) return here;
	switch (state) {
		case 'issued':
			return { state: 'issued', code: null };
		case 'done':
			// Of a sale there is a token or a no: where there is neither, nothing was sold.
			return { state: 'dead-letter', code: code ?? 'entry-damaged' };
		case 'issuing':
		case 'waiting':
			return sale.state === 'refused' ? here : { state: sale.state, code };
		case 'refused':
			return {
				state: code !== null && OUR_MISTAKE.has(code) ? 'dead-letter' : 'refused',
				code: code ?? 'internal-error',
			};
		case 'reversed':
			return { state: 'refused', code: code ?? 'vend-reversed' };
	}
}

/** Where the sale of an entry stands that can never be handed in. */
export function saleOfDamaged<Sale extends SaleStanding>(sale: Sale, code: string): SaleStanding {
	if (SETTLED.has(sale.state)) return { state: sale.state, code: sale.code };
	return { state: 'dead-letter', code };
}
