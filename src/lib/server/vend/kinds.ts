/** What there is of each kind of vend: who may ask for it directly, and which need a second person first. */
import type { Capability } from '../access/roles.ts';
import type { VendKind } from '../database/schema.ts';

interface KindRow {
	/** Capability to ask for it with `PUT /vends/{id}`; null: by an approval only. */
	readonly ask: Capability | null;
	/** NRS 009-3 transaction type, for exports. */
	readonly transactionType: string;
	/** XMLVend 2.1 request. */
	readonly xmlVend: string;
}

export const VEND_KIND_ROWS: Readonly<Record<VendKind, KindRow>> = {
	credit: { ask: 'vend.request', transactionType: '000', xmlVend: 'creditVendReq' },
	fbe: { ask: 'vend.request', transactionType: '010', xmlVend: 'fbeReq' },
	'free-issue': { ask: null, transactionType: '005', xmlVend: 'freeIssueReq' },
	engineering: { ask: null, transactionType: '', xmlVend: 'meterSpecificEngReq' },
	'key-change': { ask: 'vend.key-change', transactionType: '', xmlVend: 'updateMeterKeyReq' },
};
