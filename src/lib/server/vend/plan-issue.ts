/**
 * What a vend of each kind comes to for a meter as it is now: tokens, waterfall, account. Pure; the TID is
 * given afterwards (`prepare-issue.ts`). One function per kind.
 */
import type { ApprovedVendRequest, EngineeringRequest } from '#lib/core/sync/wire-approvals.ts';
import { decideFbe, giveEnergy } from '#lib/core/vending/free-energy.ts';
import type { AccountState } from '#lib/core/vending/tariff.ts';
import type { Waterfall } from '#lib/core/vending/waterfall.ts';
import type { MeterFacts } from '../meter/find-meter.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { checkAgreement, checkSale } from './check-sale.ts';
import type {
	CreditStep,
	IssueOrder,
	KeyChangeStep,
	ManagementStep,
	TestStep,
} from './issue-order.ts';
import { VEND_KIND_ROWS } from './kinds.ts';
import { planNewestKey, planPresentKey, type KeyPlan } from './plan-keys.ts';
import type { StoredRequest } from './stored-request.ts';

export type PlannedToken = Omit<CreditStep, 'tid'> | Omit<ManagementStep, 'tid'> | TestStep;

export interface Plan {
	/** Null: nothing under a key. */
	readonly keys: KeyPlan | null;
	readonly keyChange: KeyChangeStep | null;
	readonly token: PlannedToken | null;
	readonly waterfall: Waterfall;
	readonly worth: IssueOrder['worth'];
	readonly accountAfter: AccountState;
	readonly fbeMonthAfter: string | null;
}

const NO_MONEY: Waterfall = { tenderedMinor: 0, lines: [], energyDeciKwh: 0 };

/** Order: `meter-blocked`, then those of the kind. */
export function planIssue(
	request: StoredRequest,
	facts: MeterFacts,
	nowMs: number,
): Plan | Refusal {
	const kind = 'kind' in request ? request.kind : 'credit';
	if (facts.meter.state === 'blocked' && !VEND_KIND_ROWS[kind].whenBlocked)
		return { refusal: 'meter-blocked' };
	if (!('kind' in request) || request.kind === 'credit') return planCredit(request, facts, nowMs);
	switch (request.kind) {
		case 'fbe':
			return planFbe(facts, nowMs);
		case 'free-issue':
			return planFreeIssue(request, facts, nowMs);
		case 'engineering':
			return planEngineering(request, facts, nowMs);
		case 'key-change':
			return planKeyChange(facts, nowMs);
	}
}

type CreditRequest = Exclude<
	StoredRequest,
	{ kind: 'fbe' | 'key-change' | 'free-issue' | 'engineering' }
>;

/** Refusals: `checkSale`, then `checkAgreement`. */
function planCredit(request: CreditRequest, facts: MeterFacts, nowMs: number): Plan | Refusal {
	const checked = checkSale(facts, request, nowMs);
	if (isRefusal(checked)) return checked;
	const { price, keys } = checked;
	const disagreement = checkAgreement(request, price);
	if (disagreement !== undefined) return disagreement;
	const { waterfall, accountAfter } = price;
	return { ...energyPlan(facts, keys, waterfall), accountAfter };
}

/** Order: `fbe-not-entitled`, `fbe-claimed`, then those of the key. */
function planFbe(facts: MeterFacts, nowMs: number): Plan | Refusal {
	const { account, accountRow, tariff, utility } = facts;
	const entitled = { entitledDeciKwh: accountRow.fbe_deci_kwh, givenMonth: accountRow.fbe_month };
	const decided = decideFbe(entitled, account.month);
	if ('refusal' in decided) return decided;
	const keys = planNewestKey(facts, utility.key_change_policy, nowMs);
	if (isRefusal(keys)) return keys;
	const { waterfall, worth } = giveEnergy(decided.energyDeciKwh, tariff, account);
	const counted = utility.fbe_counts_in_blocks === 1 ? decided.energyDeciKwh : 0;
	return {
		...energyPlan(facts, keys, waterfall),
		worth,
		accountAfter: { ...account, boughtDeciKwh: account.boughtDeciKwh + counted },
		fbeMonthAfter: account.month,
	};
}

/** Refusals: those of the key. It fills no block: the office gives it beside what is bought. */
function planFreeIssue(
	{ energyDeciKwh }: Extract<ApprovedVendRequest, { kind: 'free-issue' }>,
	facts: MeterFacts,
	nowMs: number,
): Plan | Refusal {
	const keys = planNewestKey(facts, facts.utility.key_change_policy, nowMs);
	if (isRefusal(keys)) return keys;
	const { waterfall, worth } = giveEnergy(energyDeciKwh, facts.tariff, facts.account);
	return { ...energyPlan(facts, keys, waterfall), worth };
}

function energyPlan(facts: MeterFacts, keys: KeyPlan, waterfall: Waterfall): Plan {
	const { place, keyChange } = keys;
	const { energyDeciKwh } = waterfall;
	return {
		...unchanged(facts),
		...{ keys, keyChange, waterfall },
		token: { make: 'credit', energyDeciKwh, key: place },
	};
}

/** Refusals: those of the key that the meter is on; none for a class 1 test. */
function planEngineering(
	{ wish }: EngineeringRequest,
	facts: MeterFacts,
	nowMs: number,
): Plan | Refusal {
	if (wish.kind === 'meter-test')
		return { ...unchanged(facts), token: { make: 'meter-test', wish } };
	const keys = planPresentKey(facts, nowMs);
	if (isRefusal(keys)) return keys;
	return { ...unchanged(facts), keys, token: { make: 'management', wish, key: keys.place } };
}

/** Refusals: `key-change-same`, then those of the key. */
function planKeyChange(facts: MeterFacts, nowMs: number): Plan | Refusal {
	const keys = planNewestKey(facts, 'always', nowMs);
	if (isRefusal(keys)) return keys;
	return { ...unchanged(facts), keys, keyChange: keys.keyChange };
}

function unchanged({ account, accountRow }: MeterFacts): Plan {
	return {
		...{ keys: null, keyChange: null, token: null, waterfall: NO_MONEY, worth: null },
		...{ accountAfter: account, fbeMonthAfter: accountRow.fbe_month },
	};
}
