/** What there is of each kind of vend: who may ask for it directly, what stands in its way, what comes with it. */
import type { Capability } from '../access/roles.ts';
import type { VendKind } from '../database/schema.ts';

interface KindRow {
	/** Capability to ask for it with `PUT /vends/{id}`; null: by an approval only. */
	readonly ask: Capability | null;
	/** Whether a blocked meter gets it too: what brings energy does not. */
	readonly whenBlocked: boolean;
	/** Whether a meter whose key is behind is brought to its new one first. */
	readonly bringsKey: boolean;
	/** NRS 009-3 transaction type, for exports. */
	readonly transactionType: string;
	/** XMLVend 2.1 request. */
	readonly xmlVend: string;
}

const energy = { whenBlocked: false, bringsKey: true } as const;
const work = { whenBlocked: true, bringsKey: false, ask: null, transactionType: '' } as const;

export const VEND_KIND_ROWS: Readonly<Record<VendKind, KindRow>> = {
	/** From a vendor's float it needs `vend.float` (`request-vend.ts`). */
	credit: { ...energy, ask: 'vend.request', transactionType: '000', xmlVend: 'creditVendReq' },
	fbe: { ...energy, ask: 'vend.fbe', transactionType: '010', xmlVend: 'fbeReq' },
	'free-issue': { ...energy, ask: null, transactionType: '005', xmlVend: 'freeIssueReq' },
	engineering: { ...work, xmlVend: 'meterSpecificEngReq' },
	'key-change': { ...work, bringsKey: true, ask: 'vend.key-change', xmlVend: 'updateMeterKeyReq' },
};
