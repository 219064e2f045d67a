/** Who may see a vend, its digits with it: pure. */
import type { Caller } from '../access/caller.ts';
import { decideAuthority } from '../access/roles.ts';
import { inScope } from '../access/scope.ts';
import type { VendRow } from '../database/schema.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { isOfTheWeb } from './asker.ts';

/**
 * The row, for whoever may: of the web anybody with its unguessable id; else the vendor's own tills and
 * operators, whoever asked for it, and those who may read any. Refusal: `not-found`, so that an id says
 * nothing to others.
 */
export function decideSight(caller: Caller, row: VendRow | undefined): VendRow | Refusal {
	const found = inScope(caller, row);
	return isRefusal(found) || maySee(caller, found) ? found : { refusal: 'not-found' };
}

function maySee(caller: Caller, row: VendRow): boolean {
	return (
		isOfTheWeb(row) ||
		isOwn(caller, row) ||
		decideAuthority(caller, 'vend.read-any', row.utility_id) === undefined
	);
}

/** Whether a vend is the caller's vendor's, or their own. */
export function isOwn(caller: Caller, row: Pick<VendRow, 'vendor_id' | 'operator_id'>): boolean {
	return (
		(caller.vendorId !== undefined && caller.vendorId === row.vendor_id) ||
		(caller.operatorId !== undefined && caller.operatorId === row.operator_id)
	);
}
