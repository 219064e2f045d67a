/**
 * What a meter's customer owes, set right by the office: a debt taken over from the books before, or one that
 * is let go. The account moves with the ledger; the reason stays out of the audit, where names never are.
 */
import type {
	ArrearsAdjustmentAnswer,
	ArrearsAdjustmentRequest,
} from '#lib/core/sync/wire-estate.ts';
import { MAX_AMOUNT_MINOR } from '#lib/core/units/money.ts';
import { decideMeterNumber } from '#lib/core/vending/request-checks.ts';
import { actorOf, type Caller } from '../access/caller.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { contentHash } from '../content-hash.ts';
import { lockMeter } from '../database/lock.ts';
import type { Write } from '../database/open.ts';
import type { ArrearsAdjustmentRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import { book } from '../ledger/book.ts';
import { transfer } from '../ledger/entries.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { isMeterBusy } from '../vend/lock-vend.ts';
import { currencyOf } from './currency.ts';

/**
 * Same id and contents: the same answer. Order: those of the meter's number, `meter-unknown`, `id-reused`,
 * `meter-busy` (a vend in the making may yet be undone to what the account was before), `arrears-exceeded`
 * (less is owed), `amount-above-maximum` (more than an account can owe).
 */
export async function putArrearsAdjustment(
	{ database, clock }: Backend,
	caller: Caller,
	{ drn: text, id }: { readonly drn: string; readonly id: string },
	request: ArrearsAdjustmentRequest,
): Promise<ArrearsAdjustmentAnswer | Refusal> {
	const number = decideMeterNumber(text);
	if ('refusal' in number) return number;
	const { drn } = number;
	const { hash } = contentHash({ drn, ...request });
	return await transact(database, async (write) => {
		await lockMeter(write, drn);
		const arrearsMinor = await arrearsOf(write, caller, drn);
		if (isRefusal(arrearsMinor)) return arrearsMinor;
		const known = await write
			.selectFrom('arrears_adjustment')
			.selectAll()
			.where('id', '=', id)
			.executeTakeFirst();
		if (known !== undefined)
			return known.content_hash === hash && known.utility_id === caller.utilityId
				? adjustmentShape(known)
				: { refusal: 'id-reused' };
		if (await isMeterBusy(write, drn)) return { refusal: 'meter-busy' };
		const denied = decideArrears(arrearsMinor.arrearsMinor + request.amountMinor);
		if (denied !== undefined) return denied;
		const { code: currency } = await currencyOf(write, caller.utilityId);
		return await store(write, caller, {
			...{ id, utility_id: caller.utilityId, drn, currency, reason: request.reason },
			...{ amount_minor: request.amountMinor, content_hash: hash },
			...{ made_by: actorOf(caller), at_ms: clock.nowMs() },
		});
	});
}

/** @param afterMinor what would be owed */
function decideArrears(afterMinor: number): Refusal | undefined {
	if (afterMinor < 0) return { refusal: 'arrears-exceeded' };
	return afterMinor > MAX_AMOUNT_MINOR ? { refusal: 'amount-above-maximum' } : undefined;
}

async function arrearsOf(
	write: Write,
	{ utilityId }: Caller,
	drn: string,
): Promise<{ arrearsMinor: number } | Refusal> {
	const account = await write
		.selectFrom('account')
		.innerJoin('meter', 'meter.drn', 'account.drn')
		.select('account.arrears_minor as arrearsMinor')
		.where('account.drn', '=', drn)
		.where('meter.utility_id', '=', utilityId)
		.executeTakeFirst();
	return account ?? { refusal: 'meter-unknown' };
}

async function store(
	write: Write,
	caller: Caller,
	row: ArrearsAdjustmentRow,
): Promise<ArrearsAdjustmentAnswer> {
	const { id, drn, amount_minor: amountMinor, at_ms: atMs } = row;
	await write.insertInto('arrears_adjustment').values(row).execute();
	await write
		.updateTable('account')
		.set(({ eb }) => ({
			arrears_minor: eb('arrears_minor', '+', amountMinor),
			// The vend before can no longer be taken back: it would take this back with it.
			last_vend_id: null,
		}))
		.where('drn', '=', drn)
		.execute();
	const debit = { kind: 'arrears', owner: drn } as const;
	await book(write, {
		...{ utilityId: row.utility_id, kind: 'arrears-adjustment', subjectId: id, atMs },
		currency: row.currency,
		entries: transfer(amountMinor, { debit, credit: 'arrears-adjusted' }, 'arrears-adjustment'),
	});
	const subject = { kind: 'meter', id: drn };
	const facts = { adjustment: id, amountMinor };
	await recordDeed(write, caller, { action: 'arrears-adjusted', subject, facts }, atMs);
	return adjustmentShape(row);
}

function adjustmentShape(row: ArrearsAdjustmentRow): ArrearsAdjustmentAnswer {
	return {
		...{ id: row.id, drn: row.drn, amountMinor: row.amount_minor, currency: row.currency },
		...{ reason: row.reason, atMs: row.at_ms },
	};
}
