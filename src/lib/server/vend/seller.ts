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

/** What is known of a vendor and of who stood at the till. */
export interface SellerNames {
	readonly vendor: { readonly name: string; readonly commission_basis_points: number };
	readonly operator: { readonly name: string } | undefined;
}

/** @param names where they were read before, in this transaction */
export async function findSeller(write: Write, row: VendRow, names?: SellerNames): Promise<Seller> {
	const { vendor, operator } = names ?? (await findNames(write, row));
	return {
		receipt: {
			...(vendor && { vendor: vendor.name }),
			...(operator && { operator: operator.name }),
			...tenderOf(row),
		},
		commission:
			row.funding === 'float' && row.vendor_id !== null && vendor !== undefined
				? { vendorId: row.vendor_id, basisPoints: vendor.commission_basis_points }
				: null,
	};
}

async function findNames(write: Write, row: VendRow): Promise<Partial<SellerNames>> {
	const vendor =
		row.vendor_id === null
			? undefined
			: await write
					.selectFrom('vendor')
					.select(['name', 'commission_basis_points'])
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
	return { ...(vendor && { vendor }), operator };
}

function tenderOf(row: VendRow): Pick<Receipt, 'tender'> {
	if (row.funding !== 'float') return {};
	const { tender, amountMinor } = storedRequest(row) as FloatVendRequest;
	return { tender: { ...tender, changeMinor: tender.tenderedMinor - amountMinor } };
}
