/** Pays a vendor what was earned: out of what is owed, into the float or at the bank. */
import type {
	CommissionSettlementAnswer,
	CommissionSettlementRequest,
} from '#lib/core/sync/wire-vendors.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { inScope } from '../access/scope.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import { lockVendor } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { CommissionSettlementRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { accountId } from '../ledger/accounts.ts';
import { balanceOf, book } from '../ledger/book.ts';
import { entriesOfSettlement } from '../ledger/vendor-entries.ts';
import { currencyOf } from '../meter/currency.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { raiseFloat } from './float.ts';
import { vendorRow } from './vendors.ts';

/**
 * Same id and contents: the same answer. Order: `not-found` (the vendor), `id-reused`, `currency-unknown`,
 * `commission-exceeded`: more than was earned and not paid out yet.
 */
export async function settleCommission(
	{ database, clock }: Backend,
	caller: Caller,
	id: string,
	request: CommissionSettlementRequest,
): Promise<CommissionSettlementAnswer | Refusal> {
	const { hash } = contentHash(request);
	return await transact(database, async (write) => {
		const { vendorId, currency, amountMinor } = request;
		await lockVendor(write, vendorId);
		const vendor = inScope(caller, await vendorRow(write, vendorId));
		if (isRefusal(vendor)) return vendor;
		const known = await write
			.selectFrom('commission_settlement')
			.selectAll()
			.where('id', '=', id)
			.executeTakeFirst();
		if (known !== undefined)
			return known.content_hash === hash && known.utility_id === caller.utilityId
				? settlementShape(known)
				: { refusal: 'id-reused' };
		if (currency !== (await currencyOf(write, caller.utilityId)).code)
			return { refusal: 'currency-unknown', facts: { currency } };
		const payable = { kind: 'commission-payable', owner: vendorId } as const;
		const accruedMinor = 0 - (await balanceOf(write, accountId(caller.utilityId, payable)));
		if (amountMinor > accruedMinor)
			return { refusal: 'commission-exceeded', facts: { accruedMinor } };
		return await store(write, caller, {
			...{ id, utility_id: caller.utilityId, vendor_id: vendorId, amount_minor: amountMinor },
			...{ currency, paid_to: request.paidTo, reference: request.reference },
			...{ content_hash: hash, made_by: actorOf(caller), at_ms: clock.nowMs() },
		});
	});
}

async function store(
	write: Write,
	caller: Caller,
	row: CommissionSettlementRow,
): Promise<CommissionSettlementAnswer> {
	const { id, vendor_id: vendorId, amount_minor: amountMinor, paid_to: paidTo } = row;
	await write.insertInto('commission_settlement').values(row).execute();
	if (paidTo === 'float') await raiseFloat(write, vendorId, amountMinor);
	await book(write, {
		...{ utilityId: row.utility_id, kind: 'commission', subjectId: id },
		...{ atMs: row.at_ms, currency: row.currency },
		entries: entriesOfSettlement(vendorId, amountMinor, paidTo),
	});
	const facts = { vendor: vendorId, amountMinor, paidTo };
	const deed = {
		action: 'commission-settled',
		subject: { kind: 'commission-settlement', id },
		facts,
	};
	await recordDeed(write, caller, deed, row.at_ms);
	return settlementShape(row);
}

function settlementShape(row: CommissionSettlementRow): CommissionSettlementAnswer {
	return {
		...{ id: row.id, vendorId: row.vendor_id, amountMinor: row.amount_minor },
		...{ currency: row.currency, paidTo: row.paid_to, reference: row.reference },
		atMs: row.at_ms,
	};
}
