/**
 * Money held for a vend that has no token yet: out of a vendor's float, and back to where it came from when
 * the vend comes to nothing. The vendor's row goes with its float account, in the same transaction.
 */
import { sql, type CompiledQuery } from 'kysely';
import type { Write } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import { together } from '../database/together.ts';
import type { VendRow } from '../database/schema.ts';
import { book, bookingOf } from '../ledger/book.ts';
import { entriesOfHold, entriesOfRefund } from '../ledger/vend-entries.ts';
import { TakenBack } from './taken-back.ts';

/** The vendor whose float pays; null: a payment does, or nobody. */
export function floatVendor(row: Pick<VendRow, 'funding' | 'vendor_id'>): string | null {
	return row.funding === 'float' ? row.vendor_id : null;
}

/**
 * Carries out what a vend writes, and before it takes the amount out of the float where one pays: never below
 * the vendor's limit, whoever else sells from it at the same time. @throws {TakenBack} `float-exhausted`
 */
export async function writeHolding(
	write: Write,
	row: VendRow,
	queries: readonly CompiledQuery[],
): Promise<void> {
	const vendorId = floatVendor(row);
	const hold =
		vendorId === null
			? null
			: takeFromFloat.with(write, { vendorId, amountMinor: row.amount_minor });
	const [taken] = await together(write, [hold, ...queries]);
	if (hold !== null && taken.length === 0) throw new TakenBack({ refusal: 'float-exhausted' });
}

const takeFromFloat = prepared<{ vendorId: string; amountMinor: number }>()((db, given) =>
	db
		.updateTable('vendor')
		.set(({ eb }) => ({ float_minor: eb('float_minor', '-', given('amountMinor')) }))
		.where('id', '=', given('vendorId'))
		.where(sql<number>`float_minor + credit_limit_minor`, '>=', given('amountMinor'))
		.returning('id'),
);

/** The hold in the books, as queries. */
export function bookingOfHold(write: Write, row: VendRow, nowMs: number): CompiledQuery[] {
	const vendorId = floatVendor(row);
	if (vendorId === null) return [];
	return bookingOf(write, {
		utilityId: row.utility_id,
		kind: 'hold',
		subjectId: row.id,
		atMs: nowMs,
		currency: row.currency,
		entries: entriesOfHold(vendorId, row.amount_minor),
	});
}

/** Answers what was held: nothing for a vend that was not paid for. @param step why, for the books */
export async function giveBack(
	write: Write,
	row: VendRow,
	step: string,
	nowMs: number,
): Promise<number> {
	const heldMinor = row.state === 'awaiting-payment' ? 0 : row.amount_minor;
	if (heldMinor === 0) return 0;
	await raiseFloat(write, row);
	await book(write, {
		utilityId: row.utility_id,
		kind: 'refund',
		subjectId: row.id,
		atMs: nowMs,
		currency: row.currency,
		entries: entriesOfRefund(floatVendor(row), heldMinor, step),
	});
	return heldMinor;
}

/** Gives the amount back to the float it came from, if it did. */
export async function raiseFloat(write: Write, row: VendRow): Promise<void> {
	const vendorId = floatVendor(row);
	if (vendorId === null) return;
	await write
		.updateTable('vendor')
		.set(({ eb }) => ({ float_minor: eb('float_minor', '+', row.amount_minor) }))
		.where('id', '=', vendorId)
		.execute();
}
