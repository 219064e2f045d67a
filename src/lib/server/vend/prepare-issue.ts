/**
 * The first transaction of an issue, in two halves: `prepareIssue` reads and decides and can still say no;
 * `begunColumns` and `commitmentOf` are what is then written down: the order, the TID and the account as they
 * are from now on.
 */
import type { CompiledQuery } from 'kysely';
import type { AccountState } from '#lib/core/vending/tariff.ts';
import type { Write } from '../database/open.ts';
import { prepared } from '../database/prepared.ts';
import type { AccountRow, VendRow } from '../database/schema.ts';
import { utilityShape, type MeterFacts } from '../meter/find-meter.ts';
import { maskName } from '../meter/mask-name.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { AccountMark, IssueOrder, TokenStep } from './issue-order.ts';
import { planIssue, type Plan } from './plan-issue.ts';
import { findSeller, type Seller, type SellerNames } from './seller.ts';
import { storedRequest } from './stored-request.ts';
import { findTid, takingTid, type FreeTid } from './tid-series.ts';

export interface PreparedIssue {
	readonly order: IssueOrder;
	readonly tid: FreeTid | null;
	readonly account: AccountMark;
}

/** The meter is locked, and no other vend of it is in the making. Refusals: `planIssue`, then of the TID. */
export async function prepareIssue(
	write: Write,
	row: VendRow,
	facts: MeterFacts,
	nowMs: number,
	names?: SellerNames,
): Promise<PreparedIssue | Refusal> {
	const plan = planIssue(storedRequest(row), facts, nowMs);
	if (isRefusal(plan)) return plan;
	const tid = await tidOf(write, row.drn, plan, nowMs);
	if (tid !== null && isRefusal(tid)) return tid;
	const seller = await findSeller(write, row, names);
	return {
		order: orderOfPlan(row, facts, plan, { seller, tid, nowMs }),
		tid,
		account: markAfter(plan, row.id),
	};
}

async function tidOf(
	write: Write,
	drn: string,
	{ token, keys }: Plan,
	nowMs: number,
): Promise<FreeTid | Refusal | null> {
	if (token === null || token.make === 'meter-test' || keys === null) return null;
	return await findTid(write, drn, keys.key, nowMs);
}

function orderOfPlan(
	row: VendRow,
	facts: MeterFacts,
	plan: Plan,
	{ seller, tid, nowMs }: { seller: Seller; tid: FreeTid | null; nowMs: number },
): IssueOrder {
	const { meter, utility, tariff, accountRow } = facts;
	const { sgc, krn, ti } = plan.keys?.place ?? meter;
	return {
		vendId: row.id,
		kind: row.kind,
		begunAtMs: nowMs,
		keyChange: plan.keyChange,
		token: tokenStep(plan, tid),
		waterfall: plan.waterfall,
		worth: plan.worth,
		commission: seller.commission,
		before: {
			account: markOf(accountRow),
			meter: {
				...{ sgc: meter.sgc, krn: meter.krn, ti: meter.ti },
				...{ next_sgc: meter.next_sgc, next_ti: meter.next_ti },
			},
		},
		receipt: {
			utility: utilityShape(utility),
			customerMasked: maskName(meter.owner_name),
			...{ drn: meter.drn, sgc, krn, ti, ea: meter.ea === 11 ? 11 : 7, tct: meter.tct },
			tariffName: tariff.name,
			...seller.receipt,
		},
	};
}

function tokenStep({ token }: Plan, free: FreeTid | null): TokenStep | null {
	if (token === null || token.make === 'meter-test') return token;
	if (free === null) throw new TypeError('a token under a key has a TID');
	return { ...token, tid: free.tid };
}

function markOf(row: AccountRow): AccountMark {
	const { month, bought_deci_kwh, fixed_charge_due, left_over_minor } = row;
	const { arrears_minor, arrears_paid_minor, fbe_month, last_vend_id } = row;
	return {
		...{ month, bought_deci_kwh, fixed_charge_due, left_over_minor },
		...{ arrears_minor, arrears_paid_minor, fbe_month, last_vend_id },
	};
}

function markAfter({ accountAfter, fbeMonthAfter }: Plan, vendId: string): AccountMark {
	return { ...columnsOf(accountAfter), fbe_month: fbeMonthAfter, last_vend_id: vendId };
}

function columnsOf(account: AccountState) {
	return {
		month: account.month,
		bought_deci_kwh: account.boughtDeciKwh,
		fixed_charge_due: account.fixedChargeDue ? 1 : 0,
		arrears_minor: account.arrearsMinor,
		arrears_paid_minor: account.arrearsPaidMinor ?? 0,
		left_over_minor: account.leftOverMinor,
	};
}

/** What the vend's own row becomes with its first transaction. */
export function begunColumns({ order, tid }: PreparedIssue) {
	return {
		state: 'issuing' as const,
		state_at_ms: order.begunAtMs,
		issue_order: JSON.stringify(order),
		tid: tid?.tid ?? null,
		base_year: tid?.baseYear ?? null,
	};
}

/** Beside the vend's row: the TID is taken, the account moved on. As queries. */
export function commitmentOf(
	write: Write,
	drn: string,
	{ tid, account }: PreparedIssue,
): CompiledQuery[] {
	const moved = setAccount.with(write, { drn, ...account });
	return tid === null ? [moved] : [takingTid(write, drn, tid), moved];
}

/** Sets an account to where it is or was. */
export async function putAccount(write: Write, drn: string, mark: AccountMark): Promise<void> {
	await setAccount.run(write, { drn, ...mark });
}

const setAccount = prepared<{ drn: string } & AccountMark>()((db, given) =>
	db
		.updateTable('account')
		.set({
			month: given('month'),
			bought_deci_kwh: given('bought_deci_kwh'),
			fixed_charge_due: given('fixed_charge_due'),
			arrears_minor: given('arrears_minor'),
			arrears_paid_minor: given('arrears_paid_minor'),
			left_over_minor: given('left_over_minor'),
			fbe_month: given('fbe_month'),
			last_vend_id: given('last_vend_id'),
		})
		.where('drn', '=', given('drn')),
);
