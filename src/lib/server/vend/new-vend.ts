/** A vend as it is first written down. */
import type { Waterfall } from '#lib/core/vending/waterfall.ts';
import { contentHash } from '../content-hash.ts';
import type { VendRow } from '../database/schema.ts';
import type { MeterFacts } from '../meter/find-meter.ts';
import type { StoredRequest } from './stored-request.ts';

/** What differs from one way of asking to another. */
export type VendDraft = Pick<
	VendRow,
	| 'id'
	| 'kind'
	| 'funding'
	| 'state'
	| 'vendor_id'
	| 'terminal_id'
	| 'operator_id'
	| 'issuing_point'
> &
	Partial<
		Pick<VendRow, 'payment_id' | 'shift_batch_id' | 'approval_id' | 'notify_phone' | 'amount_minor'>
	>;

const NOTHING_TENDERED: Waterfall = { tenderedMinor: 0, lines: [], energyDeciKwh: 0 };

/** The meter's utility, its currency; nothing begun, nothing released. */
export function newVend(
	draft: VendDraft,
	request: StoredRequest,
	{ meter, utility }: MeterFacts,
	nowMs: number,
): VendRow {
	const { canonical, hash } = contentHash(request);
	return {
		...{ payment_id: null, shift_batch_id: null, approval_id: null, notify_phone: null },
		amount_minor: 0,
		...draft,
		utility_id: utility.id,
		drn: meter.drn,
		currency: utility.currency_code,
		pay_type: 'tender' in request ? request.tender.method : null,
		content_hash: hash,
		request: canonical,
		quoted_waterfall: JSON.stringify(NOTHING_TENDERED),
		accepted_at_ms: nowMs,
		state_at_ms: nowMs,
		...{ issue_order: null, tid: null, base_year: null, receipt_number: null, answer: null },
		released_at_ms: null,
	};
}
