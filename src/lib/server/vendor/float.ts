/** The float in a vendor's row: moved with its ledger account, in the same transaction. */
import type { Write } from '../database/open.ts';

export async function raiseFloat(
	write: Write,
	vendorId: string,
	amountMinor: number,
): Promise<void> {
	await write
		.updateTable('vendor')
		.set(({ eb }) => ({ float_minor: eb('float_minor', '+', amountMinor) }))
		.where('id', '=', vendorId)
		.execute();
}
