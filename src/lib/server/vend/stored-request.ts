/** What was asked for, as it is kept in a vend's row. */
import type { ApprovedVendRequest } from '#lib/core/sync/wire-approvals.ts';
import type { AnyVendRequest } from '#lib/core/sync/wire.ts';
import type { VendRow } from '../database/schema.ts';

export type StoredRequest = AnyVendRequest | ApprovedVendRequest;

export function storedRequest(row: Pick<VendRow, 'request'>): StoredRequest {
	return JSON.parse(row.request) as StoredRequest;
}
