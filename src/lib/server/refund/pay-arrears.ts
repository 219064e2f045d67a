/** Money matched to what a meter's customer owes: the account moves with the ledger. */
import type { Write } from '../database/open.ts';
import type { RefundRow } from '../database/schema.ts';
import type { Refusal } from '../refusal.ts';
import { isMeterBusy } from '../vend/lock-vend.ts';

/**
 * The meter is locked. Order: `meter-unknown`, `meter-busy` (a vend in the making may yet be undone to what
 * the account was before), `arrears-exceeded`.
 */
export async function payArrears(write: Write, row: RefundRow): Promise<Refusal | undefined> {
	const { drn, amount_minor: amountMinor } = row;
	if (drn === null) return undefined;
	const account = await write
		.selectFrom('account')
		.innerJoin('meter', 'meter.drn', 'account.drn')
		.select('account.arrears_minor')
		.where('account.drn', '=', drn)
		.where('meter.utility_id', '=', row.utility_id)
		.executeTakeFirst();
	if (account === undefined) return { refusal: 'meter-unknown' };
	if (await isMeterBusy(write, drn)) return { refusal: 'meter-busy' };
	if (account.arrears_minor < amountMinor) return { refusal: 'arrears-exceeded' };
	await write
		.updateTable('account')
		.set(({ eb }) => ({
			arrears_minor: eb('arrears_minor', '-', amountMinor),
			// The vend before can no longer be taken back: it would take this back with it.
			last_vend_id: null,
		}))
		.where('drn', '=', drn)
		.execute();
	return undefined;
}
