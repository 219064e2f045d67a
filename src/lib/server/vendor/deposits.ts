/** Money that a vendor paid in at the bank, taken down by the office from the bank's slip. */
import type { DepositAnswer, DepositRequest } from '#lib/core/sync/wire-vendors.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { inScope } from '../access/scope.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import { lockVendor } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { DepositRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { book } from '../ledger/book.ts';
import { entriesOfDeposit } from '../ledger/vendor-entries.ts';
import { currencyOf } from '../meter/currency.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { raiseFloat } from './float.ts';
import { vendorRow } from './vendors.ts';

/**
 * Same id and contents: the same answer. Order: `not-found` (the vendor), `id-reused`, `currency-unknown`,
 * `not-found` (the batch, of this vendor), `banking-reference-used`.
 */
export async function putDeposit(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
	request: DepositRequest,
): Promise<DepositAnswer | Refusal> {
	const { hash } = contentHash(request);
	return await transact(database, async (write) => {
		await lockVendor(write, request.vendorId);
		const vendor = inScope(caller, await vendorRow(write, request.vendorId));
		if (isRefusal(vendor)) return vendor;
		const known = await write
			.selectFrom('deposit')
			.selectAll()
			.where('id', '=', id)
			.executeTakeFirst();
		if (known !== undefined)
			return known.content_hash === hash && known.utility_id === caller.utilityId
				? depositShape(known)
				: { refusal: 'id-reused' };
		const denied = await decideDeposit(write, caller, request);
		if (denied !== undefined) return denied;
		return await store(write, caller, rowOf(caller, id, request, hash, clock.nowMs()));
	});
}

async function decideDeposit(
	write: Write,
	{ utilityId }: Caller,
	{ vendorId, currency, bankingReference, batchId }: DepositRequest,
): Promise<Refusal | undefined> {
	if (currency !== (await currencyOf(write, utilityId)).code)
		return { refusal: 'currency-unknown', facts: { currency } };
	if (batchId !== undefined) {
		const batch = await write
			.selectFrom('batch')
			.select('kind')
			.where('id', '=', batchId)
			.where('vendor_id', '=', vendorId)
			.executeTakeFirst();
		if (batch?.kind !== 'banking') return { refusal: 'not-found' };
	}
	const used = await write
		.selectFrom('deposit')
		.select('id')
		.where('utility_id', '=', utilityId)
		.where('banking_reference', '=', bankingReference)
		.executeTakeFirst();
	return used && { refusal: 'banking-reference-used' };
}

function rowOf(
	caller: Caller,
	id: string,
	request: DepositRequest,
	hash: string,
	nowMs: number,
): DepositRow {
	return {
		...{ id, utility_id: caller.utilityId, vendor_id: request.vendorId },
		...{ amount_minor: request.amountMinor, currency: request.currency },
		...{ banking_reference: request.bankingReference, batch_id: request.batchId ?? null },
		...{ content_hash: hash, made_by: actorOf(caller), at_ms: nowMs },
	};
}

async function store(write: Write, caller: Caller, row: DepositRow): Promise<DepositAnswer> {
	const { id, vendor_id: vendorId, amount_minor: amountMinor, at_ms: atMs } = row;
	await write.insertInto('deposit').values(row).execute();
	await raiseFloat(write, vendorId, amountMinor);
	await book(write, {
		...{ utilityId: row.utility_id, kind: 'deposit', subjectId: id, atMs, currency: row.currency },
		entries: entriesOfDeposit(vendorId, amountMinor),
	});
	const facts = { vendor: vendorId, amountMinor };
	const deed = { action: 'deposit-made', subject: { kind: 'deposit', id }, facts };
	await recordDeed(write, caller, deed, atMs);
	return depositShape(row);
}

function depositShape(row: DepositRow): DepositAnswer {
	return {
		...{ id: row.id, vendorId: row.vendor_id, amountMinor: row.amount_minor },
		...{ currency: row.currency, bankingReference: row.banking_reference },
		...{ batchId: row.batch_id, atMs: row.at_ms },
	};
}
