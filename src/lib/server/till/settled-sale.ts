/**
 * What a till's journal says has become of a sale's money: it went back to the customer, or it is in the sale
 * that was made in its place. Either is done at the till before we hear of it, so what has been made of that entry
 * here changes nothing of it.
 */
import type { OutcomeState } from '#lib/core/sync/wire-till.ts';
import { prepared } from '../database/prepared.ts';
import type { VendRowState } from '../database/schema.ts';

/** No token of it is anybody's: its money may go back, or into another sale. */
export const cameToNothing = (state: OutcomeState | VendRowState | null): boolean =>
	state === 'refused' || state === 'reversed';

/** The first entry of the same till by which a sale is settled; no row: it is not. */
export const settlingEntry = prepared<{ terminalId: string; saleId: string }>()((db, given) =>
	db
		.selectFrom('till_entry')
		.select(['id', 'kind', 'at_ms', 'offset_ms'])
		.where('subject_id', '=', given('saleId'))
		.where('kind', 'in', ['refund-paid', 'sale'])
		.where('terminal_id', '=', given('terminalId'))
		.orderBy('taken_at_ms')
		.orderBy('id')
		.limit(1),
);
