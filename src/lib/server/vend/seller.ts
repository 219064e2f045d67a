/** Who sold a vend, as its receipt says it and its commission is reckoned. */
import type { FloatVendRequest, Receipt } from '#lib/core/sync/wire.ts';
import type { Write } from '../database/open.ts';
import type { VendRow } from '../database/schema.ts';
import type { IssueOrder } from './issue-order.ts';
import { storedRequest } from './stored-request.ts';

export interface Seller {
	readonly receipt: Pick<Receipt, 'vendor' | 'operator' | 'tender'>;
	readonly commission: IssueOrder['commission'];
}

export async function findSeller(write: Write, row: VendRow): Promise<Seller> {
	const vendor =
		row.vendor_id === null
			? undefined
			: await write
					.selectFrom('vendor')
					.select(['id', 'name', 'commission_basis_points'])
					.where('id', '=', row.vendor_id)
					.executeTakeFirst();
	const operator =
		row.operator_id === null || vendor === undefined
			? undefined
			: await write
					.selectFrom('operator')
					.select('name')
					.where('id', '=', row.operator_id)
					.executeTakeFirst();
	return {
		receipt: {
			...(vendor && { vendor: vendor.name }),
			...(operator && { operator: operator.name }),
			...tenderOf(row),
		},
		commission:
			row.funding === 'float' && vendor !== undefined
				? { vendorId: vendor.id, basisPoints: vendor.commission_basis_points }
				: null,
	};
}

function tenderOf(row: VendRow): Pick<Receipt, 'tender'> {
	if (row.funding !== 'float') return {};
	const { tender, amountMinor } = storedRequest(row) as FloatVendRequest;
	return { tender: { ...tender, changeMinor: tender.tenderedMinor - amountMinor } };
}
